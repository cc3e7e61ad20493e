import type { z } from 'zod'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { PullAllAnswer, SyncCollection } from '#shared/sync-protocol/collections.ts'
import type { Checkpoint } from '#shared/sync-protocol/pull.ts'
import type { Mutation, PushAnswer } from '#shared/sync-protocol/push.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import type { RecordVerdict } from '../conflict/apply-record-verdict.ts'
import type { Device } from '../erasure/device.ts'

/** Where the pull stands in each collection that is asked for; null: from the beginning. */
export type PullCheckpoints = { readonly [C in SyncCollection]?: Checkpoint | null }

/** The answer to changes of a collection besides customers: one verdict for each, in order. */
export type RecordPushAnswer = Omit<PushAnswer, 'verdicts'> & { readonly verdicts: readonly RecordVerdict[] }

/** The server as the sync sees it. Every method throws `SyncError`, and nothing else, when it fails. */
export interface Transport {
  /** A page of each collection named, at most `limit` rows in all, after its checkpoint. */
  pull(companyId: string, checkpoints: PullCheckpoints, limit: number): Promise<PullAllAnswer>
  /** Changes of customers: one verdict for each mutation, in order. */
  push(companyId: string, mutations: readonly Mutation[]): Promise<PushAnswer>
  /** Changes of another collection, likewise. */
  pushRecords(
    companyId: string,
    collection: RecordCollection,
    mutations: readonly RecordMutation<RecordCollection>[],
  ): Promise<RecordPushAnswer>
  /** The companies of the signed-in user. */
  companies(): Promise<Workspace[]>
  /** Makes a device known. Resolves to when the server first heard of it (ISO). */
  registerDevice(companyId: string, device: Device): Promise<string>
  /** "This device holds nothing of the person any more", by the id of the erased customer. A repeat is harmless. */
  acknowledgeErasure(companyId: string, customerId: string, deviceId: string): Promise<void>
  /** Calls any other function of the server for the user: what is done there and then, and not synced. */
  ask<T>(name: string, args: Readonly<Record<string, unknown>>, answer: z.ZodType<T>): Promise<T>
}
