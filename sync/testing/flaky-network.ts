import type { Workspace } from '#shared/domain/workspace.ts'
import type { PullAllAnswer } from '#shared/sync-protocol/collections.ts'
import type { Mutation, PushAnswer } from '#shared/sync-protocol/push.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { PullCheckpoints, RecordPushAnswer, Transport } from '../replication/transport.ts'

/** The way to the server, which tests cut, delay and corrupt: before or after the server did its work. */
export class FlakyNetwork {
  offline = false
  /** Requests that found no network. */
  refused = 0
  /** How many of the next pushes are done by the server while their answer is lost. */
  loseAnswers = 0
  readonly pushes: (readonly Mutation[])[] = []
  readonly recordPushes: (readonly RecordMutation<RecordCollection>[])[] = []
  pulls = 0
  /** What becomes of the answers to pushes on their way back. */
  change: (answer: PushAnswer) => PushAnswer = (answer) => answer
  /** The same for changes of other collections. */
  changeRecords: (answer: RecordPushAnswer) => RecordPushAnswer = (answer) => answer
  /** Called with the limit before each pull reaches the server. */
  beforePull: (limit: number) => Promise<void> | void = () => undefined
  /** Called before each push reaches the server. */
  beforePush: (mutations: readonly Mutation[]) => Promise<void> | void = () => undefined
  /** Called with the customer's id before a receipt of an erasure reaches the server. */
  beforeReceipt: (customerId: string) => Promise<void> | void = () => undefined
  /** Called before the server is asked for the companies. */
  beforeCompanies: () => Promise<void> | void = () => undefined

  /** The transport with this network in between. */
  over(server: Transport): Transport {
    return {
      pull: (...args) => this.#pull(server, ...args),
      push: (...args) => this.#push(server, ...args),
      pushRecords: (...args) => this.#pushRecords(server, ...args),
      companies: () => this.#companies(server),
      registerDevice: async (...args) => {
        this.#checkOnline()
        return server.registerDevice(...args)
      },
      ask: async (...args) => {
        this.#checkOnline()
        return server.ask(...args)
      },
      acknowledgeErasure: async (...args) => {
        this.#checkOnline()
        await this.beforeReceipt(args[1])
        return server.acknowledgeErasure(...args)
      },
    }
  }

  async #pull(
    server: Transport,
    companyId: string,
    checkpoints: PullCheckpoints,
    limit: number,
  ): Promise<PullAllAnswer> {
    this.#checkOnline()
    this.pulls += 1
    await this.beforePull(limit)
    return server.pull(companyId, checkpoints, limit)
  }

  async #pushRecords(
    server: Transport,
    companyId: string,
    collection: RecordCollection,
    mutations: readonly RecordMutation<RecordCollection>[],
  ): Promise<RecordPushAnswer> {
    this.#checkOnline()
    this.recordPushes.push(structuredClone(mutations))
    const answer = await server.pushRecords(companyId, collection, mutations)
    this.#loseAnswer()
    return this.changeRecords(answer)
  }

  async #push(server: Transport, companyId: string, mutations: readonly Mutation[]): Promise<PushAnswer> {
    this.#checkOnline()
    this.pushes.push(structuredClone(mutations))
    await this.beforePush(mutations)
    const answer = await server.push(companyId, mutations)
    this.#loseAnswer()
    return this.change(answer)
  }

  async #companies(server: Transport): Promise<Workspace[]> {
    this.#checkOnline()
    await this.beforeCompanies()
    return server.companies()
  }

  #loseAnswer(): void {
    if (this.loseAnswers === 0) return
    this.loseAnswers -= 1
    throw new SyncError('unreachable', 'The answer was lost.')
  }

  #checkOnline(): void {
    if (!this.offline) return
    this.refused += 1
    throw new SyncError('unreachable', 'No network.')
  }
}
