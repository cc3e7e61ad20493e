import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'

/** The overview: how good the data is. */
export const dashboardStrings = {
  title: 'Overview',
  lead: 'How complete, fresh and free of duplicates your customers are, from what is on this device.',
  failed: 'The figures could not be counted. What you saved is safe.',
  customers: (count: number): string => counted(count, 'customer', 'customers'),
  partial: 'Your customers are still coming in: the figures grow with them.',
  emptyBody: 'Once there are customers, you see here how good their data is.',

  complete: 'Complete',
  has: {
    email: 'Email',
    phone: 'Phone',
    both: 'Email and phone',
    address: 'Address',
    tags: 'Tags',
    owner: 'Owner',
  },
  hasLabel: (what: string, count: number): string => `${what}: ${formatCount(count)} have it`,
  missing: (count: number): string => `${formatCount(count)} missing`,
  missingLabel: (what: string, count: number): string => `${formatCount(count)} missing: ${what}`,

  inbox: 'To decide',
  /** `suggested`: those that the navigation counts. */
  duplicates: (groups: number, suggested: number): string => {
    const text = counted(groups, 'group of duplicates', 'groups of duplicates')
    return groups === 0 ? text : `${text}, ${formatCount(suggested)} very likely`
  },
  duplicatesCustomers: 'Show the customers',
  solved: (merged: number, apart: number): string =>
    `This month: ${formatCount(merged)} merged, ${formatCount(apart)} told apart`,
  chats: (count: number): string => counted(count, 'chat without a customer', 'chats without a customer'),
  chatsOlder: (count: number): string => `${formatCount(count)} more are older than this device keeps`,
  attention: (count: number): string => counted(count, 'change needs attention', 'changes need attention'),

  growth: 'New customers',
  growthUnit: 'By',
  units: { weeks: 'Week', months: 'Month' },
  growthNone: 'No new customers in this time.',
  growthSummary: {
    weeks: (total: number, most: string, count: number): string =>
      `${counted(total, 'new customer', 'new customers')} in twelve weeks, most of them in that of ${most}: ${formatCount(count)}.`,
    months: (total: number, most: string, count: number): string =>
      `${counted(total, 'new customer', 'new customers')} in twelve months, most of them in ${most}: ${formatCount(count)}.`,
  },
  asTable: 'As a table',
  period: 'From',
  total: 'Total',

  seen: 'Last seen',
  seenLabels: ['Last 7 days', '8 to 30 days ago', '31 to 90 days ago', '91 to 365 days ago', 'Longer ago'],
  never: 'Never',

  imports: 'Last imports',
  importsNone: 'Nothing was imported yet.',
  importHead: {
    file: 'File',
    when: 'When',
    created: 'Created',
    updated: 'Updated',
    skipped: 'Skipped',
    invalid: 'Invalid',
  },
  undone: 'taken back',
} as const
