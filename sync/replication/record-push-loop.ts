import { isPushable, type ReplicaRecord, STORED_COLLECTIONS } from '#database/local/replica-record.ts'
import type { RecordCollection } from '#shared/sync-protocol/record-push.ts'
import { applyRecordVerdict, type RecordVerdict } from '../conflict/apply-record-verdict.ts'
import { LOCAL_REV } from '../conflict/overlay.ts'
import { nextMutation, takeBatch } from '../outbox/push-batch.ts'
import { markRecordSent, nextRecordMutation } from '../outbox/queue-record.ts'
import { checkVerdicts, type PushDeps } from './push-loop.ts'
import { type PushOutcome, PushQueue } from './push-queue.ts'
import type { RecordChange } from './record-table.ts'

/** Few, and judged one by one: a request with more of them would take long. */
const RECORD_PUSH_LIMIT = 200

/** Sends waiting mutations of all collections but customers until none is left that can go. */
export class RecordPushLoop {
  readonly #deps: Omit<PushDeps, 'newId'>
  readonly #queues: readonly PushQueue<ReplicaRecord>[]

  constructor(deps: Omit<PushDeps, 'newId'>) {
    this.#deps = deps
    this.#queues = STORED_COLLECTIONS.filter(isPushable).map(
      (collection) =>
        new PushQueue({
          limit: RECORD_PUSH_LIMIT,
          waiting: () => this.#ready(collection),
          idOf: (held) => held.key,
          batch: (items, limit) => takeBatch(items, limit, nextRecordMutation),
          send: async (batch) => {
            const verdicts = await this.#send(collection, batch)
            return verdicts.some((verdict) => verdict.status === 'rejected' && verdict.code === 'forbidden')
          },
        }),
    )
  }

  /**
   * Sends what waits, collection by collection; what the server fails at in one delays no other.
   *
   * @throws SyncError when the server could not be asked; StorageError when an answer could not be stored.
   */
  async run(isStopped: () => boolean): Promise<PushOutcome> {
    let outcome: PushOutcome = { forbidden: false, failure: null }
    for (const queue of this.#queues) {
      const { forbidden, failure } = await queue.run(isStopped)
      outcome = { forbidden: outcome.forbidden || forbidden, failure: outcome.failure ?? failure }
    }
    return outcome
  }

  /** What belongs to a customer that the server doesn't know yet waits for the customer to arrive there. */
  *#ready(collection: RecordCollection): Generator<ReplicaRecord> {
    const { store } = this.#deps
    if (collection === 'merges') return yield* this.#readyMerges()
    for (const held of store.records.waiting(collection)) {
      const customer = held.customerId === null ? undefined : store.customers.get(held.customerId)
      if (customer?.rev !== LOCAL_REV) yield held
    }
  }

  /** In the order made; each waits for what its customers' user did before. */
  *#readyMerges(): Generator<ReplicaRecord> {
    const { store } = this.#deps
    const madeAt = (held: ReplicaRecord) => Date.parse(nextRecordMutation(held)?.mutation.editedAt ?? '')
    for (const held of [...store.records.waiting('merges')].sort((a, b) => madeAt(a) - madeAt(b))) {
      const isFree = customersOf(held).every((id) => {
        const customer = store.customers.get(id)
        const next = customer === undefined ? undefined : nextMutation(customer)
        const awaited = store.shown.awaited(next?.after)
        return next === undefined || (awaited !== null && awaited >= madeAt(held))
      })
      if (isFree) yield held
    }
  }

  async #send(collection: RecordCollection, batch: readonly ReplicaRecord[]): Promise<readonly RecordVerdict[]> {
    const { store, transport, clock, companyId } = this.#deps
    const keys = batch.map((held) => held.key)
    // Durable before the request leaves, as for customers.
    const marked = await store.write(() => ({
      records: { put: keys.flatMap((key) => store.records.get(key) ?? []).map(markRecordSent) },
    }))
    const mutations = marked.records.put.flatMap((held) => nextRecordMutation(held)?.mutation ?? [])
    if (mutations.length === 0) return []
    const answer = await transport.pushRecords(companyId, collection, mutations)
    checkVerdicts(answer.verdicts, mutations)
    const serverClock = clock.observe(answer.serverTime)
    await store.write(() => ({ records: this.#judged(keys, answer.verdicts), state: { serverClock } }))
    return answer.verdicts
  }

  #judged(keys: readonly string[], verdicts: readonly RecordVerdict[]): RecordChange {
    const { store, clock } = this.#deps
    const byId = new Map(verdicts.map((verdict) => [verdict.mutationId, verdict]))
    const put: ReplicaRecord[] = []
    const removed: string[] = []
    for (const key of keys) {
      const held = store.records.get(key)
      const verdict = byId.get(held === undefined ? '' : (nextRecordMutation(held)?.mutation.mutationId ?? ''))
      if (held === undefined || verdict === undefined) continue
      const next = applyRecordVerdict(held, verdict, clock.now())
      if (next === null) removed.push(key)
      else put.push(next)
    }
    return { put, removed }
  }
}

/** The customers of a merge that waits to be sent; of an undoing none: the server knows them. */
function customersOf(held: ReplicaRecord): readonly string[] {
  const mutation = nextRecordMutation(held)?.mutation
  if (mutation?.op !== 'create' || !('targetId' in mutation.changes)) return []
  return [mutation.changes.targetId, ...mutation.changes.sourceIds]
}
