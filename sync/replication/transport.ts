import type { Workspace } from '#shared/domain/workspace.ts'
import type { Checkpoint, PullPage } from '#shared/sync-protocol/pull.ts'
import type { Mutation, PushAnswer } from '#shared/sync-protocol/push.ts'

/** The server as the sync sees it. Every method throws `SyncError`, and nothing else, when it fails. */
export interface Transport {
  /** A page of at most `limit` customers after the checkpoint (null: from the beginning). */
  pull(companyId: string, checkpoint: Checkpoint | null, limit: number): Promise<PullPage>
  /** One verdict for each mutation, in order. */
  push(companyId: string, mutations: readonly Mutation[]): Promise<PushAnswer>
  /** The companies of the signed-in user. */
  companies(): Promise<Workspace[]>
}
