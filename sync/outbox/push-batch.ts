import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Mutation } from '#shared/sync-protocol/push.ts'
import { localStateOf, overlay, serverRow } from '../conflict/overlay.ts'

/** Most bytes of JSON in one push: long notes must not make a request that times out for ever. */
const BATCH_BYTES = 1_000_000

/** The mutation of a customer that is to be sent next; later ones wait for its verdict. */
export function nextMutation(held: ReplicaCustomer): QueuedMutation | undefined {
  return localStateOf(held).mutations[0]
}

/**
 * The next mutations to send, one a customer, at most `limit` and about 1 MB. Creations made first
 * go first.
 */
export function pushBatch(waiting: Iterable<ReplicaCustomer>, limit: number): ReplicaCustomer[] {
  return takeBatch(waiting, limit, nextMutation)
}

/** Takes items from the front that have something to send: at most `limit` and about 1 MB, at least one. */
export function takeBatch<Item>(items: Iterable<Item>, limit: number, next: (item: Item) => unknown): Item[] {
  const batch: Item[] = []
  let bytes = 0
  for (const item of items) {
    const mutation = next(item)
    if (mutation === undefined) continue
    bytes += JSON.stringify(mutation).length
    if (batch.length > 0 && (batch.length >= limit || bytes > BATCH_BYTES)) break
    batch.push(item)
  }
  return batch
}

/** The customer with its next mutation marked as under way: to be stored before the request leaves. */
export function markSent(held: ReplicaCustomer): ReplicaCustomer {
  const local = localStateOf(held)
  const [first, ...rest] = local.mutations
  if (first === undefined || first.sent) return held
  return overlay(serverRow(held), { ...local, mutations: [{ ...first, sent: true }, ...rest] })
}

/** A mutation as it goes over the wire, without what only this machine needs. */
export function toWire({ sent: _, after: __, ...mutation }: QueuedMutation): Mutation {
  return mutation
}
