import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import { PUSH_LIMIT, type PushAnswer, type Verdict } from '#shared/sync-protocol/push.ts'
import { applyVerdict } from '../conflict/apply-verdict.ts'
import { markSent, nextMutation, pushBatch, toWire } from '../outbox/push-batch.ts'
import { AdaptiveSize } from './adaptive-size.ts'
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

/** Sends waiting mutations until none is left (SPEC SY-2, SY-3). */
export class PushLoop {
  readonly #deps: PushDeps
  readonly #size = new AdaptiveSize(PUSH_LIMIT, 1, 2)

  constructor(deps: PushDeps) {
    this.#deps = deps
  }

  /**
   * Sends everything that waits; `isStopped` is asked between batches. Resolves to whether any
   * write was refused for lack of rights, which may mean that the user's role changed.
   *
   * @throws SyncError when the server could not be asked, after all other batches were tried when
   * only some of them are at fault; StorageError when an answer could not be stored.
   */
  async run(isStopped: () => boolean): Promise<{ readonly forbidden: boolean }> {
    const { store } = this.#deps
    /** Customers whose mutation makes the server fail even alone: left alone for this round. */
    const stuck = new Set<string>()
    const sends = new Map<string, number>()
    const isDone = ({ id }: ReplicaCustomer) => stuck.has(id) || (sends.get(id) ?? 0) >= MAX_SENDS
    let failure: SyncError | null = null
    let forbidden = false
    while (!isStopped()) {
      const batch = pushBatch(without(store.waiting(), isDone), this.#size.value)
      if (batch.length === 0) break
      try {
        const verdicts = await this.#send(batch.map((held) => held.id))
        for (const held of batch) sends.set(held.id, (sends.get(held.id) ?? 0) + 1)
        forbidden ||= verdicts.some((verdict) => verdict.status === 'rejected' && verdict.code === 'forbidden')
        this.#size.grow()
      } catch (error) {
        if (!(error instanceof SyncError)) throw error
        if (error.timedOut) this.#size.shrink()
        if (error.kind !== 'bad_request') throw error
        // One row may be what the server stumbles over. Find it by halves, so that it delays no other.
        failure = error
        if (batch.length > 1) this.#size.shrink()
        else for (const held of batch) stuck.add(held.id)
        if (stuck.size >= MAX_STUCK) break
      }
    }
    if (failure !== null && stuck.size > 0) throw failure
    return { forbidden }
  }

  async #send(ids: readonly string[]): Promise<readonly Verdict[]> {
    const { store, transport, clock, companyId } = this.#deps
    // Durable before the request leaves: whatever happens from here, the same content goes out under the same id.
    const marked = await store.write(() => ({ put: heldBy(store, ids).map(markSent) }))
    const mutations = marked.put.map(nextMutation).filter((mutation) => mutation !== undefined)
    if (mutations.length === 0) return []
    const answer = await transport.push(companyId, mutations.map(toWire))
    checkVerdicts(answer, mutations)
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

/** So many mutations that fail alone mean that the server fails, not they. */
const MAX_STUCK = 3
/** Verdicts on one customer in a round. An edit that meets a new conflict each time waits for the next round. */
const MAX_SENDS = 8

function checkVerdicts(answer: PushAnswer, mutations: readonly QueuedMutation[]): void {
  const fits =
    answer.verdicts.length === mutations.length &&
    answer.verdicts.every((verdict, index) => verdict.mutationId === mutations[index]?.mutationId)
  if (!fits) throw new SyncError('protocol', 'The server answered for other changes than were sent. Update the app.')
}

function heldBy(store: ReplicaStore, ids: readonly string[]): ReplicaCustomer[] {
  return ids.map((id) => store.customers.get(id)).filter((held) => held !== undefined)
}

function* without(
  waiting: Iterable<ReplicaCustomer>,
  isDone: (held: ReplicaCustomer) => boolean,
): Generator<ReplicaCustomer> {
  for (const held of waiting) if (!isDone(held)) yield held
}
