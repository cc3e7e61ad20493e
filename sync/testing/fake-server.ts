import {
  CUSTOMER_FIELDS,
  type Customer,
  type CustomerChanges,
  type CustomerField,
  customerFieldsSchema,
} from '#shared/domain/customer.ts'
import { customerMergeSchema } from '#shared/domain/customer-merge.ts'
import { mergeChoicesSchema } from '#shared/domain/merge-choices.ts'
import type { Role } from '#shared/domain/role.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission, type Permission } from '#shared/permissions/customer-permissions.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import { type PullAllAnswer, SYNC_COLLECTIONS, type SyncCollection } from '#shared/sync-protocol/collections.ts'
import type { Checkpoint } from '#shared/sync-protocol/pull.ts'
import { type Mutation, mutationSchema, type Verdict } from '#shared/sync-protocol/push.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import type { RecordVerdict } from '../conflict/apply-record-verdict.ts'
import { changedFields, sameValue } from '../conflict/field-values.ts'
import { showMerges } from '../conflict/pending-merges.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { PullCheckpoints, Transport } from '../replication/transport.ts'
import { FakeHints } from './fake-hints.ts'
import { FakeRecords } from './fake-records.ts'

/** A user of the fake server. */
export interface FakeUser {
  readonly id: string
  readonly email: string
  password: string
  readonly name: string
  role: Role
}

/**
 * A server in memory with the semantics of `sync_pull` and `sync_push`: per-field comparison with
 * the base, a ledger of mutation ids, tombstones, roles, epochs. Rows commit one at a time, so a
 * plain sequence is a gap-free cursor here; what only concurrent transactions can show is tested
 * against Postgres.
 */
export class FakeServer {
  readonly companyId: string
  readonly users: FakeUser[] = []
  /** Ids of users who are no members (any more). */
  readonly outsiders = new Set<string>()
  readonly rows = new Map<string, Customer>()
  readonly applied = new Map<string, number>()
  readonly records: FakeRecords
  readonly hints = new FakeHints()
  /** Device → when it was first heard of. */
  readonly devices = new Map<string, string>()
  readonly exports: { readonly format: unknown; readonly rows: unknown }[] = []
  /** What was asked besides, as it came. */
  readonly asked: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[] = []
  /** Function → what it answers, or refuses by throwing; null where none is set. */
  readonly answers = new Map<string, () => unknown>()
  /** Ids of erased customers, as their receipts came. */
  readonly receipts: string[] = []
  epoch = 'epoch-1'
  windowDays = 3_650
  protocol = 1
  /** Added to the real clock, in milliseconds. */
  clockOffset = 0
  readonly #ledger = new Map<string, Verdict>()
  readonly #recordLedger = new Map<string, RecordVerdict>()
  #rev = 0

