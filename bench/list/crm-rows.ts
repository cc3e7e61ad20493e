import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type ReplicaRecord, recordKey, type StoredCollection } from '#database/local/replica-record.ts'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { makeCustomers } from '../search/customers.ts'
import { below, pick, type Random, seededRandom } from '../search/random.ts'

export const USER_ID = '00000000-0000-4000-8000-0000000000a1'
export const COMPANY_ID = '00000000-0000-4000-8000-0000000000c1'
/** The sales reps of the company, this user among them. */
export const OWNERS = Array.from({ length: 12 }, (_, n) => `00000000-0000-4000-8000-0000000000a${n.toString(16)}`)
export const NOW = Date.parse('2026-06-15T12:00:00Z')
const DAY = 86_400_000

const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString()

/** Customers as a replica holds them; the same for the same number. */
export function makeReplicaCustomers(count: number): ReplicaCustomer[] {
  const random = seededRandom(11)
  return makeCustomers(count).map((customer) => {
    const createdAt = daysAgo(random() ** 2 * 2_000)
    const isSeen = random() < 0.6
    return {
      ...NO_FIELDS,
      ...customer,
      tags: [...customer.tags],
      companyId: COMPANY_ID,
      ownerId: random() < 0.7 ? pick(random, OWNERS) : null,
      source: pick(random, ['chat', 'manual', 'import', 'import'] as const),
      createdByUserId: random() < 0.3 ? pick(random, OWNERS) : null,
      createdByUserName: null,
      createdAt,
      updatedAt: daysAgo(random() * 300),
      lastSeenAt: isSeen ? daysAgo(random() ** 3 * 800) : null,
      conversationCount: isSeen ? 1 + below(random, 8) : 0,
      viewCount: 0,
      deletedAt: null,
      mergedInto: null,
      fieldEdits: {},
      rev: '1',
      local: null,
    }
  })
}

/** How much there is of a customer here: most have little, one in a thousand fills every tab. */
function historyOf(random: Random): Readonly<Record<'conversations' | 'quotes' | 'activity', number>> {
  const fate = random()
  if (fate < 0.001) return { conversations: 200, quotes: 40, activity: 150 }
  if (fate < 0.35)
    return { conversations: 1 + below(random, 5), quotes: below(random, 3), activity: 1 + below(random, 4) }
  return { conversations: 0, quotes: 0, activity: below(random, 2) }
}

/** Conversations of about eight messages, quotes and activity, as a replica holds them. */
export function makeRecords(customers: readonly ReplicaCustomer[]): ReplicaRecord[] {
  const random = seededRandom(13)
  const records: ReplicaRecord[] = []
  for (const { id: customerId } of customers) {
    for (const [collection, count] of Object.entries(historyOf(random)) as [keyof typeof BODIES, number][]) {
      for (let n = 0; n < count; n += 1) records.push(makeRecord(random, collection, customerId))
    }
  }
  return records
}

function makeRecord(random: Random, collection: keyof typeof BODIES, customerId: string): ReplicaRecord {
  const id = `${below(random, 2 ** 32)
    .toString(16)
    .padStart(8, '0')}-0000-4000-8000-${below(random, 2 ** 48)
    .toString(16)
    .padStart(12, '0')}`
  const at = daysAgo(random() * 90)
  const body = JSON.stringify({ id, companyId: COMPANY_ID, customerId, rev: '1', ...BODIES[collection](at, random) })
  return { key: recordKey(collection, id), collection, id, customerId, at, body, local: null }
}

const SENTENCES = [
  'Could you send me a quote for the kitchen, please? The old one has expired.',
  'Of course. I need the size of the room and the day on which we may come by.',
  'We moved last month, so the address you have is not right any more.',
  'Thank you, that is noted. Is there anything else that I can do for you today?',
]

const BODIES = {
  conversations: (at, random) => ({
    sessionId: `session-${below(random, 1e9)}`,
    interactionNumber: 1,
    linkSource: 'auto_sync',
    linkedAt: at,
    name: 'Anna Berger',
    email: 'anna@example.com',
    phone: '+49 30 1234567',
    address: null,
    summary: pick(random, SENTENCES),
    messages: Array.from({ length: 8 }, (_, n) => ({
      role: n % 2 === 0 ? 'user' : 'assistant',
      text: pick(random, SENTENCES),
      at,
    })),
    viewCount: 1,
    lastViewedAt: at,
    createdAt: at,
  }),
  quotes: (at, random) => ({
    sessionId: null,
    number: `Q-${below(random, 1e6)}`,
    status: pick(random, ['sent', 'accepted', 'expired']),
    currency: 'EUR',
    total: '1250.00',
    lineItems: Array.from({ length: 5 }, () => ({ text: pick(random, SENTENCES), quantity: 2, unitPrice: 125 })),
    createdAt: at,
  }),
  activity: (at) => ({
    action: 'updated',
    userId: USER_ID,
    userName: 'Jonas Keller',
    changes: { phone: { from: '030 1234567', to: '+49 30 1234567' } },
    at,
  }),
} satisfies Partial<Record<StoredCollection, (at: string, random: Random) => object>>
