import { DAY_MS, type SeedCustomer } from './make-customers.ts'
import { CHAT_TOPICS } from './phrases.ts'
import type { Random } from './random.ts'

/** A base smaller than that is a test's, who counts its rows. */
const FEWEST_CUSTOMERS = 50

/**
 * Chats of the last days that the triggers leave to people: a phone that two customers share (one of
 * these customers is changed for it), a name that two have, and a phone of somebody else. Rows of
 * `"VC Usage"` without a customer, to be inserted behind the customers.
 */
export function makeWaitingChats(
  random: Random,
  customers: readonly SeedCustomer[],
  today: number,
): Record<string, unknown>[] {
  if (customers.length < FEWEST_CUSTOMERS) return []
  const quiet = customers.filter(({ conversation_count }) => conversation_count === 0)
  const [tenant, colleague, neighbour] = quiet.filter(
    ({ customer_phone, customer_email }) => customer_phone !== null && customer_email !== null,
  )
  const names = new Set<string>()
  const namesake = quiet.find(({ customer_name }) => names.size === names.add(customer_name).size)
  const said: { name?: string; email?: string; phone?: string | null }[] = []
  if (tenant !== undefined && colleague !== undefined) {
    colleague.customer_phone = tenant.customer_phone
    said.push({ phone: tenant.customer_phone })
  }
  if (namesake !== undefined) said.push({ name: namesake.customer_name })
  if (neighbour !== undefined) {
    said.push({ name: 'Jordan Applewhite', email: 'jordan.applewhite@example.net', phone: neighbour.customer_phone })
  }
  return said.map(({ name = null, email = null, phone = null }, index) => {
    const topic = random.pick(CHAT_TOPICS)
    const at = new Date(today - (index + 1) * DAY_MS - random.int(0, DAY_MS - 1)).toISOString()
    return {
      id: random.uuid(),
      company_id: customers[0]?.company_id,
      session_id: `chat-${random.uuid().slice(0, 8)}`,
      interaction_number: 1,
      customer_name: name,
      customer_email: email,
      customer_phone: phone,
      summary: topic.summary,
      messages: [
        { role: 'customer', text: topic.asks, at },
        { role: 'assistant', text: topic.answers, at },
      ],
      view_count: 0,
      created_at: at,
    }
  })
}