  constructor(companyId = 'c0000000-0000-4000-8000-000000000001') {
    this.companyId = companyId
    this.records = new FakeRecords(companyId, () => this.#nextRev())
  }

  /** The server's clock, in milliseconds since 1970. */
  get now(): number {
    return Date.now() + this.clockOffset
  }

  addUser(role: Role, name: string): FakeUser {
    const n = String(this.users.length + 1).padStart(12, '0')
    const user = { id: `a0000000-0000-4000-8000-${n}`, email: `${name}@a.example`, password: `pw-${name}`, name, role }
    this.users.push(user)
    return user
  }

  /** Restores the server from a backup: the given rows, nobody's ledger, a new epoch. */
  restore(rows: readonly Customer[], epoch: string): void {
    this.rows.clear()
    this.records.rows.clear()
    this.records.applied.clear()
    this.#ledger.clear()
    this.#recordLedger.clear()
    this.epoch = epoch
    this.#rev = 0
    for (const row of rows) this.#write(row)
  }

  /** Marks a customer as one who may have been erased before, as the blocklist does. */
  flag(id: string): void {
    const row = this.rows.get(id)
    if (row !== undefined) this.#write({ ...row, flaggedErasedAt: new Date(this.now).toISOString() })
  }

  /** Anonymises a customer for good, and what is known of them: the semantics of `erase_customer`. */
  erase(id: string): void {
    const row = this.rows.get(id)
    if (row === undefined) throw new Error('No such customer')
    const at = new Date(this.now).toISOString()
    const { createdAt, source } = row
    const bare = { ...emptyCustomer(id, this.companyId), createdAt, source, name: 'Erased customer' }
    this.#write({ ...bare, updatedAt: at, deletedAt: row.deletedAt ?? at, erasedAt: at })
    this.records.erase(id)
  }

  /** What the given user's session may ask. */
  transportFor(user: FakeUser): Transport {
    return {
      companies: async () => [this.#workspaceOf(user)],
      registerDevice: async (_companyId, { id }) => {
        const registeredAt = this.devices.get(id) ?? new Date(this.now).toISOString()
        this.devices.set(id, registeredAt)
        return registeredAt
      },
      ask: async (name, args, answer) => answer.parse(this.#administer(name, args)),
      acknowledgeErasure: async (_companyId, customerId) => {
        this.receipts.push(customerId)
      },
      pull: async (_companyId, checkpoints, limit) => structuredClone(this.#pull(checkpoints, limit)),
      push: async (_companyId, mutations) =>
        structuredClone(
          this.#answer(mutations, (mutation) => {
            const judge = () => this.#judge(user, mutation)
            if (this.outsiders.has(user.id)) return refusedToOutsider(mutation)
            return judgeOnce(this.#ledger, mutation.mutationId, judge, () => this.rows.get(mutation.id))
          }),
        ),
      pushRecords: async (_companyId, collection, mutations) =>
        structuredClone(
          this.#answer(mutations, (mutation) => {
            const judge = () => this.#judgeRecord(user, collection, mutation)
            if (this.outsiders.has(user.id)) return refusedToOutsider(mutation)
            const row = () => this.records.of(collection).find(({ id }) => id === mutation.id)
            return judgeOnce(this.#recordLedger, mutation.mutationId, judge, row)
          }),
        ),
    }
  }

  /** What the app does with the server and not through the sync; only what the tests of the sync need. */
  #administer(name: string, args: Readonly<Record<string, unknown>>): unknown {
    this.asked.push({ name, args })
    if (name === 'record_export') this.exports.push({ format: args.p_format, rows: args.p_rows })
    const flagged = name === 'dismiss_erasure_flag' ? this.rows.get(String(args.p_customer)) : undefined
    if (flagged !== undefined) this.#write({ ...flagged, flaggedErasedAt: null })
    return this.answers.get(name)?.() ?? null
  }

  #workspaceOf(user: FakeUser): Workspace {
    const members = this.users.map(({ id, name, role }) => ({ userId: id, name, role }))
    return { companyId: this.companyId, companyName: 'Acme', country: 'AU', role: user.role, members }
  }

  /** A page of each collection, as long as the limit lasts. */
  #pull(checkpoints: PullCheckpoints, limit: number): PullAllAnswer {
    const common = { protocol: this.protocol, epoch: this.epoch, serverTime: new Date(this.now).toISOString() }
    const pages: PullAllAnswer['pages'] = {}
    let left = limit
    let more = false
    for (const collection of SYNC_COLLECTIONS) {
      const checkpoint = checkpoints[collection]
      if (checkpoint === undefined) continue
      if (left < 1) {
        more = true
        break
      }
      const page = { ...common, ...this.#page(collection, checkpoint, left) }
      Object.assign(pages, { [collection]: page })
      left -= page.rows.length
      more ||= page.more
    }
    return { ...common, pages, more, windowDays: this.windowDays }
  }

