import type { ErasureReason } from '#shared/replica-api/administration.ts'
import { formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'

const REASONS: Readonly<Record<ErasureReason, string>> = {
  requested: 'The person asked for it',
  consent_withdrawn: 'The person took their consent back',
  unlawful: 'It should never have been kept',
}

const customers = (count: number): string => counted(count, 'customer', 'customers')

/** Texts of privacy. */
export const privacyStrings = {
  lead: 'What the law asks: tell a person what is held about them, forget them, keep nobody for longer than needed.',
  requests: 'Requests of a person',
  find: 'Find the customer',
  findHint: 'Name, email or phone',
  nobody: 'Nobody found.',
  chosen: (name: string): string => `Request of ${name}`,
  export: 'Everything we hold',
  exportLead: 'All personal data over all tables, to hand to the person. The log says that it was taken out.',
  exportJson: 'Save as JSON',
  exportText: 'Save as text',
  exported: (file: string): string => `Saved as ${file}, in your downloads.`,
  fileName: (date: string): string => `personal-data-${date}`,
  erase: 'Erase for good',
  eraseLead: 'Anonymises the person on the server and on every device. For when they ask to be forgotten.',
  eraseTitle: (name: string): string => `Erase ${name} for good?`,
  eraseGone: [
    'All fields, notes and tags included, here and of everybody merged into this customer',
    'Contact data and words of their conversations with the assistant',
    'Their values in the history of changes, in suggestions and in merges, which can’t be undone afterwards',
    'Their copy on every device, with the next sync; each device sends a receipt',
  ],
  eraseStays:
    'Numbers and amounts of quotes stay, as tax law asks. So does that somebody was erased, when and by whom.',
  eraseUndo: "This can't be undone by anybody.",
  reason: 'Why',
  reasons: REASONS,
  typeName: (name: string): string => `Type “${name}” to go on`,
  eraseConfirm: 'Erase for good',
  erased: (conversations: number): string =>
    conversations === 0 ? 'Erased.' : `Erased, with ${counted(conversations, 'conversation', 'conversations')}.`,
  lookAt: 'These may be the same person, or hold something about them. Look at them:',
  erasures: 'Erased people',
  erasuresLead: 'Each device tells when it has forgotten somebody.',
  erasuresNone: 'Nobody was erased yet.',
  erasedWhen: 'Erased',
  erasedBy: 'By',
  erasedWhy: 'Why',
  receipts: 'Devices',
  byNight: 'the nightly run',
  reasonRetention: 'No sign of life for too long',
  allForgot: (count: number): string =>
    count === 0
      ? 'no device held them'
      : isOne(count)
        ? 'the one device has forgotten'
        : `all ${formatCount(count)} have forgotten`,
  someForgot: (count: number, all: number): string => `${formatCount(count)} of ${formatCount(all)} have forgotten`,
  waitsFor: (device: string, person: string, when: string): string => `${device} of ${person}, last seen ${when}`,
  blocklist: 'Who was erased and comes back',
  blocklistLead:
    'Identities of erased people are remembered as keyed hashes, which nobody can read, so that an import or a chat does not bring them back unnoticed.',
  blocklistNone: 'Nobody is remembered.',
  blocklistHolds: (parts: string): string => `Remembered: ${parts}.`,
  kinds: {
    email: (count: number): string => counted(count, 'email address', 'email addresses'),
    phone: (count: number): string => counted(count, 'phone number', 'phone numbers'),
    name_address: (count: number): string => counted(count, 'name with its address', 'names with their addresses'),
    name: (count: number): string => counted(count, 'name', 'names'),
  } as Readonly<Record<string, (count: number) => string>>,
  flagged: 'They may be back:',
  retention: 'How long customers are kept',
  retentionLead:
    'Whoever gave no sign of life for this long, no edit, chat, quote or contact, is erased for good: here, and by the nightly run of the server where your administrator has set it up.',
  forEver: 'Keep for ever',
  years: 'Years',
  yearsMissing: 'Between 1 and 100 years.',
  setYears: 'Save',
  yearsSet: (years: number | null): string =>
    years === null ? 'Customers are kept for ever' : `Customers are kept for ${counted(years, 'year', 'years')}`,
  yearsFailed: 'The years were not changed',
  dryRun: 'See who would go',
  wouldErase: (count: number, years: number): string =>
    count === 0
      ? `Nobody: all gave a sign of life in the last ${counted(years, 'year', 'years')}.`
      : `Would erase ${customers(count)}, without a sign of life for ${counted(years, 'year', 'years')}.`,
  lastSign: 'Last sign of life',
  shown: (shown: number, total: number): string => `The oldest ${formatCount(shown)} of ${formatCount(total)}.`,
  eraseExpired: (count: number): string => `Erase ${customers(count)}`,
  eraseExpiredTitle: (count: number): string => `Erase ${customers(count)} for good?`,
  eraseExpiredBody:
    'Everything about them goes, on the server and on every device. Numbers and amounts of quotes stay. Nobody can undo it.',
  typeCount: (count: number): string => `Type ${count} to go on`,
  erasing: (done: number, total: number): string => `${formatCount(done)} of ${formatCount(total)} erased`,
  erasedExpired: (count: number): string => `${customers(count)} erased.`,
  stop: 'Stop',
}
