import type { LocalReplica } from '#database/local/open-replica.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { replicaRequests } from '#shared/replica-api/contract.ts'
import type { Transport } from '#sync/replication/transport.ts'
import { OpenWorkspace } from '#sync/worker/open-workspace.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { pick, seededRandom } from '../search/random.ts'
import { COMPANY_ID, makeRecords, makeReplicaCustomers, USER_ID } from './crm-rows.ts'

const TARGET_MS = 30
const OPENINGS = 2_000
const BASELINE_OPENINGS = 40
const WORKSPACE: Workspace = {
  companyId: COMPANY_ID,
  companyName: 'Bench',
  country: 'DE',
  role: 'owner',
  members: [{ userId: USER_ID, name: 'Jonas Keller', role: 'owner' }],
}

/**
 * PF-3: a customer with conversations, quotes and activity, in one request, as the worker makes the
 * answer and the UI gets it: copied between the threads and parsed. Every fifth has 200 conversations.
 * Against looking through the records without an index.
 */
export async function measureOpen(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const customers = makeReplicaCustomers(rows)
  const records = makeRecords(customers)
  say(`PF-3: ${rows} customers with ${records.length} conversations, quotes and activities`)
  const transport = new Proxy({} as Transport, {
    get: () => async () => {
      throw new Error('nobody answers')
    },
  })
  const replica: LocalReplica = {
    name: 'bench',
    condition: 'sound',
    damaged: new Promise(() => {}),
    derived: null,
    load: async () => ({ customers, records, state: {}, damaged: [], damagedRecords: [] }),
    commit: async () => {},
    compactNow: async () => {},
    close: async () => {},
    remove: async () => {},
  }
  const workspace = await OpenWorkspace.open({
    replica,
    user: { id: USER_ID, name: 'Jonas Keller' },
    workspace: WORKSPACE,
    known: { workspace: null, unsent: 0 },
    device: { id: USER_ID, name: 'Bench' },
    transport: () => transport,
    hints: () => null,
    timing: { now: Date.now, after: () => () => {}, random: Math.random },
    newId: () => crypto.randomUUID(),
    isOnline: () => true,
    notify: () => {},
    elsewhere: 0,
    onWorkspace: async () => {},
    onCompanies: async () => {},
    onUnsent: () => {},
    reportBug: (error) => {
      throw error
    },
  })
  if (workspace === null) throw new Error('the workspace did not open')

  const open = (id: string) => {
    const detail = workspace.commands.get(id)
    workspace.recent.viewed(id)
    const answer = detail === null ? null : { ...detail, history: workspace.records.history(id) }
    return replicaRequests['customers.get'].output.parse(structuredClone(answer))
  }
  const counts = new Map<string, number>()
  for (const { customerId, collection } of records) {
    if (customerId !== null && collection === 'conversations') counts.set(customerId, (counts.get(customerId) ?? 0) + 1)
  }
  const busy = customers.filter(({ id }) => (counts.get(id) ?? 0) >= 100)
  const random = seededRandom(3)
  const ids = Array.from(
    { length: OPENINGS },
    (_, n) => pick(random, n % 5 === 0 && busy.length > 0 ? busy : customers).id,
  )
  const opened: number[] = []
  for (const id of ids) {
    opened.push(timed(() => open(id)))
    // The write that a view makes runs behind it.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await workspace.close()
  const baseline = ids
    .slice(0, BASELINE_OPENINGS)
    .map((id) =>
      timed(() => records.filter((record) => record.customerId === id).map(({ body }) => JSON.parse(body ?? ''))),
    )

  const p95 = percentile(opened, 0.95)
  const against = percentile(baseline, 0.95)
  return [
    {
      id: 'PF-3',
      what: 'open a customer with history',
      rows,
      unit: 'ms',
      p50: rounded(percentile(opened, 0.5)),
      p95: rounded(p95),
      max: rounded(Math.max(...opened)),
      target: TARGET_MS,
      pass: p95 <= TARGET_MS,
      baseline: { name: 'look through all records, p95', value: rounded(against) },
      ratio: rounded(against / p95),
    },
  ]
}

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}
