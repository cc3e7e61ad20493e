import { createHash } from 'node:crypto'
import type { LocalReplica } from '#database/local/open-replica.ts'
import { SYNC_COLLECTIONS } from '#shared/sync-protocol/collections.ts'
import type { Scenario } from '../scenario.ts'
import type { Person } from '../tenants.ts'
import { rowsInReplica, rowsOnServer, type WireRows } from '../wire-rows.ts'

/** SY-3: a replica that is in step holds what its user may see on the server: every collection, count and checksum. */
export async function checkConvergence(scenario: Scenario, person: Person, replica: LocalReplica): Promise<void> {
  const [theirs, mine] = [await rowsOnServer(scenario.server.sql, person), await rowsInReplica(replica)]
  for (const collection of SYNC_COLLECTIONS) {
    const [expected, held] = [theirs.get(collection) ?? new Map(), mine.get(collection) ?? new Map()]
    if (expected.size === held.size && checksum(expected) === checksum(held)) continue
    scenario.violate('convergence', `${person.email} ${collection}: ${difference(expected, held)}`)
  }
}

function checksum(rows: WireRows): string {
  const hash = createHash('sha256')
  for (const id of [...rows.keys()].toSorted()) hash.update(`${rows.get(id)}\n`)
  return hash.digest('hex')
}

function difference(expected: WireRows, held: WireRows): string {
  const missing = [...expected.keys()].filter((id) => !held.has(id))
  const extra = [...held.keys()].filter((id) => !expected.has(id))
  const other = [...expected.keys()].filter((id) => held.has(id) && held.get(id) !== expected.get(id))
  const [first] = other
  const example = first === undefined ? '' : ` such as ${expected.get(first)} here ${held.get(first)}`
  return `${missing.length} missing ${missing.slice(0, 3)}, ${extra.length} too many ${extra.slice(0, 3)}, ${other.length} other${example}`
}
