import { serverEvidence } from '../evidence.ts'
import type { Scenario } from '../scenario.ts'
import type { Tenant } from '../tenants.ts'

/**
 * SY-2: what the app said was saved is on the server or in its log, or waits, was refused or is in
 * conflict on its author's machine, or lies in a hand-over, with its value. Resolves to all that was found.
 */
export async function checkNoLostWrite(
  scenario: Scenario,
  tenant: Tenant,
  local: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const onServer = await serverEvidence(scenario.server.sql, tenant.id)
  for (const person of tenant.people) {
    const found = new Set([
      ...onServer,
      ...scenario.facts,
      ...(local.get(person.id) ?? []),
      ...(scenario.handovers.get(person.id) ?? []),
    ])
    for (const write of scenario.writes.lost(found, person)) {
      scenario.violate('no acknowledged write lost', `${person.email} in step ${write.step}: ${write.what}`)
    }
  }
}
