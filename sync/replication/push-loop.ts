import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import { recordKey } from '#database/local/replica-record.ts'
import { PUSH_LIMIT, type Verdict } from '#shared/sync-protocol/push.ts'
import { applyVerdict } from '../conflict/apply-verdict.ts'
import { markSent, nextMutation, pushBatch, toWire } from '../outbox/push-batch.ts'
import { nextRecordMutation } from '../outbox/queue-record.ts'
import { type PushOutcome, PushQueue } from './push-queue.ts'
import type { ReplicaStore } from './replica-store.ts'
import type { ServerClock } from './server-clock.ts'
import { SyncError } from './sync-error.ts'
import type { Transport } from './transport.ts'

/** What the push needs from outside. */
export interface PushDeps {
  readonly store: ReplicaStore
  readonly transport: Transport
  readonly clock: ServerClock
  readonly companyId: string
  readonly newId: () => string
}

/** Sends waiting mutations of customers until none is left (SPEC SY-2, SY-3). */
export class PushLoop {
  readonly #deps: PushDeps
  readonly #queue: PushQueue<ReplicaCustomer>

  constructor(deps: PushDeps) {
    this.#deps = deps
    this.#queue = new PushQueue({
      limit: PUSH_LIMIT,
      waiting: () => this.#ready(),
      idOf: (held) => held.id,
      batch: pushBatch,
      send: async (batch) => {
        const verdicts = await this.#send(batch.map((held) => held.id))
        return verdicts.some((verdict) => verdict.status === 'rejected' && verdict.code === 'forbidden')
      },
    })
  }

  /**
   * Sends everything that waits; `isStopped` is asked between batches.
   *
   * @throws SyncError when the server could not be asked; StorageError when an answer could not be stored.
   */
  run(isStopped: () => boolean): Promise<PushOutcome> {
    return this.#queue.run(isStopped)
  }

  /** What was made on top of a merge waits for the word on it, and what undoes an import for that on the import. */
  *#ready(): Generator<ReplicaCustomer> {
    const { store } = this.#deps
    for (const held of store.waiting()) {
      const next = nextMutation(held)
      if (store.shown.awaited(next?.after) === null && !this.#undoesUnknown(next)) yield held
    }
  }

  /** Whether a mutation undoes an import that the server has not heard of yet, and would refuse to undo. */
  #undoesUnknown(mutation: QueuedMutation | undefined): boolean {
    if (mutation?.op !== 'delete' || mutation.importId === undefined) return false
    const batch = this.#deps.store.records.get(recordKey('importBatches', mutation.importId))
    return batch !== undefined && nextRecordMutation(batch)?.mutation.op === 'create'
  }

  async #send(ids: readonly string[]): Promise<readonly Verdict[]> {
    const { store, transport, clock, companyId } = this.#deps
    // Durable before the request leaves: whatever happens from here, the same content goes out under the same id.
    const marked = await store.write(() => ({ put: heldBy(store, ids).map(markSent) }))
    const mutations = marked.put.map(nextMutation).filter((mutation) => mutation !== undefined)
    if (mutations.length === 0) return []
    const answer = await transport.push(companyId, mutations.map(toWire))
    checkVerdicts(answer.verdicts, mutations)
    const serverClock = clock.observe(answer.serverTime)
    await store.write(() => ({ put: this.#judged(mutations, answer.verdicts), state: { serverClock } }))
    return answer.verdicts
  }

  #judged(mutations: readonly QueuedMutation[], verdicts: readonly Verdict[]): ReplicaCustomer[] {
    const { store, clock, newId } = this.#deps
    return mutations.flatMap((mutation, index) => {
      const held = store.customers.get(mutation.id)
      const verdict = verdicts[index]
      return held === undefined || verdict === undefined
        ? []
        : [applyVerdict(held, verdict, { newId, now: clock.now() })]
    })
  }
}

/** @throws SyncError when the verdicts are not on what was sent. */
export function checkVerdicts(
  verdicts: readonly { readonly mutationId: string }[],
  mutations: readonly { readonly mutationId: string }[],
): void {
  const fits =
    verdicts.length === mutations.length &&
    verdicts.every((verdict, index) => verdict.mutationId === mutations[index]?.mutationId)
  if (!fits) throw new SyncError('protocol', 'The server answered for other changes than were sent. Update the app.')
}

function heldBy(store: ReplicaStore, ids: readonly string[]): ReplicaCustomer[] {
  return ids.map((id) => store.customers.get(id)).filter((held) => held !== undefined)
}
