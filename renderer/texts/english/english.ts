import type { CustomerSource } from '#shared/domain/customer.ts'
import type { Role } from '#shared/domain/role.ts'
import { formatCount, formatTook } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import { attentionStrings } from './attention.ts'
import { conversationStrings } from './conversation.ts'
import { createStrings } from './create.ts'
import { dashboardStrings } from './dashboard.ts'
import { desktopStrings } from './desktop.ts'
import { detailStrings } from './detail.ts'
import { exportStrings } from './export.ts'
import { fieldStrings } from './fields.ts'
import { filterStrings } from './filters.ts'
import { historyStrings } from './history.ts'
import { importStrings } from './import.ts'
import { listStrings } from './list.ts'
import { duplicateStrings, mergeStrings } from './merge.ts'
import { notesStrings } from './notes.ts'
import { profileStrings } from './profile.ts'
import { settingsStrings } from './settings.ts'
import { undoStrings } from './undo.ts'

const SOURCES: Readonly<Record<CustomerSource, string>> = { chat: 'Chat', manual: 'Manual', import: 'Imported' }

const ROLES: Readonly<Record<Role, string>> = { owner: 'Owner', manager: 'Manager', sales: 'Sales', analyst: 'Analyst' }

const CLEARED = 'The copy on this device had been cleared and is being filled again from the server.'

