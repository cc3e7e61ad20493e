import type { CustomerSource } from '#shared/domain/customer.ts'
import type { FilterPart } from '#shared/domain/customer-filter.ts'
import type { Role } from '#shared/domain/role.ts'
import { formatCount, formatTook } from '../../lib/format.ts'
import { counted, isOne, percent } from '../phrases.ts'
import { conversationStrings } from './conversation.ts'
import { createStrings } from './create.ts'
import { dashboardStrings } from './dashboard.ts'
import { desktopStrings } from './desktop.ts'
import { exportStrings } from './export.ts'
import { fieldStrings } from './fields.ts'
import { historyStrings } from './history.ts'
import { importStrings } from './import.ts'
import { listStrings } from './list.ts'
import { notesStrings } from './notes.ts'
import { profileStrings } from './profile.ts'
import { settingsStrings } from './settings.ts'
import { undoStrings } from './undo.ts'

const SOURCES: Readonly<Record<CustomerSource, string>> = { chat: 'Chat', manual: 'Manual', import: 'Imported' }

const ROLES: Readonly<Record<Role, string>> = { owner: 'Owner', manager: 'Manager', sales: 'Sales', analyst: 'Analyst' }

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
    firstSync: (received: number, total: number | null): string =>
      total === null
        ? `First sync ${formatCount(received)}`
        : `First sync ${formatCount(received)} of ${formatCount(total)}`,
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
      vanished: 'The copy on this device had been cleared and is being filled again from the server.',
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

  filters: {
    open: 'Filter',
    openCount: (count: number): string => `Filter, ${formatCount(count)} on`,
    title: 'Filter customers',
    shown: (count: number): string => `Show ${counted(count, 'customer', 'customers')}`,
    clear: 'Clear filters',
    remove: (what: string): string => `Remove the filter “${what}”`,
    active: 'Filters that are on',
    parts: {
      view: 'View',
      sources: 'Source',
      ...fieldStrings,
      untagged: fieldStrings.tags,
      owners: fieldStrings.ownerId,
      created: 'Created',
      lastSeen: 'Last seen',
      state: 'Changes',
      duplicates: 'Duplicates',
    } satisfies Readonly<Record<FilterPart, string>>,
    possibleDuplicates: 'Possible duplicates',
    has: { yes: 'there', no: 'missing' },
    hasText: (field: string, has: boolean): string =>
      has ? `Has ${field.toLocaleLowerCase()}` : `No ${field.toLocaleLowerCase()}`,
    views: { mine: 'Mine', recent: 'Opened lately' },
    tagsMatch: { any: 'Any of them', all: 'All of them' },
    tagsMatchLabel: 'How many of the tags',
    tagsFind: 'Find a tag',
    tagsNone: 'No customer here has a tag.',
    untagged: 'No tags',
    tagsText: (match: 'any' | 'all', tags: string): string => (match === 'all' ? `All of ${tags}` : `Tagged ${tags}`),
    ownerNobody: 'Nobody',
    ownerYou: (name: string): string => `${name} (you)`,
    ownersText: (names: string): string => `Owned by ${names}`,
    last: (days: number): string => (days === 365 ? 'within a year' : `within ${counted(days, 'day', 'days')}`),
    notLast: (days: number): string => (days === 365 ? 'not for a year' : `not for ${counted(days, 'day', 'days')}`),
    notSeen: (days: number): string =>
      days === 365 ? 'Not seen for a year' : `Not seen for ${counted(days, 'day', 'days')}`,
    from: 'From',
    to: 'To',
    between: (from: string | null, to: string | null): string => {
      if (from !== null && to !== null) return `${from} to ${to}`
      return from === null ? `until ${to ?? ''}` : `since ${from}`
    },
    period: (what: string, when: string): string => `${what} ${when}`,
    states: { waiting: 'Waiting to be sent', attention: 'Needs attention' },
    search: (text: string): string => `Search: ${text}`,
    saved: {
      open: 'Saved',
      label: 'Saved filters',
      none: 'No saved filters yet. Filter the list, then save it here.',
      mine: 'Yours',
      shared: 'From your colleagues',
      saveThis: 'Save this filter…',
      by: (name: string): string => `by ${name}`,
      isShared: 'shared',
      unreadable: 'made by a newer version of the app',
      unreadableTitle: 'This filter needs a newer version of the app',
      unreadableBody: 'It is kept as it is. Update the app to use it.',
      manage: (name: string): string => `Change “${name}”`,
      saveTitle: 'Save this filter',
      editTitle: 'Change the saved filter',
      name: 'Name',
      share: 'Everybody in the company sees it',
      replace: 'Replace it by what the list shows now',
      save: 'Save',
      delete: 'Delete',
      savedNow: (name: string): string => `“${name}” saved`,
      deletedNow: (name: string): string => `“${name}” deleted`,
      failed: 'The filter could not be saved',
    },
  },

  detail: {
    label: 'Customer',
    loading: 'Loading the customer',
    gone: 'This customer is not here any more. Somebody may have deleted it.',
    failed: 'This customer could not be read. Try again; what you saved is safe.',
    ownedBy: (name: string): string => `owned by ${name}`,
    unowned: 'nobody owns this customer',
    formerColleague: 'a former colleague',
    close: 'Close the customer',
    saved: 'Saved',
    newHere: 'Only on this device so far',
    waitingField: 'Waits to be sent',
    facts: 'History',
    created: 'Created',
    createdBy: (when: string, name: string): string => `${when} by ${name}`,
    updated: 'Changed',
    lastSeen: 'Last seen',
    conversations: 'Conversations',
    tabsLabel: 'About this customer',
    tabs: { profile: 'Profile', conversations: 'Conversations', quotes: 'Quotes', activity: 'Activity' },
    historyRest: (shown: number, total: number): string =>
      `The latest ${formatCount(shown)} of ${formatCount(total)} are listed.`,
    conversationWords: {
      title: 'No conversations here',
      body: 'Chats that this customer had with the assistant in the last months appear here.',
      noText: 'A chat without words',
      messages: (count: number): string => counted(count, 'message', 'messages'),
      speakers: { user: 'Customer', customer: 'Customer', assistant: 'Assistant' } as Readonly<Record<string, string>>,
      open: 'Open the chat',
      unlink: 'Not theirs',
      unlinked: (name: string): string => `The conversation is not ${name}'s any more`,
      linkFailed: 'The conversation stays where it is',
    },
    suggestionWords: {
      said: (field: string): string => `In a conversation another value was given for ${field}:`,
      accept: 'Take over',
      dismiss: 'Leave it',
      accepted: 'Taken over. It shows as soon as it has been sent.',
      failed: 'Nothing was changed',
    },
    quoteWords: {
      title: 'No quotes yet',
      body: 'Quotes for this customer appear here as soon as they are made.',
      statuses: { draft: 'Draft', sent: 'Sent', accepted: 'Accepted', declined: 'Declined', expired: 'Expired' },
      asked: (name: string | null): string => `${name ?? 'Somebody'} asked for a new quote`,
      lines: (count: number): string => counted(count, 'line', 'lines'),
    },
    activityWords: {
      title: 'Nothing happened lately',
      body: 'Who changed what in the last months appears here. Changes that wait are added when they are sent.',
      nobody: 'The system',
      actions: {
        created: 'created this customer',
        updated: 'changed',
        deleted: 'deleted this customer',
        restored: 'brought this customer back',
        merged: 'merged another customer into this one',
        unmerged: 'took a merge back',
        enriched: 'added from a chat',
        chat_linked: 'linked a chat',
        chat_unlinked: 'unlinked a chat',
        suggestion_accepted: 'took a suggestion',
        suggestion_dismissed: 'left a suggestion',
        exported: 'exported this customer',
        erased: 'erased this person',
        flag_dismissed: 'looked at a returned person',
      } as Readonly<Record<string, string>>,
      mergedIn: (names: string): string => `merged ${names} into this`,
      mergeWaiting: 'waits to be sent',
      mergeUndone: 'taken back',
    },
    changedBy: (name: string, when: string): string => `changed by ${name}, ${when}`,
    empty: '–',
    refused: (reason: string): string => `The server refused a change: ${reason}`,
    openAttention: 'Look at it',
    maybeErased: 'Somebody with this name, email or phone was erased for good before.',
    maybeErasedOwner:
      'If it is the same person, ask whether you may keep their details, or erase them again. When it is settled, take this note off.',
    maybeErasedOthers: 'Ask an owner of your company whether these details may be kept.',
    settleFlag: 'Settled, take the note off',
    settleFailed: 'The note could not be taken off. Try again.',
    deleted: (name: string): string => `${name} deleted`,
    restored: (name: string): string => `${name} is back`,
    restoreFailed: 'It could not be brought back',
    deleteFailed: 'Not deleted',
  },

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

  merge: {
    title: (count: number): string => `Merge ${counted(count, 'customer', 'customers')}`,
    lead: 'Choose for each field what the customer that stays will hold. Nothing has been written yet.',
    pickTitle: (name: string): string => `Merge ${name} with…`,
    pickLead: 'Find the customer that is the same person or company.',
    pickSearch: 'Find the other customer',
    pickNobody: 'Nobody else matches.',
    suggested: 'Possible duplicates',
    add: 'Add another customer…',
    leaveOut: (name: string): string => `Leave ${name} out`,
    stays: 'Which customer stays',
    keep: (name: string): string => `Keep ${name}`,
    kept: 'Stays',
    joins: 'Goes into it',
    since: (when: string): string => `added ${when}`,
    fields: 'Field',
    result: 'Result',
    combine: 'Combine',
    type: 'Type',
    typeLabel: (field: string): string => `${field} of the result`,
    typeTags: 'Separate tags by commas.',
    same: 'The same in all',
    moves: (parts: string): string => `Comes along: ${parts}.`,
    conversations: (count: number): string => counted(count, 'conversation', 'conversations'),
    quotes: (count: number): string => counted(count, 'quote', 'quotes'),
    quoteRequests: (count: number): string => counted(count, 'wish for a quote', 'wishes for a quote'),
    interactions: (count: number): string => counted(count, 'entry of the history', 'entries of the history'),
    movesNothing: 'No conversations, quotes or history to bring along.',
    canUndo: 'Can be undone, also weeks later.',
    merged: (sources: string, target: string): string => `Merged ${sources} into ${target}`,
    undone: 'The merge was taken back',
    undoFailed: 'The merge could not be taken back',
    failed: 'Not merged',
    unexpected: 'The app had a problem of its own. Nothing was changed. Try again.',
    gone: 'One of these customers is not here any more. Somebody may have merged or deleted it.',
    hints: { field: 'field', pick: 'pick', combine: 'combine', type: 'type', merge: 'merge', back: 'back' },
  },

  duplicates: {
    title: 'Duplicates',
    likely: { suggested: 'Suggested', asked: 'Unsure' },
    likelyLabel: 'Which groups',
    groupsLabel: 'Groups',
    left: (count: number): string => `${formatCount(count)} left`,
    sitting: (merged: number, dismissed: number, skipped: number): string =>
      `In this sitting: ${formatCount(merged)} merged, ${formatCount(dismissed)} not duplicates, ${formatCount(skipped)} skipped`,
    confidence: (probability: number): string =>
      `${probability >= 0.9 ? 'very likely' : probability >= 0.7 ? 'likely' : 'possible'} · ${percent(probability)}`,
    others: (count: number): string => (count === 1 ? '1 other' : `${formatCount(count)} others`),
    groupLabel: (names: string): string => `Are these one customer? ${names}`,
    accept: 'Merge as suggested',
    edit: 'Choose fields',
    dismiss: 'Not a duplicate',
    skip: 'Skip',
    nothingToUndo: 'Nothing was decided in this sitting yet.',
    said: {
      merged: (names: string): string => `Merged ${names}`,
      dismissed: (names: string): string => `${names}: not duplicates`,
      skipped: (names: string): string => `Skipped ${names}`,
    },
    refused: (names: string): string => `Not done for ${names}`,
    scanning: (done: number, total: number): string =>
      total === 0
        ? 'Looking for duplicates'
        : `Looking for duplicates: ${formatCount(done)} of ${formatCount(total)} customers`,
    waiting: 'Duplicates are looked for as soon as your customers are here.',
    stopped: 'The search for duplicates was stopped. What was found before is listed.',
    scannedAt: (when: string): string => `Everybody was compared ${when}.`,
    stop: 'Stop',
    scan: 'Look again',
    readOnly: (reason: string): string => `You can look at these, but not decide: ${reason}`,
    emptyTitle: 'No duplicates left',
    emptyBody:
      'Whoever is created, edited or imported is compared with everybody, and shows up here if they look alike.',
    emptyOther: (count: number): string => `Look at the ${counted(count, 'unsure group', 'unsure groups')}`,
    showSkipped: (count: number): string => `Show the ${counted(count, 'skipped group', 'skipped groups')} again`,
    looksLike: (probability: number): string => `(${percent(probability)})`,
    noticeStart: 'Looks like',
    review: 'Review',
    mergeWith: 'Merge with…',
    warningTitle: 'Somebody like this is here already',
    open: 'Open',
    addTo: 'Add to this one',
    someoneElse: "It's someone else",
    mergeBoth: 'Merge them',
  },

  attention: {
    title: 'Needs attention',
    lead: 'Changes that the server refused, and fields that two people changed. Nothing here is lost until you settle it.',
    emptyTitle: 'Nothing needs you',
    emptyBody: 'Changes that the server refuses would wait here, with the reason.',
    records: {
      savedFilters: 'Saved filter',
      interactions: 'Note of a contact',
      importBatches: 'Note of an import',
      merges: 'Merge of customers',
      conversations: 'Link of a chat',
      suggestions: 'Answer to a suggestion',
      quoteRequests: 'Wish for a quote',
    } as Readonly<Record<string, string>>,
    unreadableTitle: (name: string | null): string =>
      name === null ? 'A change that can not be read any more' : `A change to ${name} that can not be read any more`,
    unreadableReason:
      'It was stored damaged, so it was never sent. Write it down again where it belongs, then discard it here.',
    saveText: 'Save as a file',
    recordRefused: (what: string, name: string | null): string => (name === null ? what : `${what} for ${name}`),
    ops: {
      create: 'New customer, refused',
      update: 'Change refused',
      delete: 'Deletion refused',
      restore: 'Undoing a deletion was refused',
    },
    conflict: (field: string): string => `${field} was changed by two people`,
    field: 'Field',
    tried: 'You wrote',
    server: 'On the server',
    editResend: 'Edit and resend',
    resend: 'Send again',
    sendTo: (name: string): string => `Send to ${name}`,
    wentTo: 'It is now part of',
    copy: 'Copy as text',
    copied: 'Copied',
    copyFailed: 'The clipboard refused. Select the text and copy it by hand.',
    discard: 'Discard',
    discardTitle: 'Discard this change?',
    discardBody: (name: string): string =>
      `Your change to ${name} will be gone from this device. This can't be undone.`,
    discardConfirm: 'Discard the change',
    discardKeep: 'Keep it',
    open: 'Open the customer',
    mine: 'Yours',
    theirs: (name: string | null): string => (name === null ? 'Theirs' : `From ${name}`),
    keepMine: 'Keep mine',
    keepTheirs: 'Keep theirs',
    showsNow: 'shows now',
    failed: 'That did not work',
    emptyValue: 'empty',
  },

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
    nothingUnsent: 'Everything you changed had reached the server before.',
    checkAgain: 'Check again',
    signIn: 'Sign in again',
  },

  storageLocked: {
    title: (company: string): string => `The key to ${company} is missing`,
    lead: 'Its customers are encrypted on this device, and the device does not give out the key. Unlock its key store (keychain), then try again.',
    unsent: (count: number | null): string => {
      if (count === null) return 'Whether changes wait in it unsent can not be told.'
      if (count === 0) return 'When last counted, everything in it had been sent.'
      return isOne(count)
        ? 'When last counted, 1 change in it had not been sent. It is nowhere else.'
        : `When last counted, ${formatCount(count)} changes in it had not been sent. They are nowhere else.`
    },
    startAfresh: 'Start afresh from the server',
    confirmTitle: 'Delete the copy on this device?',
    confirmBody:
      "The copy is deleted and all customers are fetched from the server again, for which the network is needed. This can't be undone.",
    confirm: 'Delete it and start afresh',
    keyMissing: 'The key is still missing.',
    failed: 'That did not work. The copy is still here. Try again.',
  },

  incident: {
    salvaged: (when: string, unsent: number): string =>
      `The copy on this device was damaged and has been repaired (${when}). ${
        unsent === 0
          ? 'No unsent change could be read in it.'
          : isOne(unsent)
            ? '1 unsent change could be read and is kept.'
            : `${formatCount(unsent)} unsent changes could be read and are kept.`
      } All else comes from the server again. Look at what you changed last: an unsent change in the damaged part is gone.`,
    vanished: (when: string, unsent: number): string =>
      `This device had cleared the copy of your customers (${when}). They come from the server again. ${
        unsent === 0
          ? 'When last counted, everything had been sent.'
          : `When last counted, ${counted(unsent, 'change', 'changes')} had not been sent: make ${isOne(unsent) ? 'it' : 'them'} again.`
      }`,
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
