import type { Sql, TransactionSql } from 'postgres'
import { type CheckResult, named } from './check-result.ts'

/** Companies looked at, at most: each from a member of another one. */
const MOST_COMPANIES = 5
const WHAT = 'No member of one company sees a row of another, and strangers see nothing'

interface Probe {
  readonly userId: string
  readonly foreignCompany: string
}

/**
 * Looks at companies through the eyes of people who don't belong to them: every table of the API, and
 * the pull. Everything in a transaction that is rolled back.
 */
export async function probeTenants(sql: Sql): Promise<CheckResult> {
  const probes = await sql<Probe[]>`
    select m.user_id as "userId", c.id as "foreignCompany"
      from public.companies c
     cross join lateral (
           select m.user_id from public.company_members m
            where not exists (select from public.company_members own where own.user_id = m.user_id and own.company_id = c.id)
            order by m.user_id limit 1) m
     order by c.id limit ${MOST_COMPANIES}`
  const tables = await sql<{ name: string; column: string }[]>`
    select c.oid::regclass::text as name, a.attname as column
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = case when c.relname = 'companies' then 'id' else 'company_id' end
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')`
  const leaks: string[] = []
  for (const { userId, foreignCompany } of probes) {
    for (const { name, column } of tables) {
      const seen = await countAs(
        sql,
        'authenticated',
        userId,
        `select count(*)::int as n from ${name} where ${column} = '${foreignCompany}'`,
      )
      if (seen > 0) leaks.push(`${name} (${seen} rows)`)
    }
    const pulled = await countAs(
      sql,
      'authenticated',
      userId,
      `select json_array_length(public.sync_pull('${foreignCompany}', 'customers', null, 1) -> 'rows') as n`,
    )
    if (pulled >= 0) leaks.push('sync_pull answered')
  }
  for (const { name } of tables) {
    if ((await countAs(sql, 'anon', null, `select count(*)::int as n from ${name}`)) >= 0)
      leaks.push(`${name} for anon`)
  }
  const figures = { tables: tables.length, companies: probes.length, leaks }
  if (leaks.length > 0) {
    const detail = `Seen from outside: ${named(leaks)}. Take the API off the net and look at the policies.`
    return { id: 'tenants', what: WHAT, status: 'failed', detail, figures }
  }
  const detail =
    probes.length === 0
      ? `Strangers see none of ${tables.length} tables; there are no two companies yet to look from one to another.`
      : `${probes.length} companies, ${tables.length} tables: nothing seen.`
  return { id: 'tenants', what: WHAT, status: 'ok', detail, figures }
}

/** The number that a query answers in the role of a request; -1 when it is refused. */
async function countAs(
  sql: Sql,
  role: 'anon' | 'authenticated',
  userId: string | null,
  query: string,
): Promise<number> {
  let n = -1
  await sql
    .begin('read only', async (tx: TransactionSql) => {
      const claims = JSON.stringify({ role, ...(userId === null ? {} : { sub: userId }) })
      await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`
      const [row] = await tx.unsafe<{ n: number }[]>(query)
      n = row?.n ?? 0
    })
    .catch((error: { code?: string }) => {
      if (error.code !== '42501') throw error
    })
  return n
}
