import { heal, revive, until } from './patience.ts'
import { runOperation } from './run-operation.ts'
import type { Scenario } from './scenario.ts'

const GOOD_ROWS = 6

/** One change that the server stumbles over, among others: those must be there after one cycle of push and pull. */
export async function badRow(scenario: Scenario): Promise<void> {
  const { server, random, writes } = scenario
  if (!server.isUp) return
  const device = random.pick(scenario.atHand.filter(({ person }) => person.role !== 'analyst'))
  heal(device)
  if (!(await revive(scenario, device))) return
  device.setOffline(true)
  const bad = random.int(0, GOOD_ROWS)
  const made: string[] = []
  for (let row = 0; row <= GOOD_ROWS; row += 1) {
    const before = writes.all.length
    await runOperation(scenario, device, 'create')
    const name = writes.all.slice(before).find(({ slot }) => slot.endsWith('.name'))?.keys[0]
    if (name === undefined) return
    if (row === bad) device.network.poison.add(name)
    else made.push(name)
  }
  scenario.count('badRow', device.person.email)
  device.setOffline(false)
  // A cycle is over when its pull goes out. The first one may be of a cycle that had pushed before the rows were made.
  const pulls = device.network.pulls
  await until(scenario, () => device.network.pulls > pulls + 1)
  const [found] = await server.sql<{ n: number }[]>`
    select count(*)::int as n from public.customers
     where company_id = ${device.person.companyId} and customer_name in ${server.sql(made.map((name) => `Made ${name}`))}`
  if (found?.n !== made.length) {
    scenario.violate('one bad row', `${device.person.email}: ${found?.n} of ${made.length} others arrived in its cycle`)
  }
  scenario.later(random.int(2, 6), async () => device.network.poison.clear())
}
