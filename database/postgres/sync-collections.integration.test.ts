import type { TransactionSql } from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  COLLECTION_PAGES,
  COLLECTION_ROWS,
  pullAllAnswerSchema,
  SYNC_COLLECTIONS,
  type SyncCollection,
} from '#shared/sync-protocol/collections.ts'
import type { Checkpoint } from '#shared/sync-protocol/pull.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, user } from '../embedded/testing/test-backend.ts'

const { sql } = await suiteBackend(120)
beforeAll(fillCollections)

/** Something in every collection of company A, that the seed leaves empty. */
async function fillCollections(): Promise<void> {
  const [one, two] = await sql<{ id: string }[]>`
    select id from public.customers where company_id = ${COMPANY_A} and deleted_at is null order by id limit 2`
  const [chat] = await sql<{ id: string }[]>`select id from public."VC Usage" where company_id = ${COMPANY_A} limit 1`
  await sql`insert into public.customer_suggestions (company_id, customer_id, field, value, chat_id)
            values (${COMPANY_A}, ${one?.id ?? ''}, 'phone', '+441234', ${chat?.id ?? ''})`
  await sql`insert into public.chat_link_candidates (company_id, chat_id, customer_id, rank, reason)
            values (${COMPANY_A}, ${chat?.id ?? ''}, ${two?.id ?? ''}, 7, 'shared_email') on conflict do nothing`
  await asUser(sql, user('manager').id, async (tx) => {
    await tx`select public.merge_customers(${COMPANY_A}, ${one?.id ?? ''}, ${[two?.id ?? '']}::uuid[])`
    await tx`insert into public.saved_filters (company_id, name, filter, shared) values (${COMPANY_A}, 'Mine', '{"tags": ["a"]}', false)`
    await tx`
      insert into public.duplicate_dismissals (company_id, customer_a, customer_b) values (${COMPANY_A}, ${one?.id ?? ''}, ${two?.id ?? ''})`
    await tx`insert into public.import_batches (company_id, file_name, row_count) values (${COMPANY_A}, 'list.csv', 3)`
    await tx`insert into public.quote_requests (company_id, customer_id, note) values (${COMPANY_A}, ${one?.id ?? ''}, 'Cheaper')`
  })
}

const pull = <C extends SyncCollection>(
  collection: C,
  checkpoint: Checkpoint | null,
  login = 'analyst',
  limit = 1000,
) =>
  asUser(sql, user(login).id, async (tx) => {
    const [row] = await tx`
      select public.sync_pull(${COMPANY_A}, ${collection}, ${checkpoint === null ? null : JSON.stringify(checkpoint)}::text::jsonb, ${limit}) as page`
    return COLLECTION_PAGES[collection].parse(row?.page)
  })

const pullAll = (checkpoints: Record<string, Checkpoint | null>, limit = 1000, login = 'analyst') =>
  asUser(sql, user(login).id, async (tx) => {
    const [row] = await tx`
      select public.sync_pull_all(${COMPANY_A}, ${JSON.stringify(checkpoints)}::text::jsonb, ${limit}) as answer`
    return pullAllAnswerSchema.parse(row?.answer)
  })

const fromTheStart = () => Object.fromEntries(SYNC_COLLECTIONS.map((name) => [name, null]))

