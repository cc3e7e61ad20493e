import { mirrorBucket } from '#database/local/mirror-bucket.ts'
import { mirrorsToRemove } from '#database/local/mirrors-to-remove.ts'
import { type LocalReplica, openReplica } from '#database/local/open-replica.ts'
import type { LocalState, ReplicaCustomer } from '#database/local/replica-customer.ts'
import { browserKeys } from '#database/local/replica-keys.ts'
import { fileMarks } from '#database/local/replica-marks.ts'
import { openVault } from '#database/local/vault.ts'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'

/** Runs in the browser, until it is killed: writes as the app does, and says on the console what was acknowledged. */
export interface Found {
  /** Numbers of single edits, which wait to be sent, each written together with the state that names it. */
  readonly singles: number[]
  /** The last single edit, by the state; 0: none. */
  readonly lastSingle: number
  /** How many rows there are of each page; a page has `PAGE_ROWS`. */
  readonly pages: Readonly<Record<string, number>>
  /** The last page, by its checkpoint; 0: none. */
  readonly lastPage: number
  readonly condition: LocalReplica['condition']
}

export const PAGE_ROWS = 300
const COMPANY = '22222222-2222-4222-8222-222222222222'
const USER = '11111111-1111-4111-8111-111111111111'

const api = { indexedDB, IDBKeyRange }
const bucket = mirrorBucket(navigator, IDBKeyRange)
/** Each start of the app opens its vault first. */
const started = openVault(api)

async function open(): Promise<LocalReplica> {
  const mirror = bucket && { ...bucket, toRemove: mirrorsToRemove(await started), onFailure: console.error }
  const keys = browserKeys(api, fileMarks(navigator.storage))
  return openReplica({ ...api, userId: USER, companyId: COMPANY, keys, mirror })
}

/** Writes single edits and pages in turn, from the given number on, without end. */
async function write(from: number): Promise<never> {
  const replica = await open()
  for (let n = from; ; n += 1) {
    if (n % 5 === 0) {
      const rows = Array.from({ length: PAGE_ROWS }, (_, row) => customerOf('page', n, row))
      await replica.commit({ customers: rows, state: { checkpoint: { after: n } } })
      console.log(`page ${n}`)
    } else {
      await replica.commit({ customers: [customerOf('single', n, 0)], state: { recent: [idOf('single', n, 0)] } })
      console.log(`single ${n}`)
    }
  }
}

/** What is stored. */
async function read(): Promise<Found> {
  const replica = await open()
  const { customers, state } = await replica.load()
  const { condition } = replica
  await replica.close()
  const singles: number[] = []
  const pages: Record<string, number> = {}
  for (const { name } of customers) {
    const [kind = '', n = ''] = name.split(' ')
    if (kind === 'single') singles.push(Number(n))
    else pages[n] = (pages[n] ?? 0) + 1
  }
  const [, high = '0', low = '0'] = state.recent?.[0]?.split('-') ?? []
  const lastSingle = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  return { singles, pages, condition, lastSingle, lastPage: Number(state.checkpoint?.after ?? 0) }
}

function idOf(kind: 'single' | 'page', n: number, row: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  return `${kind === 'single' ? 'aaaaaaaa' : 'bbbbbbbb'}-${hex(n >> 16, 4)}-${hex(n & 65_535, 4)}-8000-${hex(row, 12)}`
}

function customerOf(kind: 'single' | 'page', n: number, row: number): ReplicaCustomer {
  const email = `${kind}.${n}.${row}@example.com`
  const id = idOf(kind, n, row)
  const local = kind === 'single' ? waitingEdit(id, email) : null
  return { ...emptyCustomer(id, COMPANY), name: `${kind} ${n} ${row}`, email, local }
}

function waitingEdit(id: string, email: string): LocalState {
  const editedAt = new Date().toISOString()
  const edit = { id, mutationId: crypto.randomUUID(), editedAt, base: { email: null }, changes: { email } }
  return {
    shadow: { name: '', ...NO_FIELDS, deletedAt: null },
    mutations: [{ op: 'update', ...edit, sent: false, times: { email: editedAt } }],
    rejected: null,
    conflicts: [],
  }
}

/** The replica is given up, as when somebody signs out. */
async function remove(): Promise<void> {
  await (await open()).remove()
}

export const storageClient = { write, read, remove }
Object.assign(globalThis, { storageClient })
