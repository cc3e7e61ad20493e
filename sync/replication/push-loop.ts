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

/** What a round of pushing came to. */
export interface PushOutcome {
  /** Whether any write was refused for lack of rights, which may mean that the user's role changed. */
  readonly forbidden: boolean
  /** What the server said to mutations that it fails at even alone; all others were tried. Null: there are none. */
  readonly failure: SyncError | null
}

/** Sends waiting mutations until none is left (SPEC SY-2, SY-3). */
export class PushLoop {
  readonly #deps: PushDeps
  readonly #size = new AdaptiveSize(PUSH_LIMIT, 1, 2)
  /** Customers whose mutation made the server fail even alone when it was last sent. */
  readonly #stuck = new Set<string>()

  constructor(deps: PushDeps) {
    this.#deps = deps
  }

  /**
   * Sends everything that waits; `isStopped` is asked between batches.
   *
   * @throws SyncError when the server could not be asked; StorageError when an answer could not be stored.
   */
  async run(isStopped: () => boolean): Promise<PushOutcome> {
    const stuck = new Set<string>()
    const sends = new Map<string, number>()
    const isDone = ({ id }: ReplicaCustomer) => stuck.has(id) || (sends.get(id) ?? 0) >= MAX_SENDS
    let failure: SyncError | null = null
    let forbidden = false
    while (!isStopped()) {
      const batch = pushBatch(without(this.#inOrder(), isDone), this.#size.value)
      if (batch.length === 0) break
      try {
        const verdicts = await this.#send(batch.map((held) => held.id))
        for (const { id } of batch) {
          sends.set(id, (sends.get(id) ?? 0) + 1)
          this.#stuck.delete(id)
        }
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
    for (const id of stuck) this.#stuck.add(id)
    return { forbidden, failure: stuck.size > 0 ? failure : null }
  }

  /** What waits, those last that failed alone before: however many they are, all others get their turn. */
  *#inOrder(): Generator<ReplicaCustomer> {
    for (const held of this.#deps.store.waiting()) if (!this.#stuck.has(held.id)) yield held
    for (const held of this.#deps.store.waiting()) if (this.#stuck.has(held.id)) yield held
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
