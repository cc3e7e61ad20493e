import type { DemoCompany } from './demo-users.ts'
import { DAY_MS, type Rep, type SeedCustomer } from './make-customers.ts'
import { CHAT_TOPICS, PRODUCTS } from './phrases.ts'
import type { Random } from './random.ts'

/** Rows of the tables around a customer, keyed by column. */
export interface SeedHistory {
  readonly chats: Record<string, unknown>[]
  readonly quotes: Record<string, unknown>[]
  readonly interactions: Record<string, unknown>[]
}

/** Most customers with a history in one company: benches with 100,000 customers don't need 100,000 chats. */
const MOST_WITH_HISTORY = 1_500

/**
 * Gives about a third of the customers chats, quotes and interactions, and sets their
 * `conversation_count`, `last_seen_at` and `source` accordingly.
 */
export function makeHistory(
  random: Random,
  company: DemoCompany,
  customers: readonly SeedCustomer[],
  reps: readonly Rep[],
  today: number,
): SeedHistory {
  const history: SeedHistory = { chats: [], quotes: [], interactions: [] }
  const wanted = Math.min(Math.ceil(customers.length * 0.35), MOST_WITH_HISTORY)
  const step = customers.length / Math.max(wanted, 1)
  for (let index = 0; index < wanted; index++) {
    const customer = customers[Math.floor(index * step)]
    if (customer === undefined) break
    if (customer.customer_email !== null || customer.customer_phone !== null) addChats(random, history, customer, today)
    if (random.chance(0.5)) addQuote(random, history, company, customer, today)
    addInteractions(random, history, customer, reps, today)
  }
  return history
}

function addChats(random: Random, history: SeedHistory, customer: SeedCustomer, today: number): void {
  const count = random.pick([1, 1, 1, 2, 2, 3, 5])
  // A customer that a chat made has the first chat at its creation.
  const fromChat = random.chance(0.6)
  if (fromChat) customer.source = 'chat'
  const created = Date.parse(customer.created_at)
  const times = Array.from({ length: count }, (_, index) =>
    fromChat && index === 0 ? created : between(random, created, today),
  ).sort((a, b) => a - b)
  times.forEach((time, index) => {
    const topic = random.pick(CHAT_TOPICS)
    const at = new Date(time).toISOString()
    const seen = random.chance(0.6)
    history.chats.push({
      id: random.uuid(),
      company_id: customer.company_id,
      customer_id: customer.id,
      customer_linked_at: at,
      customer_link_source: 'auto_sync',
      session_id: `chat-${random.uuid().slice(0, 8)}`,
      interaction_number: index + 1,
      customer_name: customer.customer_name,
      customer_email: customer.customer_email,
      customer_phone: customer.customer_phone,
      customer_address: customer.customer_address,
      summary: topic.summary,
      messages: [
        { role: 'customer', text: topic.asks, at },
        { role: 'assistant', text: topic.answers, at: new Date(time + random.int(2, 9) * 1_000).toISOString() },
      ],
      view_count: seen ? random.int(1, 6) : 0,
      last_viewed_at: seen ? new Date(Math.min(today, time + random.int(1, 5) * DAY_MS)).toISOString() : null,
      created_at: at,
    })
    customer.last_seen_at = at
    customer.updated_at = at
  })
  customer.conversation_count = count
}

function addQuote(
  random: Random,
  history: SeedHistory,
  company: DemoCompany,
  customer: SeedCustomer,
  today: number,
): void {
  const items = Array.from({ length: random.int(1, 4) }, () => {
    const product = random.pick(PRODUCTS)
    return { text: product.text, quantity: random.int(1, 60), unitPrice: product.price }
  })
  const time = between(random, Date.parse(customer.created_at), today)
  const number = history.quotes.length + 1
  history.quotes.push({
    id: random.uuid(),
    company_id: customer.company_id,
    customer_id: customer.id,
    session_id: null,
    quote_number: `Q-${new Date(time).getUTCFullYear()}-${String(number).padStart(5, '0')}`,
    status:
      today - time > 120 * DAY_MS
        ? random.pick(['accepted', 'declined', 'expired'])
        : random.pick(['draft', 'sent', 'accepted']),
    currency: company.currency,
    total: items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0).toFixed(2),
    line_items: items,
    created_at: new Date(time).toISOString(),
  })
}

function addInteractions(
  random: Random,
  history: SeedHistory,
  customer: SeedCustomer,
  reps: readonly Rep[],
  today: number,
): void {
  for (let count = random.int(1, 3); count > 0; count--) {
    const rep = random.pick(reps)
    history.interactions.push({
      id: random.uuid(),
      company_id: customer.company_id,
      customer_id: customer.id,
      customer_name: customer.customer_name,
      interaction_type: random.pick(['view', 'view', 'view', 'call', 'email', 'meeting']),
      viewed_at: new Date(between(random, Date.parse(customer.created_at), today)).toISOString(),
      user_id: rep.id,
      user_name: rep.name,
    })
  }
}

function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random.next() * Math.max(to - from, 1))
}
