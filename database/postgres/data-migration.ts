import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** What a company's chats say, as `private.data_migration_scope` counts them. */
export const migrationScopeSchema = z.object({
  chats: z.number(),
  withEmail: z.number(),
  withPhone: z.number(),
  /** With an e-mail, a phone or a name that can be read. */
  withContact: z.number(),
  nameOnly: z.number(),
  /** With something in the fields of e-mail and phone that can't be read, and nothing else. */
  unreadable: z.number(),
  linked: z.number(),
})
export type MigrationScope = z.infer<typeof migrationScopeSchema>

const checkSchema = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })

/** One company, after its migration. Times are in seconds. */
export interface CompanyMigration {
  readonly companyId: string
  readonly companyName: string
  readonly before: MigrationScope
  readonly after: MigrationScope
  /** Customers that the migration has made, in this run or an earlier one. */
  readonly customers: number
  /** Chats with contact data that have a customer, of all chats with contact data; 1 where there are none. */
  readonly linkRate: number
  /** Chats that wait for a person; not part of the rate. */
  readonly awaitingReview: number
  readonly possibleDuplicates: number
  readonly checks: readonly z.infer<typeof checkSchema>[]
  /** Rows written in this run: 0 when an earlier one had finished. */
  readonly written: number
  readonly seconds: number
}

export interface DataMigrationOptions {
  /** `postgres://` URL of the owner of the schema. */
  readonly url: string
  /** Chats or identities in one transaction. */
  readonly batch?: number
  readonly onStep?: (companyName: string, step: string, seconds: number) => void
}

const STEPS = ['backup', 'identify', 'create', 'link', 'enrich', 'duplicates'] as const
type Step = (typeof STEPS)[number]

/** Any number, the same for every run: two of them never work at once on one database. */
const LOCK_KEY = 7_265_837_002n

/**
 * Makes customers out of the chats that were there before (SPEC DB-5): company by company, step by
 * step, each batch in a transaction of its own. A run that was killed goes on where it stopped; a
 * finished one writes nothing.
 *
 * Fails with `unreachable`, `not_deployed` (run `db:migrate` first) or `data_migration_failed`
 * (what is done stays done; run it again).
 */
export async function migrateData(options: DataMigrationOptions): Promise<Result<CompanyMigration[]>> {
  const sql = postgres(options.url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    try {
      await sql`select pg_advisory_lock(${LOCK_KEY.toString()}::bigint)`
    } catch (error) {
      return fail('unreachable', `The database can't be reached: ${sentence(error)} Check --url.`)
    }
    const [deployed] = await sql<
      { there: boolean }[]
    >`select to_regclass('private.data_migrations') is not null as there`
    if (deployed?.there !== true) return fail('not_deployed', 'This database lacks the schema. Run db:migrate first.')
    // Of a hosted database's defaults: a batch may take longer than a request may.
    await sql`set statement_timeout = 0`

    const companies = await sql<{ id: string; name: string }[]>`
      select c.id, c.name from public.companies c
       where exists (select from public."VC Usage" h where h.company_id = c.id) order by c.name, c.id`
    const done: CompanyMigration[] = []
    for (const company of companies) {
      try {
        done.push(await migrateCompany(sql, company, options))
      } catch (error) {
        return fail(
          'data_migration_failed',
          `${company.name} stopped: ${sentence(error)} What is done stays done; run it again.`,
        )
      }
    }
    return ok(done)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function migrateCompany(
  sql: Sql,
  company: { readonly id: string; readonly name: string },
  options: DataMigrationOptions,
): Promise<CompanyMigration> {
  const started = performance.now()
  const before = await scope(sql, company.id)
  await sql`insert into private.data_migrations (company_id) values (${company.id}) on conflict do nothing`
  const [run] = await sql<{ step: string }[]>`select step from private.data_migrations where company_id = ${company.id}`
  let written = 0
  if (run?.step !== 'done') {
    const next = STEPS.indexOf(run?.step as (typeof STEPS)[number]) + 1
    for (const step of STEPS.slice(next)) {
      const from = performance.now()
      written += await runStep(sql, company.id, step, options.batch ?? 1_000)
      await sql`update private.data_migrations set step = ${step} where company_id = ${company.id}`
      options.onStep?.(company.name, step, (performance.now() - from) / 1_000)
    }
    await sql`select private.data_migration_cleanup(${company.id})`
  }
  return { ...(await report(sql, company, before)), written, seconds: (performance.now() - started) / 1_000 }
}

/** Runs one step to its end; returns how many rows or identities it went through. */
async function runStep(sql: Sql, companyId: string, step: Step, batch: number): Promise<number> {
  switch (step) {
    case 'backup':
      return count(await sql`select private.data_migration_backup(${companyId}) as n`)
    case 'identify': {
      const identities = count(await sql`select private.data_migration_identify(${companyId}) as n`)
      // The planner has never seen these tables.
      await sql`analyze private.data_migration_chats, private.identity_claims, public."VC Usage"`
      return identities
    }
    case 'create':
      return untilNone(async () => count(await sql`select private.data_migration_create(${companyId}, ${batch}) as n`))
    case 'link':
      await sql`analyze public.customers, private.identity_claims`
      return untilNone(async () => count(await sql`select private.data_migration_link(${companyId}, ${batch}) as n`))
    case 'enrich':
      return count(await sql`select private.data_migration_enrich(${companyId}) as n`)
    case 'duplicates':
      return count(await sql`select private.data_migration_find_duplicates(${companyId}) as n`)
  }
}

async function untilNone(work: () => Promise<number>): Promise<number> {
  let all = 0
  for (;;) {
    const some = await work()
    if (some === 0) return all
    all += some
  }
}

async function report(sql: Sql, company: { readonly id: string; readonly name: string }, before: MigrationScope) {
  const [row] = await sql<{ customers: number; duplicates: number; waiting: number; rate: string | null }[]>`
    select (select count(*)::int from public.customers c
             where c.company_id = ${company.id} and c.created_by_user_name = 'Data Migration') as customers,
           (select count(*)::int from private.data_migration_duplicates d where d.company_id = ${company.id}) as duplicates,
           s.awaiting_review::int as waiting, s.rate
      from public.customer_sync_status s where s.company_id = ${company.id}`
  const checks = await sql`select * from private.data_migration_verify(${company.id})`
  return {
    companyId: company.id,
    companyName: company.name,
    before,
    after: await scope(sql, company.id),
    customers: row?.customers ?? 0,
    linkRate: Number(row?.rate ?? 1),
    awaitingReview: row?.waiting ?? 0,
    possibleDuplicates: row?.duplicates ?? 0,
    checks: z.array(checkSchema).parse(checks),
  }
}

async function scope(sql: Sql, companyId: string): Promise<MigrationScope> {
  const [row] = await sql`select private.data_migration_scope(${companyId}) as scope`
  return migrationScopeSchema.parse(row?.scope)
}

function count(rows: readonly Record<string, unknown>[]): number {
  return z.number().parse(rows[0]?.n)
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n')[0]?.trim() ?? ''
  return line.endsWith('.') ? line : `${line}.`
}