describe('every collection', () => {
  test.each(SYNC_COLLECTIONS)(
    'SY-3: %s: pages hold every row once, with strictly the fields of its schema',
    async (name) => {
      const seen: string[] = []
      let checkpoint: Checkpoint | null = null
      let total: number | null = null
      for (let more = true; more; ) {
        const page: Awaited<ReturnType<typeof pull>> = await pull(name, checkpoint, 'manager', 7)
        for (const row of page.rows) {
          expect('gone' in row).toBe(false)
          expect(Object.keys(row).sort()).toEqual(Object.keys(COLLECTION_ROWS[name].shape).sort())
          expect(row.companyId).toBe(COMPANY_A)
          seen.push(row.id)
        }
        total ??= page.total
        checkpoint = page.checkpoint
        more = page.more
      }
      expect(seen.length, 'the test has something to look at').toBeGreaterThan(0)
      expect(new Set(seen).size).toBe(seen.length)
      expect(total).toBe(seen.length)
      expect(await pull(name, checkpoint, 'manager')).toMatchObject({ rows: [], more: false, reset: false })
    },
  )

  test('SY-3: a row that changes comes again, in every collection', async () => {
    const tables: Record<Exclude<SyncCollection, 'customers' | 'activity'>, [string, string]> = {
      savedFilters: ['public.saved_filters', "name = name || '!'"],
      quotes: ['public.quotes', "status = 'sent'"],
      conversations: ['public."VC Usage"', 'view_count = view_count + 1'],
      chatReviews: ['public.chat_link_candidates', "status = 'settled'"],
      suggestions: ['public.customer_suggestions', "status = 'dismissed', decided_at = now()"],
      merges: ['public.customer_merges', 'merged_by_user_name = merged_by_user_name'],
      quoteRequests: ['public.quote_requests', "status = 'done'"],
      importBatches: ['public.import_batches', 'row_count = row_count + 1'],
      interactions: ['public.customer_interactions', 'user_name = user_name'],
      duplicateDismissals: ['public.duplicate_dismissals', 'created_at = created_at'],
    }
    for (const [name, [table, change]] of Object.entries(tables)) {
      const collection = name as keyof typeof tables
      const { checkpoint, rows } = await pull(collection, null, 'manager', 5000)
      const id = rows[0]?.id ?? ''
      await sql.unsafe(`update ${table} set ${change} where id = $1`, [id])
      const next = await pull(collection, checkpoint, 'manager')
      expect(
        next.rows.map((row) => row.id),
        name,
      ).toContain(id)
    }
  })

  test('R-2: a stranger to the company gets 42501 for each, and nobody gets rows of another company', async () => {
    for (const name of SYNC_COLLECTIONS) {
      const foreign = asUser(
        sql,
        user('owner', COMPANY_B).id,
        (tx) => tx`select public.sync_pull(${COMPANY_A}, ${name}, null, 10)`,
      )
      await expect(foreign, name).rejects.toMatchObject({ code: '42501' })
    }
    await expect(
      asUser(
        sql,
        user('owner', COMPANY_B).id,
        (tx) => tx`select public.sync_pull_all(${COMPANY_A}, '{"customers": null}')`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('all in one round trip', () => {
  test('SY-3: answers the collections that were asked for, as one by one', async () => {
    const all = await pullAll(fromTheStart(), 5000)
    expect(Object.keys(all.pages)).toEqual([...SYNC_COLLECTIONS])
    expect(all.more).toBe(false)
    for (const name of SYNC_COLLECTIONS) {
      expect(all.pages[name]?.rows, name).toEqual((await pull(name, null, 'analyst', 5000)).rows)
    }
    expect(Object.keys((await pullAll({ quotes: null, merges: null })).pages)).toEqual(['quotes', 'merges'])
  })

  test('SY-3: the limit bounds the whole answer, and going on with its checkpoints ends with everything', async () => {
    const limit = 50
    const checkpoints: Record<string, Checkpoint | null> = fromTheStart()
    const seen = new Map<string, number>()
    let rounds = 0
    for (let more = true; more; rounds++) {
      const answer = await pullAll(checkpoints, limit)
      const pages = Object.entries(answer.pages).flatMap(([name, page]) => (page === undefined ? [] : [{ name, page }]))
      const rows = pages.reduce((sum, { page }) => sum + page.rows.length, 0)
      expect(rows).toBeLessThanOrEqual(limit)
      for (const { name, page } of pages) {
        seen.set(name, (seen.get(name) ?? 0) + page.rows.length)
        checkpoints[name] = page.checkpoint
      }
      more = answer.more
      expect(rounds).toBeLessThan(50)
    }
    expect(rounds).toBeGreaterThan(2)
    for (const name of SYNC_COLLECTIONS) {
      expect(seen.get(name), name).toBe((await pull(name, null)).rows.length)
    }
  })

  test('SY-3: nonsense is refused with 22023 and a sentence', async () => {
    for (const checkpoints of ['[]', '"x"', '{"nonsense": null}', '{"quotes": [1]}', '{"quotes": {"prev": "x"}}']) {
      await expect(
        asUser(
          sql,
          user('analyst').id,
          (tx) => tx`select public.sync_pull_all(${COMPANY_A}, ${checkpoints}::text::jsonb)`,
        ),
      ).rejects.toMatchObject({ code: '22023', message: expect.stringMatching(/\.$/) })
    }
  })
})

describe('rows that go', () => {
  test('SY-3: a deleted row leaves a tombstone, for those who pulled it and for nobody else', async () => {
    const before = await pull('quotes', null)
    const [victim] = await sql<{ id: string }[]>`
      delete from public.quotes where id = (select id from public.quotes q where company_id = ${COMPANY_A}
        and not exists (select from public.quote_requests r where r.quote_id = q.id) limit 1) returning id`
    const after = await pull('quotes', before.checkpoint)
    expect(after.rows).toEqual([{ id: victim?.id, companyId: COMPANY_A, gone: true, rev: expect.any(String) }])
    const foreign = await asUser(sql, user('owner', COMPANY_B).id, async (tx: TransactionSql) => {
      const [row] = await tx`select public.sync_pull(${COMPANY_B}, 'quotes', null, 5000) as page`
      return COLLECTION_PAGES.quotes.parse(row?.page)
    })
    expect(foreign.rows.map((row) => row.id)).not.toContain(victim?.id)
  })

  test('SY-3: a filter that is no longer shared goes for everybody but its author, and comes back when shared again', async () => {
    const author = user('sales').id
    const [filter] = await asUser(
      sql,
      author,
      (tx) => tx<{ id: string }[]>`
      insert into public.saved_filters (company_id, name, filter, shared) values (${COMPANY_A}, 'Team', '{}', true) returning id`,
    )
    const id = filter?.id ?? ''
    const share = (shared: boolean) =>
      asUser(sql, author, (tx) => tx`update public.saved_filters set shared = ${shared} where id = ${id}`)
    const others = await pull('savedFilters', null, 'analyst')
    expect(others.rows).toContainEqual(expect.objectContaining({ id, name: 'Team' }))
    const own = await pull('savedFilters', null, 'sales')

    await share(false)
    const gone = await pull('savedFilters', others.checkpoint, 'analyst')
    expect(gone.rows).toEqual([{ id, companyId: COMPANY_A, gone: true, rev: expect.any(String) }])
    expect((await pull('savedFilters', own.checkpoint, 'sales')).rows).toEqual([
      expect.objectContaining({ id, shared: false }),
    ])

    await share(true)
    expect((await pull('savedFilters', gone.checkpoint, 'analyst')).rows).toEqual([
      expect.objectContaining({ id, shared: true }),
    ])
  })

  test('R-2: what somebody keeps for themselves is not in a colleague’s pull', async () => {
    const [filter] = await asUser(
      sql,
      user('sales').id,
      (tx) => tx<{ id: string }[]>`
      insert into public.saved_filters (company_id, name, filter) values (${COMPANY_A}, 'Private', '{}') returning id`,
    )
    expect(JSON.stringify(await pull('savedFilters', null, 'owner'))).not.toContain(filter?.id)
    expect(JSON.stringify(await pull('savedFilters', null, 'sales'))).toContain(filter?.id)
  })
})

describe('the window', () => {
  test('SY-3: holds what happened in the days that the company keeps, and its total says so', async () => {
    await sql`
      insert into public."VC Usage" (company_id, session_id, created_at)
      values (${COMPANY_A}, 'old', now() - interval '40 days'), (${COMPANY_A}, 'new', now() - interval '20 days')`
    const sessions = async () => {
      const page = await pull('conversations', null, 'analyst', 5000)
      expect(page.total).toBe(page.rows.length)
      return page.rows.flatMap((row) => ('sessionId' in row ? [row.sessionId] : []))
    }
    await sql`update public.companies set sync_window_days = 30 where id = ${COMPANY_A}`
    expect(await sessions()).toContain('new')
    expect(await sessions()).not.toContain('old')
    await sql`update public.companies set sync_window_days = 90 where id = ${COMPANY_A}`
    expect(await sessions()).toContain('old')
  })
})

test('SY-3: a new epoch makes every row of every collection visible again, and leaves the rows as they are', async () => {
  const before = await pullAll(fromTheStart(), 5000, 'manager')
  const [untouched] =
    await sql`select max(updated_at)::text as at, (select count(*)::int from public.audit_log) as entries from public.customers`
  await sql`select private.start_new_sync_epoch()`
  const answer = await pullAll(
    Object.fromEntries(Object.entries(before.pages).map(([name, page]) => [name, page?.checkpoint ?? null])),
    5000,
    'manager',
  )
  for (const name of SYNC_COLLECTIONS) expect(answer.pages[name]?.reset, name).toBe(true)
  const again = await pullAll(fromTheStart(), 5000, 'manager')
  const withoutRev = (page: { rows: readonly object[] } | undefined) =>
    page?.rows.map((row) => JSON.stringify({ ...row, rev: '' })).sort()
  for (const name of SYNC_COLLECTIONS) {
    expect(withoutRev(again.pages[name]), name).toEqual(withoutRev(before.pages[name]))
  }
  expect(
    await sql`select max(updated_at)::text as at, (select count(*)::int from public.audit_log) as entries from public.customers`,
  ).toEqual([untouched])
})
