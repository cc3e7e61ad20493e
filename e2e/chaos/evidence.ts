import type { Sql } from 'postgres'
import type { HandoverContents } from '#sync/handover/handover-contents.ts'
import { markersIn } from './markers.ts'

type UnsentWork = Pick<HandoverContents, 'customers' | 'records' | 'unreadable'>

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** The tables that hold what people wrote, and the log of what they wrote over it. */
const TABLES = [
  'customers',
  'audit_log',
  'saved_filters',
  'VC Usage',
  'customer_interactions',
  'quote_requests',
  'customer_merges',
  'import_batches',
  'customer_suggestions',
] as const

/** Everything that the server knows of a company, asked as the owner of the database: markers, ids, facts. */
export async function serverEvidence(sql: Sql, companyId: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const table of TABLES) {
    const [row] = await sql<{ text: string | null }[]>`
      select json_agg(t)::text as text from ${sql(`public.${table}`)} t where t.company_id = ${companyId}`
    for (const key of keysIn(row?.text ?? '')) found.add(key)
  }
  const deleted = await sql<{ id: string }[]>`
    select customer_id as id from public.audit_log where company_id = ${companyId} and action = 'deleted'
     union select id from public.customers where company_id = ${companyId} and deleted_at is not null`
  for (const { id } of deleted) found.add(`deleted:${id}`)
  const links = await sql<{ id: string; customer: string }[]>`
    select id, customer_id as customer from public."VC Usage" where company_id = ${companyId} and customer_id is not null`
  for (const { id, customer } of links) found.add(`link:${id}:${customer}`)
  return found
}

/** What unsent work says: waiting and refused changes, open conflicts, what could not be read. */
export function unsentEvidence(work: UnsentWork): Set<string> {
  const found = keysIn(JSON.stringify(work))
  for (const { id, mutations, rejected } of work.customers) {
    if ([...mutations, ...(rejected?.mutations ?? [])].some(({ op }) => op === 'delete')) found.add(`deleted:${id}`)
  }
  for (const { id, local } of work.records) {
    for (const { mutation } of [...(local?.mutations ?? []), ...(local?.rejected?.mutations ?? [])]) {
      if ('changes' in mutation && 'customerId' in mutation.changes)
        found.add(`link:${id}:${mutation.changes.customerId}`)
    }
  }
  return found
}

/** Markers and ids in a text. */
export function keysIn(text: string): Set<string> {
  return new Set([...markersIn(text), ...(text.match(UUID) ?? [])])
}
