import type { Scenario } from '../scenario.ts'

/** SY-2: the ledger knows each change that the server said it had applied: a repeat is known as one. */
export async function checkLedger(scenario: Scenario): Promise<void> {
  const known = await scenario.server.sql<{ id: string }[]>`
    select mutation_id as id from private.judged_mutations
     where refusal is null and company_id in ${scenario.server.sql(scenario.tenants.map(({ id }) => id))}`
  const ids = new Set(known.map(({ id }) => id))
  const unknown = [...scenario.applied.keys()].filter((id) => !ids.has(id))
  if (unknown.length > 0)
    scenario.violate('idempotence', `the ledger has forgotten ${unknown.length}, such as ${unknown[0]}`)
}
