import type { Sql } from 'postgres'
import { z } from 'zod'
import { type CheckResult, named } from './check-result.ts'

const TRIGGERS = [
  'trg_sync_customer_from_chat_insert',
  'trg_sync_customer_from_chat_update',
  'trg_sync_customer_to_chat',
]

/** Whether the roadmap's triggers are there and switched on. */
export async function checkChatTriggers(sql: Sql): Promise<CheckResult> {
  const rows = await sql<{ name: string; on: boolean }[]>`
    select tgname as name, tgenabled in ('O', 'A') as on from pg_trigger where tgname = any (${TRIGGERS})`
  const off = TRIGGERS.filter((name) => !rows.some((row) => row.name === name && row.on))
  const what = 'Chats and customers are kept in step by triggers'
  return off.length === 0
    ? { id: 'chat_triggers', what, status: 'ok', detail: 'All three are on.' }
    : {
        id: 'chat_triggers',
        what,
        status: 'failed',
        detail: `Missing or switched off: ${named(off)}. See docs/migration-runbook.md.`,
        figures: { off },
      }
}

/** Longest that the triggers may take for one chat, at the 99th percentile (SPEC PF-10, roadmap). */
const TRIGGER_LIMIT_MS = 10
const PROBES = 60
const ROLLBACK = Symbol('rollback')

const planSchema = z.tuple([z.object({ Triggers: z.array(z.object({ Time: z.number() })) })])

/** What the triggers cost a chat, by Postgres's own clock: chats of new people, taken back afterwards. */
export async function timeChatTriggers(sql: Sql): Promise<CheckResult> {
  const what = `Triggers take less than ${TRIGGER_LIMIT_MS} ms a chat`
  const [company] = await sql<{ id: string }[]>`select id from public.companies order by created_at, id limit 1`
  if (company === undefined) {
    return { id: 'trigger_time', what, status: 'skipped', detail: 'There is no company yet to write a chat for.' }
  }
  const times: number[] = []
  try {
    await sql.begin(async (tx) => {
      for (let probe = 0; probe < PROBES; probe++) {
        const mark = crypto.randomUUID()
        const [row] = await tx`
          explain (analyze, timing, format json)
          insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
          values (${company.id}, ${`check ${mark}`}, ${`Check ${mark}`}, ${`${mark}@check.invalid`})`
        const [plan] = planSchema.parse(row?.['QUERY PLAN'])
        times.push(plan.Triggers.reduce((sum, trigger) => sum + trigger.Time, 0))
      }
      throw ROLLBACK
    })
  } catch (error) {
    if (error !== ROLLBACK) throw error
  }
  // The first ones plan and fill caches, which a busy connection has behind it.
  const sorted = times.slice(5).sort((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2))
  const figures = { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1), unit: 'ms', chats: sorted.length }
  const spoken = `p50 ${figures.p50} ms, p95 ${figures.p95} ms, p99 ${figures.p99} ms over ${sorted.length} chats.`
  return figures.p99 <= TRIGGER_LIMIT_MS
    ? { id: 'trigger_time', what, status: 'ok', detail: spoken, figures }
    : { id: 'trigger_time', what, status: 'failed', detail: `${spoken} Look at docs/indexes.md.`, figures }
}

/** Share of chats with contact data that must be linked or wait for a person (SPEC DB-5). */
const WANTED_RATE = 0.99

/** How many chats found their customer, by company. */
export async function checkLinkRate(sql: Sql): Promise<CheckResult> {
  const what = `At least ${WANTED_RATE * 100} % of chats with contact data are linked or wait for a person`
  const rows = await sql<
    { company: string; withContact: number; linked: number; waiting: number; rate: number | null }[]
  >`
    select company_id as company, with_contact::int as "withContact", linked::int, awaiting_review::int as waiting, rate::float
      from public.customer_sync_status order by company_id`
  const behind = rows.filter(
    ({ withContact, rate, waiting }) => withContact > 0 && (rate ?? 0) + waiting / withContact < WANTED_RATE,
  )
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  const figures = { companies: rows }
  const spoken = `${sum((row) => row.linked)} linked, ${sum((row) => row.waiting)} waiting, ${sum((row) => row.withContact)} with contact data.`
  return behind.length === 0
    ? { id: 'link_rate', what, status: 'ok', detail: spoken, figures }
    : {
        id: 'link_rate',
        what,
        status: 'failed',
        detail: `${spoken} Behind: company ${named(behind.map((row) => row.company))}. Run npm run db:migrate-data.`,
        figures,
      }
}

/** Whether companies wait for their phones to be read anew after a change of the country. */
export async function checkPhones(sql: Sql): Promise<CheckResult> {
  const what = 'Phones are read for the country of their company'
  const rows = await sql<{ company: string; left: number }[]>`
    select r.company_id as company, private.phones_left(r.company_id) as left from private.phone_rekeys r order by 1`
  if (rows.length === 0) return { id: 'phones', what, status: 'ok', detail: 'All are.' }
  const detail =
    `Not all of company ${named(rows.map((row) => row.company))}: until then new chats with a phone may wait, and ` +
    'nobody can be erased. Unless it goes on by itself, do it by SQL (docs/administrator.md, Another country).'
  return { id: 'phones', what, status: 'warning', detail, figures: { companies: rows } }
}
