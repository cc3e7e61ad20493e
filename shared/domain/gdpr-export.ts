import { z } from 'zod'
import { wordsOf } from '../util/words-of.ts'
import { forEachText } from './customer.ts'

const time = z.string()
const text = z.string().nullable()

/** A customer as before-images and exports show one. */
const imageSchema = z.object({
  name: text,
  ...forEachText(() => text),
  tags: z.array(z.string()),
  source: z.string(),
  createdAt: time,
  createdByUserName: text,
  lastSeenAt: time.nullable(),
})

const changesSchema = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

/** The answer of `export_customer_data(p_company, p_customer)`: everything held about one person (SPEC DB-8). */
export const gdprExportSchema = z.object({
  format: z.literal('tradesphere-customer-export'),
  version: z.literal(1),
  exportedAt: time,
  company: z.string(),
  customer: imageSchema.extend({ id: z.guid(), updatedAt: time, deletedAt: time.nullable() }),
  /** Customers that were merged into this one. */
  mergedFrom: z.array(imageSchema.extend({ id: z.guid() })),
  conversations: z.array(
    z.object({
      id: z.guid(),
      at: time,
      name: text,
      email: text,
      phone: text,
      address: text,
      summary: text,
      messages: z.array(z.object({ role: z.string(), text: z.string(), at: time }).partial()),
    }),
  ),
  quotes: z.array(
    z.object({
      number: z.string(),
      at: time,
      status: z.string(),
      currency: z.string(),
      total: z.string(),
      lineItems: z.array(z.object({ text: z.string(), quantity: z.number(), unitPrice: z.number() }).partial()),
    }),
  ),
  interactions: z.array(z.object({ type: z.string(), at: time, by: text })),
  suggestions: z.array(z.object({ field: z.string(), value: z.string(), status: z.string(), at: time })),
  merges: z.array(
    z.object({ at: time, by: text, undoneAt: time.nullable(), before: imageSchema.partial(), changes: changesSchema }),
  ),
  activity: z.array(z.object({ action: z.string(), at: time, by: text, changes: changesSchema })),
  /** Rows of tables that the export has no words for, by table. */
  other: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})
export type GdprExport = z.infer<typeof gdprExportSchema>

/**
 * An export as plain text, for the person it is about: every value of the document appears in it.
 * Pure; times are printed as they came (UTC).
 */
export function renderGdprExport(data: GdprExport): string {
  const { customer } = data
  const sections: [string, readonly string[]][] = [
    ['Who you are to us', renderImage(customer)],
    ['Records that were joined into yours', data.mergedFrom.flatMap(renderImage)],
    ['Conversations', data.conversations.flatMap(renderConversation)],
    ['Quotes', data.quotes.flatMap(renderQuote)],
    [
      'Contacts and views',
      data.interactions.map(({ at, type, by }) => `- ${at} ${type}${by === null ? '' : `, by ${by}`}`),
    ],
    [
      'Values suggested by conversations',
      data.suggestions.map(({ at, field, value, status }) => `- ${at} ${field}: ${value} (${status})`),
    ],
    [
      'Joined records: before and after',
      data.merges.flatMap(({ at, by, undoneAt, before, changes }) => [
        `- ${at}${by === null ? '' : `, by ${by}`}${undoneAt === null ? '' : `, undone ${undoneAt}`}`,
        ...renderValues(before).map((line) => `  before: ${line}`),
        ...renderChanges(changes),
      ]),
    ],
    [
      'History of changes',
      data.activity.flatMap(({ at, action, by, changes }) => [
        `- ${at} ${action}${by === null ? '' : `, by ${by}`}`,
        ...renderChanges(changes),
      ]),
    ],
    ...Object.entries(data.other).map(([table, rows]): [string, string[]] => [
      `Other: ${table}`,
      rows.map((row) => `- ${renderValues(row).join('; ')}`),
    ]),
  ]
  const title = `Personal data held by ${data.company}\nExported ${data.exportedAt}`
  const bodies = sections.map(
    ([heading, lines]) => `## ${heading}\n\n${lines.length === 0 ? 'Nothing.' : lines.join('\n')}`,
  )
  return `# ${title}\n\n${bodies.join('\n\n')}\n`
}

function renderImage(image: object): string[] {
  return renderValues(image).map((line) => `- ${line}`)
}

/** "field: value", without what is empty. */
function renderValues(record: object): string[] {
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${wordsOf(key)}: ${printed(value)}`)
}

function renderConversation({ messages, summary, ...rest }: GdprExport['conversations'][number]): string[] {
  return [
    `- ${renderValues(rest).join('; ')}`,
    ...(summary === null ? [] : [`  Summary: ${summary}`]),
    ...messages.map(
      ({ at, role, text: said }) => `  ${[at, role].filter((part) => part !== undefined).join(' ')}: ${said ?? ''}`,
    ),
  ]
}

function renderQuote({ lineItems, ...rest }: GdprExport['quotes'][number]): string[] {
  return [`- ${renderValues(rest).join('; ')}`, ...lineItems.map((item) => `  ${renderValues(item).join('; ')}`)]
}

function renderChanges(changes: Readonly<Record<string, { from?: unknown; to?: unknown }>>): string[] {
  return Object.entries(changes).map(
    ([field, { from, to }]) => `  ${wordsOf(field)}: ${printed(from)} → ${printed(to)}`,
  )
}

function printed(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(empty)'
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
