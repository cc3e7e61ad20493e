import type { Sql } from 'postgres'
import { MIGRATIONS_DIRECTORY, planMigrations, readMigrationFiles } from '../migration-files.ts'
import { checkChatTriggers, checkLinkRate, checkPhones, timeChatTriggers } from './chat-health.ts'
import { type CheckResult, named } from './check-result.ts'
import { lintCatalogue } from './lint-catalogue.ts'
import { probeTenants } from './probe-tenants.ts'

/**
 * The checks after a deployment (SPEC DB-11), in order. Changes nothing: what they write is rolled
 * back. `sql` must be able to become the roles of requests. A check that can't be run has failed.
 */
export async function checkDatabase(sql: Sql): Promise<CheckResult[]> {
  const migrations = await attempt('migrations', 'Every migration is applied, unchanged', () => checkMigrations(sql))
  // Without the tables the rest would only say so in many ways.
  if (migrations.some((result) => result.status === 'failed')) return migrations
  return [
    ...migrations,
    ...(await attempt('chat_triggers', 'Chats and customers are kept in step', () => checkChatTriggers(sql))),
    ...(await attempt('trigger_time', 'Triggers are fast', () => timeChatTriggers(sql))),
    ...(await attempt('link_rate', 'Chats are linked', () => checkLinkRate(sql))),
    ...(await attempt('phones', 'Phones are read for the country of their company', () => checkPhones(sql))),
    ...(await attempt('catalogue', 'The catalogue keeps the rules', () => lintCatalogue(sql))),
    ...(await attempt('tenants', 'Companies are kept apart', () => probeTenants(sql))),
    ...(await attempt('realtime', 'Replicas are told about changes', () => checkRealtime(sql))),
    ...(await attempt('slow_queries', 'No statement is slow', () => checkSlowQueries(sql))),
  ]
}

async function attempt(
  id: string,
  what: string,
  check: () => Promise<CheckResult | CheckResult[]>,
): Promise<CheckResult[]> {
  try {
    return [await check()].flat()
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return [{ id, what, status: 'failed', detail: `The check could not be run: ${message}.` }]
  }
}

async function checkMigrations(sql: Sql): Promise<CheckResult> {
  const what = 'Every migration is applied, unchanged'
  const result = (status: CheckResult['status'], detail: string): CheckResult => ({
    id: 'migrations',
    what,
    status,
    detail,
  })
  const files = await readMigrationFiles(MIGRATIONS_DIRECTORY)
  if (!files.ok) return result('failed', files.error.message)
  const [found] = await sql`select to_regclass('migrations.applied_files') as there`
  if (found?.there === null) return result('failed', 'Nothing was deployed here yet. Run npm run db:migrate.')
  const applied = await sql<{ name: string; checksum: string }[]>`
    select name, checksum from migrations.applied_files order by name`
  const plan = planMigrations(files.value, applied)
  if (!plan.ok) return result('failed', plan.error.message)
  return plan.value.length === 0
    ? result('ok', `${applied.length} files.`)
    : result('failed', `Missing: ${named(plan.value.map((file) => file.name))}. Run npm run db:migrate.`)
}

async function checkRealtime(sql: Sql): Promise<CheckResult> {
  const [row] = await sql<{ realtime: boolean; policy: boolean }[]>`
    select to_regprocedure('realtime.send(jsonb, text, text, boolean)') is not null as realtime,
           exists (select from pg_policies where schemaname = 'realtime' and policyname = 'company_hints_select') as policy`
  const what = 'Replicas are told about changes'
  if (row?.realtime === true && row.policy)
    return { id: 'realtime', what, status: 'ok', detail: 'Realtime and its policy are there.' }
  const detail =
    row?.realtime === true
      ? 'The policy on realtime.messages is missing: replicas only poll. Roll back to 20261122005300 and deploy again.'
      : 'This database has no Realtime: replicas only poll.'
  return { id: 'realtime', what, status: 'warning', detail }
}

/** A mean above this is worth a look. */
const SLOW_MS = 100

async function checkSlowQueries(sql: Sql): Promise<CheckResult> {
  const what = `No statement on customers or chats takes more than ${SLOW_MS} ms on average`
  const [extension] = await sql<{ schema: string }[]>`
    select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`
  if (extension === undefined) {
    return { id: 'slow_queries', what, status: 'skipped', detail: 'pg_stat_statements is not installed here.' }
  }
  // Texts are normalised by the extension: constants, and with them personal data, are taken out.
  const rows = await sql.unsafe<{ query: string; calls: number; mean: number }[]>(
    `select left(regexp_replace(query, '\\s+', ' ', 'g'), 120) as query, calls::int, round(mean_exec_time::numeric, 1)::float as mean
       from "${extension.schema.replaceAll('"', '""')}".pg_stat_statements
      where mean_exec_time > $1 and query ~* '(customers|VC Usage|sync_pull|sync_push)' and query !~* '^(explain|create|alter|copy|analyze|vacuum)'
      order by total_exec_time desc limit 10`,
    [SLOW_MS],
  )
  return rows.length === 0
    ? { id: 'slow_queries', what, status: 'ok', detail: 'None.' }
    : {
        id: 'slow_queries',
        what,
        status: 'warning',
        detail: `${rows.length} found; the worst: ${rows[0]?.mean} ms for "${rows[0]?.query}".`,
        figures: { statements: rows },
      }
}
