import type { Role } from '#shared/domain/role.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import type { SettingsSection } from '../../lib/routes.ts'
import { counted, isOne } from '../phrases.ts'
import { privacyStrings } from './privacy.ts'

const SECTIONS: Readonly<Record<SettingsSection, string>> = {
  account: 'Account',
  company: 'Company',
  members: 'Members',
  privacy: 'Privacy',
  devices: 'Devices',
  appearance: 'Appearance',
  app: 'This app',
  data: 'Data on this device',
  log: 'Log',
}

const customers = (count: number): string => counted(count, 'customer', 'customers')

/** Texts of the settings. */
export const settingsStrings = {
  title: 'Settings',
  sections: SECTIONS,
  inPalette: (section: string): string => `Settings: ${section.toLocaleLowerCase()}`,
  loading: 'Asking the server',
  failed: 'The app had a problem of its own. Try again.',
  notAllowed: 'This is not yours to see',

  account: {
    name: 'Name',
    email: 'Email',
    role: 'Role',
    company: 'Company',
    password: 'Password',
    current: 'Password now',
    next: 'New password',
    nextHint: 'At least 8 characters. A short sentence is easy to remember and hard to guess.',
    nextShort: 'Use at least 8 characters.',
    currentMissing: 'Enter the password that you have now.',
    change: 'Change the password',
    changed: 'The password is changed. It counts from the next sign-in on.',
    companies: 'Other companies',
    noOthers: 'You belong to this company only.',
    switchTo: (company: string, unsent: number): string =>
      unsent === 0 ? `Switch to ${company}` : `Switch to ${company} · ${counted(unsent, 'change', 'changes')} waiting`,
    invitation: 'Code of an invitation',
    invitationLead: 'Somebody invited you to another company? Enter the code that they gave you.',
    invitationMissing: 'Enter the code that an owner of the company gave you.',
    join: 'Join',
    signOutTitle: 'Sign out',
    signOutLead: 'Signing out removes the customers from this device. They stay on the server.',
  },

  company: {
    name: 'Name',
    nameMissing: 'Give the company a name.',
    country: 'Country',
    countryLead: 'How phone numbers without a country code are read: 0171 234 is another number in each country.',
    countryChanges: (count: number): string =>
      `After saving, the phone numbers of ${customers(count)} are read again, in steps. Everybody can go on working meanwhile.`,
    rekeying: (left: number, country: string): string =>
      `${counted(left, 'phone number', 'phone numbers')} of customers and chats still to be read for ${country}.`,
    rekeyed: 'All phone numbers are read.',
    rekeyingUnknown: (why: string): string => `Whether phone numbers are still to be read is not known. ${why}`,
    rekeyingLead:
      'Keep this page open, or come back to it later: it goes on where it was. Until it is done new chats with a phone number wait, and nobody can be erased.',
    save: 'Save',
    saved: 'The company is changed',
    saveFailed: 'The company was not changed',
    chats: 'Chat assistant',
    chatsLead: 'A link at each conversation opens it in your assistant. Without an address there is no link.',
    chatUrl: 'Address of a chat',
    chatUrlHint: '{session} stands where the id of the chat belongs.',
    chatUrlInvalid: 'Give an address that begins with https:// and has {session} behind the name of the server.',
    setChatUrl: 'Set the address',
  },

  members: {
    lead: 'Who works with the customers of this company. What you change here counts at once, everywhere.',
    list: 'Members',
    person: 'Person',
    role: 'Role',
    owns: (count: number): string => (count === 0 ? 'owns no customers' : `owns ${customers(count)}`),
    since: (when: string): string => `joined ${when}`,
    roleOf: (name: string): string => `Role of ${name}`,
    roleLead: {
      owner: 'may do everything, and manages members and privacy',
      manager: 'creates, edits, merges and exports; deletes nobody',
      sales: 'creates customers, and edits those they own or created',
      analyst: 'looks and exports, changes nothing',
    } satisfies Readonly<Record<Role, string>>,
    you: (name: string): string => `${name} (you)`,
    lastOwner: 'A company keeps at least one owner. Make somebody else an owner first.',
    changed: (name: string, role: string): string => `${name}: ${role.toLocaleLowerCase()} from now on`,
    changeFailed: 'The role was not changed',
    demoteTitle: 'Give up being an owner?',
    demoteBody: (role: string): string =>
      `You will be ${role.toLocaleLowerCase()} and can't manage members, privacy or devices any more. Only another owner can take that back.`,
    demote: 'Give it up',
    remove: 'Remove',
    removeOf: (name: string): string => `Remove ${name}`,
    removeTitle: (name: string): string => `Remove ${name} from the company?`,
    removeCustomers: (count: number): string =>
      count === 0
        ? 'They own no customers.'
        : isOne(count)
          ? 'Their one customer stays, and nobody owns it.'
          : `Their ${formatCount(count)} customers stay, and nobody owns them.`,
    removeFilters: (count: number): string =>
      count === 0
        ? 'They share no filters.'
        : isOne(count)
          ? 'The filter that they share goes to an owner.'
          : `The ${formatCount(count)} filters that they share go to an owner.`,
    removeDevices:
      'The customers leave their devices as soon as these have a network. What they had not sent is kept there for them, encrypted.',
    removeBack: "This can't be undone. To come back they need a new invitation.",
    removed: (name: string): string => `${name} is no longer a member`,
    invitations: 'Invitations',
    invitationsNone: 'Nobody is invited at the moment.',
    invite: 'Invite somebody',
    inviteLead: 'They need an account with this email address. You give them the code; we send nothing.',
    inviteName: 'Name',
    inviteEmail: 'Email',
    inviteRole: 'Role',
    nameMissing: 'Say under which name they join.',
    emailMissing: 'Enter the address of their account.',
    inviteSubmit: 'Make an invitation',
    codeTitle: (name: string): string => `The code for ${name}`,
    codeLead: (when: string): string =>
      `Shown only now. Give it to them: they enter it when they sign in, or in their settings. It is good until ${when}.`,
    copy: 'Copy the code',
    copied: 'Copied',
    expires: (when: string): string => `good until ${when}`,
    expired: 'expired',
    takeBack: 'Take back',
    takeBackOf: (name: string): string => `Take back the invitation of ${name}`,
    takenBack: (name: string): string => `The invitation of ${name} is taken back`,
  },

  privacy: privacyStrings,

  devices: {
    lead: 'Where the customers of this company are held, and whose devices these are.',
    leadMine: 'Where you hold the customers of this company. Owners see the devices of everybody.',
    device: 'Device',
    /** `number`: among those of one person that are called alike. */
    called: (name: string, number = 1): string => (number === 1 ? name : `${name} (${formatCount(number)})`),
    seen: (when: string, since: string): string => `Last seen ${when}, known since ${since}.`,
    person: 'Person',
    lastSeen: 'Last seen',
    since: 'Since',
    forgets: 'Erasures',
    toForget: (count: number): string => `${formatCount(count)} to forget`,
    none: 'No device has made itself known yet.',
    this: 'this device',
    signedOut: (when: string): string => `signed out ${when}`,
    notHeard: 'its copy may still be there',
    emptied: 'its copy is gone',
    signOut: 'Sign out',
    signOutOf: (device: string, person: string): string => `Sign out ${device} of ${person}`,
    signOutTitle: (device: string, person: string): string => `Sign out ${device} of ${person}?`,
    signOutLeaves:
      'The customers of this company leave it as soon as it has a network. A device that stays offline keeps its copy, encrypted where it has a key store.',
    signOutUnsent: 'What it has not sent is kept there in an encrypted file and can be sent after the next sign-in.',
    signOutBack:
      'Whoever knows the password can sign in there again. Set a new one, best when the list says that the copy is gone: a new password ends the session by which the device would hear.',
    signOutDone: (device: string): string => `${device} is signed out`,
    signOutFailed: 'The device is not signed out',
    forget: 'Remove',
    forgetOf: (device: string, person: string): string => `Remove ${device} of ${person}`,
    forgotten: (device: string): string =>
      `${device} is removed: erasures wait for it no longer. If it comes back, it is listed again and forgets then.`,
    forgetFailed: 'The device is still listed',
    lost: 'Lost a device?',
    lostLead:
      'Sign it out first: the customers leave it as soon as it has a network. Until then its copy stays there, encrypted where the device has a key store (the desktop app has one, a browser has none). Set a new password when the list says that the copy is gone, not before, or the device no longer hears.',
    lostPerson: 'Remove whoever leaves the company from the members: that counts on all their devices.',
    toMembers: 'Go to the members',
  },

  appearance: {
    language: 'Language',
    languageSystem: 'As the system',
    languageLead: 'The app is loaded again in the language you choose. Drafts are kept.',
    scheme: 'Colours',
    motion: 'Movement follows the settings of your system.',
  },
  schemes: { light: 'Light', dark: 'Dark', auto: 'As the system' },

  data: {
    lead: 'All customers of the company are copied to this device, so that everything works without a network.',
    customers: 'Customers',
    records: 'History',
    recordsCount: (count: number): string => `${counted(count, 'row', 'rows')} of conversations, quotes and activity`,
    unsent: 'Only here',
    unsentNone: 'Nothing: all is on the server',
    unsentCount: (count: number): string => `${counted(count, 'change', 'changes')} not sent yet`,
    room: 'Room',
    roomOf: (used: number, quota: number): string =>
      `${formatBytes(used)} used of ${formatBytes(quota)} that may be used`,
    encryption: 'Encryption',
    encrypted: 'Encrypted; the key lies in the key store of this device.',
    notEncrypted: 'Not encrypted: this browser has no key store.',
    persistence: 'Lasting',
    storage: {
      kept: 'What is stored here stays here, also when the disk runs full.',
      mayBeRemoved:
        'The browser may remove what is stored here when the disk runs full. Install the app, or bookmark it, and load it again: then it stays.',
    },
    upkeep: 'Upkeep',
    compact: 'Compact now',
    compactLead: 'Takes out what was replaced or removed. It happens by itself, too, when there is much of it.',
    compacted: 'The copy is compacted',
    rebuild: 'Fetch everything again',
    rebuildLead: 'Where something looks wrong here: the copy is made anew from the server.',
    rebuildTitle: 'Fetch everything from the server again?',
    rebuildBody: (unsent: number): string =>
      unsent === 0
        ? 'The copy on this device is made anew. It takes a moment, and you can go on working.'
        : `The copy on this device is made anew. ${counted(unsent, 'change', 'changes')} that ${isOne(unsent) ? 'is' : 'are'} not sent yet ${isOne(unsent) ? 'is' : 'are'} kept.`,
    rebuildStarted: 'Everything is being fetched again',
    forget: 'Forget this company here',
    forgetLead: (company: string): string =>
      `Removes ${company} from this device. You stay a member, and it is fetched again when you switch to it.`,
    forgetTitle: (company: string): string => `Remove ${company} from this device?`,
    forgetUnsent: (count: number): string =>
      `${counted(count, 'change', 'changes')} ${isOne(count) ? 'exists' : 'exist'} only here and ${isOne(count) ? 'is' : 'are'} lost. This can't be undone.`,
    forgetAnyway: 'Remove and lose them',
    forgotten: (company: string): string => `${company} is no longer on this device`,
    didNotWork: 'That did not work',
  },

  log: {
    lead: 'Who did what with the company as a whole. What happened with one customer stands in its activity.',
    filter: 'What',
    all: 'Everything',
    groups: {
      members: 'Members and company',
      customers: 'Deletions and merges',
      privacy: 'Exports and erasures',
      imports: 'Imports',
    },
    none: 'Nothing of this kind has happened yet.',
    older: 'Show older',
    someone: 'Somebody who is gone',
    system: 'The server',
    what: {
      member_added: (who: string, about: string): string => `${who} let ${about} in`,
      member_role_changed: (who: string, about: string, from: string, to: string): string =>
        `${who} made ${about} ${to.toLocaleLowerCase()}, who was ${from.toLocaleLowerCase()}`,
      member_revoked: (who: string, about: string): string => `${who} removed ${about}`,
      member_invited: (who: string, about: string): string => `${who} invited ${about}`,
      invitation_revoked: (who: string, about: string): string => `${who} took back the invitation of ${about}`,
      device_forgotten: (who: string, about: string, device: string): string =>
        `${who} noted that ${device} of ${about} will not come back`,
      device_signed_out: (who: string, about: string, device: string): string =>
        `${who} signed out ${device} of ${about}`,
      company_changed: (who: string): string => `${who} changed name or country of the company`,
      deleted: (who: string, about: string): string => `${who} deleted ${about}`,
      restored: (who: string, about: string): string => `${who} brought ${about} back`,
      merged: (who: string, about: string): string => `${who} merged ${about} into another customer`,
      unmerged: (who: string, about: string): string => `${who} took the merge of ${about} back`,
      exported: (who: string, rows: number, format: string): string =>
        `${who} exported ${customers(rows)} as ${format.toLocaleUpperCase()}`,
      exportedPerson: (who: string, about: string): string => `${who} took out all personal data of ${about}`,
      erased: (who: string): string => `${who} erased a customer for good`,
      flag_dismissed: (who: string, about: string): string => `${who} looked at ${about}, who may have come back`,
      retention_changed: (who: string, years: number | null): string =>
        years === null
          ? `${who} had customers kept for ever`
          : `${who} had customers kept for ${counted(years, 'year', 'years')}`,
      retention_applied: (who: string, count: number): string =>
        `${who} erased ${customers(count)} without a sign of life`,
      imported: (who: string, file: string): string => `${who} imported ${file}`,
      import_undone: (who: string, file: string): string => `${who} took the import of ${file} back`,
      other: (who: string, action: string): string => `${who}: ${action}`,
    },
  },
} as const