  #page(collection: SyncCollection, checkpoint: Checkpoint | null, limit: number) {
    if (checkpoint !== null && checkpoint.epoch !== this.epoch) {
      return { reset: true, rows: [], checkpoint: { epoch: this.epoch }, more: true, total: null }
    }
    const after = Number(checkpoint?.rev ?? 0)
    const everything = collection === 'customers' ? [...this.rows.values()] : this.records.of(collection)
    const all = everything.filter((row) => Number(row.rev) > after)
    const rows = all.sort((a, b) => Number(a.rev) - Number(b.rev)).slice(0, limit)
    const next = { epoch: this.epoch, rev: rows.at(-1)?.rev ?? String(after) }
    const total = checkpoint === null ? everything.length : null
    return { reset: false, rows, checkpoint: next, more: rows.length < all.length, total }
  }

  #answer<M, V>(mutations: readonly M[], judge: (mutation: M) => V) {
    const common = { protocol: this.protocol, epoch: this.epoch, serverTime: new Date(this.now).toISOString() }
    return { ...common, verdicts: this.protocol === 1 ? mutations.map((one) => judge(structuredClone(one))) : [] }
  }

  #judge(user: FakeUser, input: Mutation): Verdict {
    const mutation = mutationSchema.parse(input)
    const { mutationId, id } = mutation
    const row = this.rows.get(id)
    const reject = (code: 'forbidden' | 'invalid' | 'not_found', message: string, field: string | null = null) =>
      ({ status: 'rejected', mutationId, code, message, field }) as const
    const action = mutation.op === 'create' ? 'create' : mutation.op === 'update' ? 'edit' : 'delete'
    if (mutation.op !== 'create' && row === undefined) return reject('not_found', 'This customer is not here.')
    const permission =
      mutation.op === 'delete' && mutation.importId !== undefined
        ? this.#undoPermission(user, mutation.importId, row)
        : customerPermission({ userId: user.id, role: user.role }, action, row)
    if (!permission.allowed) return reject('forbidden', permission.reason)
    if (mutation.op === 'create' && row !== undefined) return { status: 'conflict', mutationId, row }
    if (mutation.op === 'create' || mutation.op === 'update') {
      const parsed = customerFieldsSchema.partial().safeParse(mutation.changes)
      const issue = parsed.error?.issues[0]
      if (issue !== undefined) return reject('invalid', issue.message, String(issue.path[0]))
      if (mutation.changes.name === 'poison') return reject('invalid', 'This name is not allowed.', 'name')
    }
    if (mutation.op === 'update' && row !== undefined) {
      const differs = CUSTOMER_FIELDS.some(
        (field) => mutation.base[field] !== undefined && !sameValue(mutation.base[field], row[field]),
      )
      if (differs || row.deletedAt !== null) return { status: 'conflict', mutationId, row }
    }
    this.applied.set(mutationId, (this.applied.get(mutationId) ?? 0) + 1)
    return { status: 'applied', mutationId, row: this.#apply(user, mutation, row) }
  }

  /** Whom an import made may go with it, unless others have worked with them. */
  #undoPermission(user: FakeUser, importId: string, row: Customer | undefined): Permission {
    const batch = this.records.of('importBatches').find(({ id }) => id === importId)
    const importedBy = batch !== undefined && 'userId' in batch ? batch.userId : null
    const isTheirs = (edit: NonNullable<Customer['fieldEdits']['name']>) =>
      edit.by === user.id || (edit.importId === importId && edit.by === importedBy)
    const isUntouched = row?.conversationCount === 0 && Object.values(row.fieldEdits).every(isTheirs)
    const isTarget = [...this.rows.values()].some(({ mergedInto }) => mergedInto === row?.id)
    const hasWork = isTarget || this.records.hasWork(row?.id, new Set([user.id, importedBy]))
    if (!isUntouched || hasWork || row.createdByUserId !== importedBy)
      return { allowed: false, reason: 'Others have worked there.' }
    return importUndoPermission({ userId: user.id, role: user.role }, importedBy)
  }

  #judgeRecord(
    user: FakeUser,
    collection: RecordCollection,
    mutation: RecordMutation<RecordCollection>,
  ): RecordVerdict {
    const { mutationId } = mutation
    const permission = customerPermission({ userId: user.id, role: user.role }, 'merge')
    if (collection === 'merges' && !permission.allowed) {
      return { status: 'rejected', mutationId, code: 'forbidden', message: permission.reason, field: null }
    }
    const verdict = this.records.judge(user, collection, mutation)
    if (collection !== 'merges' || verdict.status !== 'applied') return verdict
    const { targetId, sourceIds, fieldChoices } = customerMergeSchema.parse(verdict.row)
    const undone = mutation.op === 'delete' ? {} : null
    const choices = mergeChoicesSchema.parse(fieldChoices)
    const merge = { id: mutation.id, targetId, sourceIds, choices, undone, at: mutation.editedAt, rev: null }
    const find = (id: string) => {
      const row = this.rows.get(id)
      return row === undefined ? undefined : { ...row, local: null }
    }
    for (const { customer } of showMerges([merge], find).values()) {
      const { local: _, ...row } = customer
      this.#write(row)
    }
    return verdict
  }

  #apply(user: FakeUser, mutation: Mutation, row: Customer | undefined): Customer {
    const at = this.#past(mutation.editedAt)
    if (mutation.op === 'create') {
      return this.#write({
        ...emptyCustomer(mutation.id, this.companyId),
        ...definedFields(mutation.changes),
        source: mutation.source,
        createdByUserId: user.id,
        createdByUserName: user.name,
        createdAt: mutation.createdAt,
        updatedAt: new Date(this.now).toISOString(),
      })
    }
    if (row === undefined) throw new Error('Judged before')
    if (mutation.op === 'update') {
      const { changes, times = {} } = mutation
      const { importId } = mutation
      const by = { by: user.id, byName: user.name, ...(importId !== undefined && { importId }) }
      const edits = changedFields(changes).map((field) => [field, { at: this.#past(times[field] ?? at), ...by }])
      const fieldEdits = { ...row.fieldEdits, ...Object.fromEntries(edits) }
      const updatedAt = new Date(this.now).toISOString()
      return this.#write({ ...row, ...definedFields(mutation.changes), fieldEdits, updatedAt })
    }
    return this.#write({ ...row, deletedAt: mutation.op === 'delete' ? (row.deletedAt ?? at) : null })
  }

  /** Nobody edits in the future. */
  #past(time: string): string {
    return new Date(Math.min(Date.parse(time), this.now)).toISOString()
  }

  #nextRev(): string {
    this.#rev += 1
    queueMicrotask(() => this.hints.tell())
    return String(this.#rev)
  }

  #write(row: Customer): Customer {
    const written = { ...row, rev: this.#nextRev() }
    this.rows.set(row.id, written)
    return written
  }
}

/** Not in the ledger: their work waits again when they are back. */
function refusedToOutsider({ mutationId }: { readonly mutationId: string }) {
  const message = 'You are not a member of this company.'
  return { status: 'rejected', mutationId, code: 'forbidden', message, field: null } as const
}

/** The verdict on a mutation, which never changes; its row is the one that is there now. */
function judgeOnce<V extends Verdict | RecordVerdict>(
  ledger: Map<string, V>,
  mutationId: string,
  judge: () => V,
  rowNow: () => object | undefined,
): V {
  const before = ledger.get(mutationId)
  if (before !== undefined) return 'row' in before ? { ...before, row: rowNow() ?? before.row } : before
  const verdict = judge()
  ledger.set(mutationId, verdict)
  return verdict
}

/** A refusal as the transport tells it: `code` is a SQLSTATE. */
export function refusal(code: string, message: string): SyncError {
  return new SyncError(code === '42501' ? 'forbidden' : 'bad_request', 'Refused.', { cause: { code, message } })
}

function definedFields(changes: CustomerChanges): { [F in CustomerField]?: never } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}
