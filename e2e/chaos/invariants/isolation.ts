import type { LocalReplica } from '#database/local/open-replica.ts'
import { letterOf, markersIn } from '../markers.ts'
import type { Scenario } from '../scenario.ts'
import type { Person, Tenant } from '../tenants.ts'

/** a replica holds rows of its own company only, and no word that another one wrote. */
export async function checkReplicaIsolation(
  scenario: Scenario,
  tenant: Tenant,
  person: Person,
  replica: LocalReplica,
): Promise<void> {
  const contents = await replica.load()
  const foreign = [...markersIn(JSON.stringify(contents))].filter((marker) => letterOf(marker) !== tenant.letter)
  if (foreign.length > 0) scenario.violate('tenant isolation', `${person.email} stores ${foreign.slice(0, 3)}`)
  const strangers = contents.customers.filter(({ companyId }) => companyId !== tenant.id)
  if (strangers.length > 0) scenario.violate('tenant isolation', `${person.email} stores ${strangers[0]?.id}`)
}

/** What leaves the database beside the rows, hints and logs, says nothing of anybody's customers. */
export function checkSilence(scenario: Scenario, where: string, text: string): void {
  const found = [...markersIn(text)]
  if (found.length > 0) scenario.violate('tenant isolation', `${where} tells ${found.slice(0, 3)}`)
}