/** Every text a person reads, in English; its shape is what each other language fills. */
export const english = {
  appName: 'TradeSphere Customers',
  fields: fieldStrings,
  sources: SOURCES,
  roles: ROLES,
  messages: 'Messages',
  you: 'You',

  actions: {
    back: 'Back',
    cancel: 'Cancel',
    close: 'Close',
    delete: 'Delete',
    edit: 'Edit',
    merge: 'Merge',
    save: 'Save',
    tryAgain: 'Try again',
    undo: 'Undo',
    signOut: 'Sign out',
    import: 'Import',
    newCustomer: 'New customer',
    syncNow: 'Sync now',
  },

  nav: {
    label: 'Main',
    customers: 'Customers',
    duplicates: 'Duplicates',
    import: 'Import',
    attention: 'Needs attention',
    attentionShort: 'Attention',
    sync: 'Sync',
    settings: 'Settings',
    skipToContent: 'Skip to the content',
    switchTo: 'Switch company',
    goOnIn: (company: string): string => `Go on in ${company}`,
    switchFailed: 'The company could not be opened',
    account: (name: string): string => `Account of ${name}`,
  },

  crash: {
    title: 'The app stopped here',
    body: 'Something inside the app broke. What you saved is safe on this device. Load the app again to go on.',
    reload: 'Load again',
  },
  unavailable: { title: "The customers can't be opened here" },
  notFound: { title: 'This page does not exist', action: 'Go to customers' },

  signIn: {
    title: 'Sign in',
    lead: 'Afterwards your customers are on this device, with and without a network.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    invited: 'I have an invitation',
    invitation: 'Code of the invitation',
    offline: "You are offline. Signing in for the first time needs the network once. It works as soon as you're back.",
    emailMissing: 'Enter the email address of your account.',
    passwordMissing: 'Enter your password.',
    unexpected: 'Signing in did not work because the app had a problem of its own. Load it again and retry.',
  },

  pill: {
    upToDate: 'Up to date',
    saving: 'Saving…',
    stopped: 'Sync is off',
    waiting: (count: number): string => `${counted(count, 'change', 'changes')} waiting`,
    offline: 'Offline',
    offlineWaiting: (count: number): string => `Offline · ${counted(count, 'change', 'changes')} waiting`,
    offlineShort: (count: number): string => `Offline · ${formatCount(count)}`,
    firstSync: (received: number, total: number | null): string =>
      total === null
        ? `First sync ${formatCount(received)}`
        : `First sync ${formatCount(received)} of ${formatCount(total)}`,
    firstSyncShort: (received: number, total: number | null): string =>
      total === null ? formatCount(received) : `${formatCount(received)} of ${formatCount(total)}`,
    firstHistory: (received: number): string => `Getting history ${formatCount(received)}`,
    failed: (count: number): string =>
      count === 0 ? "Can't sync" : `Can't sync · ${counted(count, 'change', 'changes')} waiting`,
    attention: (count: number): string =>
      isOne(count) ? `${formatCount(count)} needs attention` : `${formatCount(count)} need attention`,
    label: (text: string): string => `Sync: ${text}. Open the details.`,
  },

  sync: {
    title: 'Sync',
    stateUpToDate: 'Everything you see is in step with the server.',
    stateSyncing: 'Sending and fetching changes now.',
    stateOffline: 'The server can not be reached. Keep working: everything is kept here and sent by itself.',
    stateStopped: 'Sync is not running. It starts when you are signed in and the network is there.',
    stateFirst: 'Fetching your customers for the first time. You can work with those that are here already.',
    stateHistory: 'All customers are here. Their conversations, quotes and activity are still coming.',
    incidents: {
      salvaged: 'The copy on this device was damaged and is being filled again from the server.',
      vanished: CLEARED,
      restored: CLEARED,
      damaged: 'Part of the copy on this device can not be read any more. Close the app and open it again.',
    },
    stateFailed: 'The server answered, but not as it should.',
    waiting: 'Waiting to be sent',
    waitingNone: 'Nothing',
    elsewhere: (count: number): string =>
      `${counted(count, 'change', 'changes')} in your other company. Switch to it to send them.`,
    waitingSince: (when: string): string => `since ${when}`,
    waitingCount: (count: number): string => counted(count, 'change', 'changes'),
    lastSync: 'Last in step',
    lastSyncNever: 'Not yet on this device',
    attention: 'Needs attention',
    attentionNone: 'Nothing',
    attentionLink: (count: number): string =>
      `${counted(count, 'change', 'changes')} that were refused, changed by someone else too, or can't be read`,
    customers: 'Customers on this device',
    retryAt: (when: string): string => `Tried again by itself at ${when}.`,
    noRetry: 'It will not be tried again by itself.',
    details: 'Open the sync page',
  },

  firstSync: {
    title: 'Getting your customers',
    progress: (received: number, total: number | null): string => {
      if (total !== null) return `${formatCount(received)} of ${formatCount(total)}`
      return received === 0 ? 'Waiting for the first ones' : `${formatCount(received)} so far`
    },
    lead: 'This happens once on this device. You can look at and change those that are here already.',
    offlineTitle: 'Your customers are not on this device yet',
    offlineBody: 'The first sync needs the network once. It starts by itself as soon as the server can be reached.',
  },

  listTools: listStrings,
  list: {
    label: 'Customers',
    search: (all: number): string =>
      all === 0 ? 'Search customers' : `Search ${counted(all, 'customer', 'customers')}`,
    searchLabel: 'Search customers',
    clearSearch: 'Clear the search',
    summary: (total: number, all: number, tookMs: number): string =>
      `${formatCount(total)} of ${formatCount(all)} in ${formatTook(tookMs)}`,
    views: { all: 'All', mine: 'Mine', recent: 'Recent' },
    viewsLabel: 'Which customers',
    sort: {
      label: 'Sort',
      by: {
        name: 'Name',
        lastSeen: 'Last seen',
        created: 'Created',
        changed: 'Changed',
        conversations: 'Conversations',
        relevance: 'Best match',
        opened: 'Last opened',
      },
      direction: 'Direction',
      asc: { text: 'From A to Z', time: 'Oldest first', count: 'Fewest first' },
      desc: { text: 'From Z to A', time: 'Latest first', count: 'Most first' },
    },
    sortBy: (column: string): string => `Sort by ${column.toLocaleLowerCase()}`,
    waiting: 'A change waits to be sent',
    attention: 'Needs attention',
    never: 'never',
    loading: 'Loading customers',
    searchGettingReady: (done: number, total: number) =>
      `Search is getting ready: it has looked through ${formatCount(done)} of ${formatCount(total)} customers. More may be found in a moment.`,
    failed: 'The list could not be read. What you saved is safe.',
    emptyTitle: 'No customers yet',
    emptyBody: 'Bring your list as a CSV file, or write down the first one.',
    nothingTitle: 'Nobody matches',
    viewEmptyTitle: 'Nobody here yet',
    nothingBody: (search: string): string => `No customer matches “${search}”. Try fewer letters.`,
    nothingTogether: 'No customer fits all of this together.',
    nothingWithout: (part: string, count: number): string =>
      `Without “${part}” there ${isOne(count) ? 'is' : 'are'} ${formatCount(count)}`,
    nothingAction: 'Clear filters and search',
    recentEmpty: 'Customers that you open appear here.',
    mineEmpty: 'Customers that you own or created appear here.',
    hints: {
      move: 'move',
      open: 'open',
      edit: 'edit',
      create: 'new',
      everything: 'everything',
      help: 'help',
    },
  },

  filters: filterStrings,

  detail: detailStrings,

  undo: undoStrings,
  profile: profileStrings,
  notes: notesStrings,
  conversations: conversationStrings,
  history: historyStrings,
  create: createStrings,

  form: {
    createTitle: 'New customer',
    editTitle: (name: string): string => `Edit ${name}`,
    tagsHint: 'Enter or a comma adds one',
    ownerNobody: 'Nobody',
    ownerFormer: 'Former colleague',
    create: 'Create customer',
    draft: 'Your unsaved changes from before are back.',
    draftDiscard: 'Start over',
    shortcut: (command: string): string => `${command} Enter saves, Esc goes back`,
  },

  merge: mergeStrings,

  duplicates: duplicateStrings,

  attention: attentionStrings,

  dashboard: dashboardStrings,
  import: importStrings,
  export: exportStrings,

  settings: settingsStrings,
  desktop: desktopStrings,

  accessLost: {
    title: (company: string): string => `You no longer have access to ${company}`,
    lead: 'Its customers have left this device. If this is a mistake, ask an owner of the company to add you again.',
    signedOutTitle: (company: string): string => `This device was signed out of ${company}`,
    signedOutLead:
      'You or an owner of the company did that on another device. Its customers have left this one. Sign in again to fetch them.',
    signedOutOthers: 'For that sign out first. It removes your other companies from this device, too.',
    offline: 'You are offline. Signing in again needs the network.',
    nothingUnsent: 'Everything you changed had reached the server before.',
    checkAgain: 'Check again',
    signIn: 'Sign in again',
  },

  storageLocked: {
    title: (company: string): string => `${company} can't be opened now`,
    unsent: (count: number | null): string => {
      if (count === null) return 'Whether changes wait in it unsent can not be told.'
      if (count === 0) return 'When last counted, everything in it had been sent.'
      return isOne(count)
        ? 'When last counted, 1 change in it had not been sent. It is only here.'
        : `When last counted, ${formatCount(count)} changes in it had not been sent. They are only here.`
    },
    startAfresh: 'Start afresh from the server',
    confirmTitle: "Delete what can't be read?",
    confirmBody:
      "What can't be read is deleted. The customers come from the server again, for which the network is needed. This can't be undone.",
    confirm: 'Delete it and start afresh',
    stillLocked: "It still can't be opened.",
    failed: 'That did not work. Try again.',
  },

  incident: {
    salvaged: (when: string, unsent: number): string =>
      `The copy on this device was damaged and has been repaired (${when}). ${
        unsent === 0 ? 'No unsent change' : counted(unsent, 'unsent change', 'unsent changes')
      } could be read and kept. All else comes from the server again. Look at what you changed last: an unsent change in the damaged part may be gone.`,
    vanished: (when: string, unsent: number): string =>
      `This device had cleared the copy of your customers (${when}). They come from the server again. ${
        unsent === 0
          ? 'Look at what you changed last: a change that had not been sent is gone.'
          : `When last counted, ${counted(unsent, 'change', 'changes')} had not been sent: make ${isOne(unsent) ? 'it' : 'them'} again.`
      }`,
    restored: (when: string, unsent: number): string =>
      `This device had cleared the copy of your customers (${when}), but not ${
        unsent === 0 ? 'what waits for you' : counted(unsent, 'unsent change', 'unsent changes')
      }. All else comes from the server again. Look at what you changed last.`,
    damaged: (when: string): string =>
      `Part of the copy on this device can't be read any more (${when}). Wait until everything is sent, then close the app and open it again: it repairs itself.`,
    dismiss: 'Got it',
  },

  handover: {
    label: (company: string): string => `Unsent changes in ${company}`,
    kept: (count: number, company: string): string =>
      isOne(count)
        ? `${formatCount(count)} unsent change in ${company} is kept here, encrypted.`
        : `${formatCount(count)} unsent changes in ${company} are kept here, encrypted.`,
    save: 'Save as a file',
    saveAgain: 'Save the file again',
    passphrase: 'Passphrase of the file',
    passphraseLead: 'Write it down: the file opens with nothing else, and it is shown only here.',
    remove: 'I have both, remove the changes here',
    requeue: 'Send them now',
    discard: 'Discard',
    discardTitle: (count: number): string => `Discard ${counted(count, 'change', 'changes')}?`,
    discardBody: "They never reached the server and will be gone from this device. This can't be undone.",
    discardConfirm: 'Discard them',
    keep: 'Keep them',
    failed: 'That did not work. The changes are still here.',
  },

  signOut: {
    title: 'Changes would be lost',
    body: (count: number): string =>
      isOne(count)
        ? `${formatCount(count)} change has not reached the server. Signing out now loses it for good.`
        : `${formatCount(count)} changes have not reached the server. Signing out now loses them for good.`,
    advice: 'Stay signed in until the pill at the top says “Up to date”.',
    confirm: (count: number): string => `Sign out and lose ${counted(count, 'change', 'changes')}`,
    stay: 'Stay signed in',
    failed: 'Signing out did not work',
  },

  palette: {
    savedFilters: 'Saved filters',
    label: 'Find anything',
    placeholder: 'Go somewhere, do something, or find a customer',
    nothing: 'Nothing found',
    go: 'Go to',
    do: 'Do',
    customers: 'Customers',
    appearance: (scheme: string): string => `Appearance: ${scheme.toLocaleLowerCase()}`,
    view: (view: string): string => `Customers: ${view.toLocaleLowerCase()}`,
    here: 'Here',
    edit: (name: string): string => `Edit ${name}`,
    merge: (name: string): string => `Merge ${name} with…`,
    delete: (name: string): string => `Delete ${name}`,
    exportChosen: (count: number): string => `Export ${counted(count, 'selected customer', 'selected customers')}`,
    language: (language: string): string => `Language: ${language}`,
    company: (company: string): string => `Switch to ${company}`,
  },

  help: {
    title: 'Keyboard',
    groups: {
      everywhere: 'Everywhere',
      list: 'In the list',
      go: 'Go to',
    },
    palette: 'Everything',
    search: 'Search',
    create: 'New customer',
    import: 'Import',
    duplicates: 'Duplicates',
    merge: 'Merge with…',
    help: 'This help',
    back: 'Back, always',
    down: 'Next customer',
    up: 'Previous customer',
    open: 'Open',
    edit: 'Edit',
    filter: 'Filter',
    savedFilters: 'Saved filters',
    ends: 'First, last',
    pages: 'A screen up, down',
    next: 'Next',
    previous: 'Previous',
    nextField: 'Next field',
    previousField: 'Previous field',
    pick: 'Take the value',
    combine: 'Combine the values',
    type: 'Type a value',
    linkChat: 'Link to the best suggestion',
  },
} as const
