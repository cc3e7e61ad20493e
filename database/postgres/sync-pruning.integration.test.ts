import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, user } from '../embedded/testing/test-backend.ts'

const { sql } = await suiteBackend(5)

const owner = user('owner').id

interface Page {
  readonly reset: boolean
  readonly rows: readonly { readonly id: string; readonly gone?: boolean }[]
  readonly checkpoint: object
}

async function pull(checkpoint: object | null): Promise<Page> {
  const [row] = await asUser(
    sql,
    owner,
    (tx) => tx<{ page: Page }[]>`
      select public.sync_pull(${COMPANY_A}, 'savedFilters', ${checkpoint === null ? null : JSON.stringify(checkpoint)}::text::jsonb) as page`,
  )
  if (row === undefined) throw new Error('no answer')
  return row.page
}

async function makeFilter(name: string): Promise<string> {
  const [row] = await asUser(
    sql,
    owner,
    (tx) => tx<{ id: string }[]>`
      insert into public.saved_filters (company_id, user_id, name, filter) values (${COMPANY_A}, ${owner}, ${name}, '{}') returning id`,
  )
  return row?.id ?? ''
}
const dropFilter = (id: string) => asUser(sql, owner, (tx) => tx`delete from public.saved_filters where id = ${id}`)

test('SY-3: tombstones go after 400 days; whoever has not pulled since starts over, and nobody else', async () => {
  const filter = await makeFilter('Goes')
  const before = (await pull(null)).checkpoint
  await dropFilter(filter)
  const after = (await pull(before)).checkpoint
  const young = await makeFilter('Goes later')
  await dropFilter(young)

  await sql`update private.sync_tombstones set buried_at = now() - interval '399 days' where id = ${filter}`
  await sql`select private.prune_sync_memory()`
  expect((await pull(before)).rows).toMatchObject([{ id: filter, gone: true }, { id: young }])

  await sql`update private.sync_tombstones set buried_at = now() - interval '401 days' where id = ${filter}`
  await sql`select private.prune_sync_memory()`
  expect(await pull(before)).toMatchObject({ reset: true, rows: [] })
  expect(await pull(after)).toMatchObject({ reset: false, rows: [{ id: young, gone: true }] })
  // Starting over ends: the checkpoint of the first pull is good again.
  const fresh = await pull(null)
  expect(fresh.reset).toBe(false)
  expect(await pull(fresh.checkpoint)).toMatchObject({ reset: false, rows: [] })
})

test('SY-3: a restored database does not send everybody back to the start for ever', async () => {
  // The mark of the backup's future, without and with a new epoch.
  await sql`update private.sync_epoch set pruned_rev = '999999999'`
  expect((await pull((await pull(null)).checkpoint)).reset).toBe(false)
  await sql`select private.start_new_sync_epoch()`
  expect(await sql`select pruned_rev::text as rev from private.sync_epoch`).toEqual([{ rev: '0' }])
  expect((await pull((await pull(null)).checkpoint)).reset).toBe(false)
})

test('SY-2: the ledger of mutations is kept for 400 days', async () => {
  const [old, kept] = [crypto.randomUUID(), crypto.randomUUID()]
  await sql`
    insert into private.judged_mutations (user_id, mutation_id, company_id, record_id, judged_at)
    values (${owner}, ${old}, ${COMPANY_A}, ${old}, now() - interval '401 days'),
           (${owner}, ${kept}, ${COMPANY_A}, ${kept}, now() - interval '399 days')`
  await sql`select private.prune_sync_memory()`
  const left = await sql`select mutation_id from private.judged_mutations where mutation_id in (${old}, ${kept})`
  expect(left.map(({ mutation_id }) => mutation_id)).toEqual([kept])
})
