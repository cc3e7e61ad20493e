import { expect, test } from 'vitest'
import { suiteBackend } from '../testing/suite-backend.ts'

const { sql } = await suiteBackend(200)

test('DB-4: the demo has chats that wait for a person, for the reasons that the triggers give', async () => {
  const waiting = await sql<{ company: string; reason: string; candidates: number }[]>`
    select company_id as company, reason, count(customer_id)::int as candidates
      from public.chat_link_candidates where status = 'open' group by company_id, chat_id, reason order by 1, 2`
  const ofOne = [
    { reason: 'phone_of_another', candidates: 1 },
    { reason: 'shared_name', candidates: expect.any(Number) },
    { reason: 'shared_phone', candidates: 2 },
  ]
  const companies = [...new Set(waiting.map(({ company }) => company))]
  expect(companies.length).toBe(2)
  for (const company of companies) {
    const reasons = waiting.filter((one) => one.company === company)
    // Two of one name are found in the larger company only.
    expect(reasons).toMatchObject(ofOne.filter(({ reason }) => reasons.length === 3 || reason !== 'shared_name'))
  }
  expect(waiting.length).toBeGreaterThanOrEqual(5)
})
