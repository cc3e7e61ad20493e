import type { Sql } from 'postgres'
import { asUser } from '#database/embedded/testing/test-backend.ts'
import type { LocalReplica } from '#database/local/open-replica.ts'
import { SYNC_COLLECTIONS, type SyncCollection } from '#shared/sync-protocol/collections.ts'
import { LOCAL_REV, serverRow } from '#sync/conflict/overlay.ts'
import type { Person } from './tenants.ts'

/** The rows of a collection by id, each as text in which the order of keys says nothing. */
export type WireRows = ReadonlyMap<string, string>

/** What the server holds for a person, asked with the rights of that person. */
export async function rowsOnServer(sql: Sql, { id, companyId }: Person): Promise<Map<SyncCollection, WireRows>> {
  const views = await sql<{ collection: SyncCollection; view: string; windowed: boolean }[]>`
    select collection, wire_view as view, windowed from private.sync_collections()`
  const [window] = await sql<{ since: string }[]>`
    select (now() - make_interval(days => sync_window_days))::text as since from public.companies where id = ${companyId}`
  return asUser(sql, id, async (tx) => {
    const all = new Map<SyncCollection, WireRows>()
    for (const { collection, view, windowed } of views) {
      const rows = await tx<{ wire: { readonly id: string } }[]>`
        select wire from ${tx(view)} w where w.company_id = ${companyId}
        ${windowed ? tx`and w.happened_at > ${window?.since ?? ''}::timestamptz` : tx``}`
      all.set(collection, new Map(rows.map(({ wire }) => [wire.id, canonical(wire)])))
    }
    return all
  })
}

/** What a replica has stored of the server's rows, without what waits on top of them. */
export async function rowsInReplica(replica: LocalReplica): Promise<Map<SyncCollection, WireRows>> {
  const { customers, records } = await replica.load()
  const all = new Map<SyncCollection, Map<string, string>>(SYNC_COLLECTIONS.map((name) => [name, new Map()]))
  for (const held of customers) {
    if (held.rev !== LOCAL_REV) all.get('customers')?.set(held.id, canonical(serverRow(held)))
  }
  for (const { collection, id, body } of records) {
    if (body !== null) all.get(collection)?.set(id, canonical(JSON.parse(body)))
  }
  return all
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
