import type { ChatReviewReason } from '#shared/domain/chat-review.ts'
import { formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'

const REASONS: Readonly<Record<ChatReviewReason, string>> = {
  shared_email: 'Several customers have this email.',
  shared_phone: 'Several customers have this phone.',
  shared_name: 'Several customers have this name.',
  phone_of_another: 'The phone is a customer’s who has another name and email.',
  no_contact: 'The visitor said neither name nor email nor phone.',
  unlinked_by_hand: 'A colleague said that it is not whose it was taken for.',
  busy: 'It came while its customer was being changed.',
  error: 'It could not be linked by itself.',
}

/** The conversations of nobody, and how they come to somebody. */
export const conversationStrings = {
  title: 'Unlinked conversations',
  short: 'Chats',
  lead: 'Chats of the assistant that could be several customers’, or nobody’s. Say whose each one is: it works offline, too, and can be taken back.',
  left: (count: number): string => `${formatCount(count)} left`,
  listLabel: 'Conversations that wait',
  current: 'The conversation that is looked at',
  nameless: 'A visitor without a name',
  reasons: REASONS,
  noText: 'A chat without words',
  older: (count: number): string =>
    isOne(count)
      ? '1 more waits that is older than what this computer keeps.'
      : `${formatCount(count)} more wait that are older than what this computer keeps.`,
  candidates: 'Who it may be',
  noCandidates: 'Nobody here fits. Find the customer, or make a new one.',
  link: 'Link',
  linkTo: (name: string): string => `Link to ${name}`,
  same: { name: 'same name', email: 'same email', phone: 'same phone' },
  other: 'Another customer…',
  find: 'Find a customer',
  findNobody: 'Nobody matches.',
  create: 'New customer',
  createWhy: 'The conversation names nobody to write down. Link it to a customer.',
  skip: 'Skip',
  linked: (name: string): string => `Linked to ${name}`,
  created: (name: string): string => `${name} is a customer now`,
  takenBack: 'The conversation waits again',
  customerStays: 'The conversation waits again; the customer made from it stays.',
  failed: 'The conversation stays where it is',
  several: 'More than one customer fits. Choose one of them.',
  skipped: (count: number): string =>
    `Show the ${counted(count, 'skipped conversation', 'skipped conversations')} again`,
  emptyTitle: 'Every conversation has its customer',
  emptyBody: 'Chats that could be several customers’ wait here until somebody says whose they are.',
  loadFailed: 'The conversations could not be read. Try again; nothing is lost.',
  messages: (count: number): string => counted(count, 'message', 'messages'),
} as const
