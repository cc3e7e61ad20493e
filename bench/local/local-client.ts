import type { LocalReplica } from '#database/local/local-replica.ts'
import { mirrorBucket } from '#database/local/mirror-bucket.ts'
import { mirrorsToRemove } from '#database/local/mirrors-to-remove.ts'
import { openReplica, removeReplica } from '#database/local/open-replica.ts'
import type { LocalState, ReplicaCustomer } from '#database/local/replica-customer.ts'
import { browserKeys } from '#database/local/replica-keys.ts'
import type { StorageKind } from '#database/local/replica-storages.ts'
import { openVault } from '#database/local/vault.ts'
import { NO_FIELDS } from '#shared/domain/customer.ts'

/** Runs in the browser: the storages by themselves, without server, list or search. */
export interface LocalRun {
  readonly storage: StorageKind
  readonly encrypted: boolean
  /** Whether what waits is kept a second time, as in the app. */
  readonly mirrored: boolean
}

const IDS = { userId: '11111111-1111-4111-8111-111111111111', companyId: '22222222-2222-4222-8222-222222222222' }
/** As many as one write of the pull holds. */
const PAGE = 1_000

let replica: LocalReplica | null = null

const api = { indexedDB, IDBKeyRange }
const bucket = mirrorBucket(navigator, IDBKeyRange)
const vault = openVault(api)

async function placeOf({ storage, encrypted, mirrored }: LocalRun) {
  const keys = encrypted ? browserKeys(api) : undefined
  const mirror = bucket && { ...bucket, toRemove: mirrorsToRemove(await vault), onFailure: console.error }
  return { ...api, ...IDS, storage, keys, mirror: mirrored ? mirror : null }
}

/** Opens the replica and reads all of it; answers the milliseconds and the customers found. */
async function open(run: LocalRun): Promise<{ ms: number; rows: number }> {
  const started = performance.now()
  replica = await openReplica(await placeOf(run))
  const { customers } = await replica.load()
  return { ms: performance.now() - started, rows: customers.length }
}

/** Writes so many customers in pages, each with its checkpoint; answers the milliseconds. */
async function fill(rows: number): Promise<number> {
  const opened = current()
  const started = performance.now()
  for (let start = 0; start < rows; start += PAGE) {
    const customers = Array.from({ length: Math.min(PAGE, rows - start) }, (_, n) => customerOf(start + n, 0))
    await opened.commit({ customers, state: { checkpoint: { after: start } } })
  }
  return performance.now() - started
}

/** Saves so many customers one after the other, each durable; answers the milliseconds of each. */
async function save(times: number, rows: number): Promise<number[]> {
  const opened = current()
  const took: number[] = []
  for (let n = 1; n <= times; n += 1) {
    // Spread over the whole base, as edits are.
    const customer = edited((n * 7_919) % rows, n)
    const started = performance.now()
    await opened.commit({ customers: [customer] })
    took.push(performance.now() - started)
  }
  return took
}

/** Fills it as above while somebody adds customers, one after the other; answers the milliseconds of each save. */
async function saveWhileFilling(rows: number): Promise<number[]> {
  const took: number[] = []
  let isFilling = true
  const filled = fill(rows).finally(() => {
    isFilling = false
  })
  for (let n = 0; isFilling; n += 1) {
    const started = performance.now()
    await current().commit({ customers: [edited(rows + n, 0)] })
    took.push(performance.now() - started)
    // Between two key strokes of a fast typist.
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await filled
  return took
}

/** Replaces every customer in one write; answers the milliseconds. */
async function updateAll(rows: number): Promise<number> {
  const customers = Array.from({ length: rows }, (_, n) => customerOf(n, 1))
  const started = performance.now()
  await current().commit({ customers })
  return performance.now() - started
}

async function close(): Promise<void> {
  await current().close()
  replica = null
}

async function remove(run: LocalRun): Promise<void> {
  await close()
  await removeReplica(await placeOf(run))
}

function current(): LocalReplica {
  if (replica === null) throw new Error('No replica is open')
  return replica
}

function customerOf(n: number, version: number): ReplicaCustomer {
  const number = String(n).padStart(12, '0')
  return {
    id: `00000000-0000-4000-8000-${number}`,
    companyId: IDS.companyId,
    ...NO_FIELDS,
    name: `Customer ${number} of version ${version}`,
    email: `customer.${number}@example.com`,
    phone: `+49 30 ${number}`,
    address: `${n % 300} Long Street, 10${n % 1000} Berlin, Germany`,
    notes: n % 3 === 0 ? 'Prefers to be called in the morning. Wants the quote as a document.' : null,
    tags: n % 2 === 0 ? ['retail', 'north'] : [],
    ownerId: IDS.userId,
    source: 'import',
    createdByUserId: IDS.userId,
    createdByUserName: 'Olga Owner',
    createdAt: '2026-01-01T08:00:00.000Z',
    updatedAt: '2026-02-01T08:00:00.000Z',
    lastSeenAt: '2026-02-01T08:00:00.000Z',
    conversationCount: n % 12,
    viewCount: n % 30,
    deletedAt: null,
    mergedInto: null,
    fieldEdits: { phone: { at: '2026-02-01T08:00:00.000Z', by: IDS.userId, byName: 'Olga Owner' } },
    rev: String(n + 1),
    local: null,
  }
}

/** A customer with an edit that waits to be sent. */
function edited(n: number, version: number): ReplicaCustomer {
  const customer = customerOf(n, version)
  const { id, name, phone, updatedAt } = customer
  const edit = { id, mutationId: id, editedAt: updatedAt, base: { phone: null }, changes: { phone }, sent: false }
  const local: LocalState = {
    shadow: { name, ...NO_FIELDS, deletedAt: null },
    mutations: [{ op: 'update', ...edit, times: { phone: updatedAt } }],
    rejected: null,
    conflicts: [],
  }
  return { ...customer, local }
}

export const localClient = { open, fill, save, saveWhileFilling, updateAll, close, remove }
Object.assign(globalThis, { localClient })
