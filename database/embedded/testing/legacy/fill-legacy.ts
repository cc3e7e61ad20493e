import type { Sql } from 'postgres'
import { createRandom } from '../../seed/random.ts'
import { LEGACY_SCHEMA } from './legacy-schema.ts'
import { LEGACY_COMPANIES, type LegacyChat, makeLegacyChats } from './make-legacy-chats.ts'

/** Makes an empty database a legacy one with this many chats; returns them with the truth about them. */
export async function fillLegacy(sql: Sql, count: number): Promise<LegacyChat[]> {
  const random = createRandom(7)
  const chats = makeLegacyChats(random, count)
  await sql.unsafe(LEGACY_SCHEMA).simple()
  await sql`insert into public.companies (id, name) select * from unnest(
    ${LEGACY_COMPANIES.map((company) => company.id)}::uuid[], ${LEGACY_COMPANIES.map((company) => company.name)}::text[])`
  await sql.unsafe(
    `insert into public."VC Usage" (id, company_id, session_id, customer_name, customer_email, customer_phone, customer_address,
       summary, messages, model, created_at)
     select * from json_to_recordset($1::text::json) as r (id uuid, company_id uuid, session_id text, customer_name text,
       customer_email text, customer_phone text, customer_address text, summary text, messages jsonb, model text, created_at timestamptz)`,
    [JSON.stringify(chats.map((chat) => chat.row))],
  )
  const seen = chats
    .filter(() => random.chance(0.2))
    .map(({ row }) => ({
      company_id: row.company_id,
      session_id: row.session_id,
      customer_name: row.customer_name,
      interaction_type: random.pick(['view', 'view', 'chat', 'quote_view']),
      viewed_at: row.created_at,
    }))
  await sql.unsafe(
    `insert into public.customer_interactions (company_id, session_id, customer_name, interaction_type, viewed_at)
     select * from json_to_recordset($1::text::json)
       as r (company_id uuid, session_id text, customer_name text, interaction_type text, viewed_at timestamptz)`,
    [JSON.stringify(seen)],
  )
  return chats
}
