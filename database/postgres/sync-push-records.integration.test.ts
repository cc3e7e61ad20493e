import type { TransactionSql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { pairId, pairsOf } from '#shared/domain/duplicate-dismissal.ts'
import { COLLECTION_PAGES } from '#shared/sync-protocol/collections.ts'
import {
  RECORD_ANSWERS,
  RECORD_MUTATIONS,
  type RecordCollection,
  type RecordMutation,
} from '#shared/sync-protocol/record-push.ts'
import { beforeVerdict, someoneWaits } from '../embedded/testing/before-verdict.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(60)
const { sql } = server

let customer = ''
let other = ''
beforeEach(async () => {
  const rows = await sql<{ id: string }[]>`
    insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Ada'), (${COMPANY_A}, 'Ada B.') returning id`
  customer = rows[0]?.id ?? ''
  other = rows[1]?.id ?? ''
})

const common = () => ({
  mutationId: crypto.randomUUID() as string,
  id: crypto.randomUUID() as string,
  editedAt: new Date().toISOString(),
})

async function push<C extends RecordCollection>(
  collection: C,
  mutations: readonly unknown[],
  who: string | { readonly id: string } = 'sales',
  company = COMPANY_A,
) {
  const { id } = typeof who === 'string' ? user(who) : who
  return asUser(sql, id, (tx) => send(tx, collection, mutations, company))
}

async function send<C extends RecordCollection>(
  tx: TransactionSql,
  collection: C,
  mutations: readonly unknown[],
  company = COMPANY_A,
) {
  const [row] = await tx`
    select public.sync_push(${company}, ${collection}, ${JSON.stringify(mutations)}::text::json) as answer`
  const answer = RECORD_ANSWERS[collection].parse(row?.answer)
  expect(answer.verdicts.map((verdict) => verdict.mutationId)).toEqual(
    mutations.map((mutation) => (mutation as { mutationId: string }).mutationId),
  )
  return answer.verdicts
}

/** A mutation that the shared schema takes, too. */
const valid = <C extends RecordCollection>(collection: C, mutation: RecordMutation<C>) =>
  RECORD_MUTATIONS[collection].parse(mutation)

const filter = (changes: Record<string, unknown> = { name: 'Nearby', filter: { tags: ['a'] }, shared: false }) =>
  RECORD_MUTATIONS.savedFilters.parse({ ...common(), op: 'create', changes })
const view = (customerId = customer) =>
  valid('interactions', { ...common(), op: 'create', changes: { customerId, type: 'view' } })

describe('saved filters', () => {
  test('SE-2: are made, changed and deleted by their author, and pulled as pushed', async () => {
    const made = filter()
    expect(await push('savedFilters', [made])).toMatchObject([
      { status: 'applied', row: { id: made.id, name: 'Nearby', userId: user('sales').id } },
    ])
    const renamed = valid('savedFilters', {
      ...common(),
      id: made.id,
      op: 'update',
      base: { name: 'Nearby' },
      changes: { name: 'Far away', shared: true },
    })
    expect(await push('savedFilters', [renamed])).toMatchObject([{ status: 'applied', row: { name: 'Far away' } }])
    const stale = valid('savedFilters', {
      ...common(),
      id: made.id,
      op: 'update',
      base: { name: 'Nearby' },
      changes: { name: 'Elsewhere' },
    })
    expect(await push('savedFilters', [stale])).toMatchObject([{ status: 'conflict', row: { name: 'Far away' } }])
    const gone = valid('savedFilters', { ...common(), id: made.id, op: 'delete' })
    expect(await push('savedFilters', [gone])).toMatchObject([{ status: 'applied', row: { id: made.id, gone: true } }])
  })

  test('SE-2: no time that a colleague’s replica can not read, by the API either', async () => {
    const rep = user('sales').id
    const { id } = filter()
    const write = (query: string) => asUser(sql, rep, (tx) => tx.unsafe(query))
    await write(
      `insert into public.saved_filters (id, company_id, name, filter) values ('${id}', '${COMPANY_A}', 'x', '{}')`,
    )
    const set = (value: string) => write(`update public.saved_filters set ${value} where id = '${id}'`)
    await expect(set("updated_at = 'infinity'")).rejects.toMatchObject({ code: '23514' })
    for (const value of ["created_at = 'infinity'", `user_id = '${user('owner').id}'`, `company_id = '${COMPANY_B}'`]) {
      await expect(set(value), value).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('R-1: nobody changes or deletes a colleague’s filter, shared or not', async () => {
    const made = filter({ name: 'Team', filter: {}, shared: true })
    await push('savedFilters', [made])
    const hijack = { ...common(), id: made.id, op: 'update', base: {}, changes: { name: 'Hijacked' } }
    const remove = { ...common(), id: made.id, op: 'delete' }
    expect(await push('savedFilters', [hijack, remove], 'owner')).toMatchObject([
      { status: 'rejected', code: 'forbidden' },
      { status: 'rejected', code: 'forbidden' },
    ])
    expect(await sql`select name from public.saved_filters where id = ${made.id}`).toEqual([{ name: 'Team' }])
  })
})

describe('interactions', () => {
  test('SY-2: a repeated push writes once, and views are counted on the customer once', async () => {
    const [first, second] = [view(), view()]
    await push('interactions', [first, second], 'analyst')
    expect(await push('interactions', [first, second], 'analyst')).toMatchObject([
      { status: 'applied', row: { id: first.id, userName: user('analyst').name } },
      { status: 'applied' },
    ])
    expect(await sql`select view_count from public.customers where id = ${customer}`).toEqual([{ view_count: 2 }])
    expect((await sql`select 1 from public.customer_interactions where customer_id = ${customer}`).length).toBe(2)
  })

  test('DB-1: being looked at changes the count and the revision of a customer, not when it was last changed', async () => {
    const [before] =
      await sql`select updated_at::text as at, rev::text as rev from public.customers where id = ${customer}`
    await push('interactions', [view()])
    const [after] =
      await sql`select updated_at::text as at, rev::text as rev from public.customers where id = ${customer}`
    expect(after?.at).toBe(before?.at)
    expect(after?.rev).not.toBe(before?.rev)
    await sql`update public.customers set customer_name = 'Ada C.' where id = ${customer}`
    const [edited] = await sql`select updated_at::text as at from public.customers where id = ${customer}`
    expect(edited?.at).not.toBe(before?.at)
  })

  test('DB-6: what was noted of a customer that was merged meanwhile belongs to the one it went into', async () => {
    await asUser(
      sql,
      user('manager').id,
      (tx) => tx`select public.merge_customers(${COMPANY_A}, ${other}, ${[customer]}::uuid[])`,
    )
    expect(await push('interactions', [view(customer)])).toMatchObject([
      { status: 'applied', row: { customerId: other } },
    ])
  })

  test('SY-2: the time is the person’s, but never in the future', async () => {
    const early = { ...view(), editedAt: '2026-01-02T03:04:05.000Z' }
    const late = { ...view(), editedAt: '2999-01-01T00:00:00.000Z' }
    const [one, two] = await push('interactions', [early, late])
    expect(one).toMatchObject({ row: { at: '2026-01-02T03:04:05.000000Z' } })
    const at = two?.status === 'applied' && 'at' in two.row ? Date.parse(two.row.at) : Number.NaN
    expect(at).toBeLessThanOrEqual(Date.now() + 5_000)
  })
})

describe('imports', () => {
  test('IO-4: outlive the membership of whoever imported', async () => {
    const batch = valid('importBatches', { ...common(), op: 'create', changes: { fileName: 'list.csv', rowCount: 3 } })
    const done = valid('importBatches', { ...common(), id: batch.id, op: 'update', changes: { createdCount: 3 } })
    expect(await push('importBatches', [batch, done], 'sales2')).toMatchObject([
      { status: 'applied', row: { rowCount: 3, userName: user('sales2').name } },
      { status: 'applied', row: { rowCount: 3, createdCount: 3, undoneAt: null } },
    ])
    const undo = valid('importBatches', {
      ...common(),
      id: batch.id,
      op: 'update',
      changes: { undoneAt: '2026-01-02T03:04:05Z' },
    })
    expect(await push('importBatches', [undo], 'sales2')).toMatchObject([
      { status: 'applied', row: { undoneAt: '2026-01-02T03:04:05.000000Z' } },
    ])
    const rep = user('sales2')
    await sql`delete from public.company_members where user_id = ${rep.id}`
    expect(await sql`select user_name from public.import_batches where id = ${batch.id}`).toEqual([
      { user_name: rep.name },
    ])
    await sql`insert into public.company_members (user_id, company_id, role, display_name) values (${rep.id}, ${COMPANY_A}, 'sales', ${rep.name})`
  })

  test('IO-4: one that ended and was undone before it was sent comes in one piece', async () => {
    const [endedAt, undoneAt] = ['2026-01-02T03:04:05Z', '2026-01-03T03:04:05Z']
    const changes = { fileName: 'list.csv', rowCount: 3, createdCount: 3, endedAt, undoneAt }
    const batch = valid('importBatches', { ...common(), op: 'create', changes })
    expect(await push('importBatches', [batch], 'sales')).toMatchObject([
      {
        status: 'applied',
        row: { endedAt: '2026-01-02T03:04:05.000000Z', undoneAt: '2026-01-03T03:04:05.000000Z' },
      },
    ])
  })

  test('R-1: an analyst imports nothing, and a colleague’s import is not theirs to rewrite', async () => {
    const batch = valid('importBatches', { ...common(), op: 'create', changes: { fileName: 'list.csv' } })
    expect(await push('importBatches', [batch], 'analyst')).toMatchObject([
      { status: 'rejected', code: 'forbidden', message: "Analyst can't do this in this company." },
    ])
    await push('importBatches', [batch], 'sales')
    const rewrite = { ...common(), id: batch.id, op: 'update', changes: { createdCount: 999 } }
    expect(await push('importBatches', [rewrite], 'manager')).toMatchObject([{ status: 'rejected', code: 'forbidden' }])
  })

  test('IO-4: whoever may undo a colleague’s import says once that it has ended, and how far it came', async () => {
    const batch = valid('importBatches', { ...common(), op: 'create', changes: { fileName: 'list.csv', rowCount: 9 } })
    await push('importBatches', [batch], 'sales')
    const end = (createdCount: number, endedAt: string, undoneAt?: string) =>
      valid('importBatches', { ...common(), id: batch.id, op: 'update', changes: { createdCount, endedAt, undoneAt } })
    expect(await push('importBatches', [end(4, '2026-01-02T03:04:05Z')], 'sales2')).toMatchObject([
      { status: 'rejected', code: 'forbidden' },
    ])
    expect(await push('importBatches', [end(4, '2026-01-02T03:04:05Z')], 'manager')).toMatchObject([
      { status: 'applied', row: { createdCount: 4, endedAt: '2026-01-02T03:04:05.000000Z' } },
    ])
    const late = [end(5, '2026-02-02T03:04:05Z'), end(5, '2026-02-02T03:04:05Z', '2026-02-03T03:04:05Z')]
    expect(await push('importBatches', late, 'manager')).toMatchObject([
      { status: 'applied', row: { createdCount: 4, endedAt: '2026-01-02T03:04:05.000000Z', undoneAt: null } },
      { status: 'applied', row: { createdCount: 4, undoneAt: '2026-02-03T03:04:05.000000Z' } },
    ])
    const rewrite = { ...common(), id: batch.id, op: 'update', changes: { createdCount: 5 } }
    expect(await push('importBatches', [rewrite], 'manager')).toMatchObject([{ status: 'rejected', code: 'forbidden' }])
    // Its own computer was not lost after all.
    expect(await push('importBatches', [end(9, '2026-02-02T03:04:05Z')], 'sales')).toMatchObject([
      { status: 'applied', row: { createdCount: 9, endedAt: '2026-01-02T03:04:05.000000Z' } },
    ])
  })
})

describe('quote requests', () => {
  test('UI-2: owner, manager and sales ask for a quote, an analyst doesn’t', async () => {
    const ask = () =>
      valid('quoteRequests', { ...common(), op: 'create', changes: { customerId: customer, note: 'With delivery' } })
    for (const login of ['owner', 'manager', 'sales']) {
      expect(await push('quoteRequests', [ask()], login)).toMatchObject([
        { status: 'applied', row: { status: 'open', requestedByUserName: user(login).name } },
      ])
    }
    expect(await push('quoteRequests', [ask()], 'analyst')).toMatchObject([{ status: 'rejected', code: 'forbidden' }])
  })
})

describe('merges', () => {
  const merge = () =>
    valid('merges', { ...common(), op: 'create', changes: { targetId: customer, sourceIds: [other], choices: {} } })

  test('DB-6: a merge made offline has its effect once, and is undone once', async () => {
    const made = merge()
    expect(await push('merges', [made], 'manager')).toMatchObject([
      { status: 'applied', row: { id: made.id, targetId: customer, sourceIds: [other], undoneAt: null } },
    ])
    expect(await push('merges', [made], 'manager')).toMatchObject([{ status: 'applied' }])
    expect(await push('merges', [{ ...made, mutationId: crypto.randomUUID() }], 'manager')).toMatchObject([
      { status: 'applied' },
    ])
    expect(await sql`select merged_into from public.customers where id = ${other}`).toEqual([{ merged_into: customer }])
    const undo = valid('merges', { ...common(), id: made.id, op: 'delete' })
    const [undone] = await push('merges', [undo, { ...undo, mutationId: crypto.randomUUID() }], 'manager')
    expect(undone).toMatchObject({ status: 'applied', row: { undoneAt: expect.any(String) } })
    expect(await sql`select merged_into, deleted_at from public.customers where id = ${other}`).toEqual([
      { merged_into: null, deleted_at: null },
    ])
  })

  test('R-1: sales and analysts merge nothing', async () => {
    for (const login of ['sales', 'analyst']) {
      expect(await push('merges', [merge()], login)).toMatchObject([{ status: 'rejected', code: 'forbidden' }])
    }
    expect(await sql`select merged_into from public.customers where id = ${other}`).toEqual([{ merged_into: null }])
  })

  test('DB-6: what can’t be merged says why and delays nobody', async () => {
    const bad = { ...merge(), changes: { targetId: customer, sourceIds: [crypto.randomUUID()] } }
    expect(await push('merges', [bad, merge()], 'manager')).toMatchObject([
      { status: 'rejected', code: 'not_found', message: expect.stringMatching(/\.$/) },
      { status: 'applied' },
    ])
  })
})

describe('chats', () => {
  const chatOf = async (email: string) => {
    const [chat] = await sql<{ id: string; customer_id: string | null }[]>`
      insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
      values (${COMPANY_A}, 's', 'Zoe', ${email}) returning id`
    return chat?.id ?? ''
  }
  const link = (id: string, customerId: string | null, base?: string | null) =>
    valid('conversations', {
      ...common(),
      id,
      op: 'update',
      changes: { customerId },
      ...(base === undefined ? {} : { base: { customerId: base } }),
    })

  test('DB-4: a chat linked or unlinked offline is, and one that a colleague linked meanwhile is a conflict', async () => {
    const chat = await chatOf(`${crypto.randomUUID()}@example.com`)
    const [{ customer_id: made } = { customer_id: null }] = await sql<{ customer_id: string | null }[]>`
      select customer_id from public."VC Usage" where id = ${chat}`
    expect(made).not.toBeNull()
    expect(await push('conversations', [link(chat, customer, null)], 'manager')).toMatchObject([
      { status: 'conflict', row: { id: chat, customerId: made } },
    ])
    expect(await push('conversations', [link(chat, customer, made)], 'manager')).toMatchObject([
      { status: 'applied', row: { customerId: customer, linkSource: 'manual' } },
    ])
    expect(await push('conversations', [link(chat, null, customer)], 'manager')).toMatchObject([
      { status: 'applied', row: { customerId: null } },
    ])
    expect(await push('conversations', [link(chat, customer)], 'analyst')).toMatchObject([
      { status: 'rejected', code: 'forbidden' },
    ])
  })

  test('SY-2: a change that says nothing unlinks nothing', async () => {
    const [chat] = await sql<{ id: string }[]>`
      insert into public."VC Usage" (company_id, session_id, customer_id) values (${COMPANY_A}, 'kept', ${customer}) returning id`
    const empty = { ...common(), id: chat?.id ?? '', op: 'update', changes: {} }
    expect(await push('conversations', [empty], 'manager')).toMatchObject([{ status: 'rejected', code: 'invalid' }])
    expect(await sql`select customer_id from public."VC Usage" where id = ${chat?.id ?? ''}`).toEqual([
      { customer_id: customer },
    ])
  })

  test('DB-4: a suggestion is settled once', async () => {
    const [suggestion] = await sql<{ id: string }[]>`
      insert into public.customer_suggestions (company_id, customer_id, field, value)
      values (${COMPANY_A}, ${customer}, 'phone', '+44 20 7946 0001') returning id`
    const settle = (status: 'accepted' | 'dismissed') =>
      valid('suggestions', { ...common(), id: suggestion?.id ?? '', op: 'update', changes: { status } })
    expect(
      await push('suggestions', [settle('accepted'), settle('accepted'), settle('dismissed')], 'manager'),
    ).toMatchObject([
      { status: 'applied', row: { status: 'accepted' } },
      { status: 'applied' },
      { status: 'conflict', row: { status: 'accepted' } },
    ])
    expect(await sql`select customer_phone from public.customers where id = ${customer}`).toEqual([
      { customer_phone: '+44 20 7946 0001' },
    ])
  })
})

describe('guards', () => {
  test('SY-3: one bad record never delays the others', async () => {
    const bad = [
      { ...common(), op: 'explode', changes: {} },
      { ...common(), op: 'create', changes: { name: '', filter: {}, shared: false } },
      { ...common(), op: 'create', changes: { name: 'x'.repeat(101), filter: {} } },
      { ...common(), op: 'create', changes: { name: 'a', filter: [] } },
      { ...common(), op: 'create', changes: { name: 'a', filter: {}, owner: 'me' } },
      { ...common(), op: 'create', changes: { name: 'a\u0000b', filter: {} } },
      { ...common(), op: 'create', changes: { name: 'a', filter: {}, shared: 'perhaps' } },
      { ...common(), id: 'x', op: 'create', changes: { name: 'a', filter: {} } },
      { ...common(), op: 'update', changes: { name: 'a' } },
    ]
    const good = filter()
    const verdicts = await push('savedFilters', [...bad, good])
    expect(verdicts.map((verdict) => verdict.status)).toEqual([...bad.map(() => 'rejected'), 'applied'])
    for (const verdict of verdicts) if (verdict.status === 'rejected') expect(verdict.message).toMatch(/\.$/)
  })

  test('SY-2: a late copy of what was refused stays refused when the reason is gone; sent anew it is judged anew', async () => {
    const late = crypto.randomUUID()
    const rename = { ...filter(), op: 'update', changes: { name: 'Renamed' } }
    const ask = view(late)
    const [refused] = await push('interactions', [ask])
    expect(refused).toMatchObject({ status: 'rejected', code: 'not_found' })
    const [missing] = await push('savedFilters', [rename])
    expect(missing).toMatchObject({ status: 'rejected', code: 'not_found' })
    await sql`insert into public.customers (id, company_id, customer_name) values (${late}, ${COMPANY_A}, 'Late')`
    await push('savedFilters', [{ ...filter(), id: rename.id }])
    expect(await push('interactions', [ask])).toEqual([refused])
    expect(await push('savedFilters', [rename])).toEqual([missing])
    const anew = { mutationId: crypto.randomUUID() }
    expect(await push('interactions', [{ ...ask, ...anew }])).toMatchObject([{ status: 'applied' }])
  })

  test('SY-2: a refusal gives way to what became of a copy that was quicker', async () => {
    const late = crypto.randomUUID()
    const ask = view(late)
    const takes = ['uuid', 'uuid', 'text', 'text', 'text', 'text']
    const answer = await beforeVerdict(
      sql,
      { userId: user('sales').id, verdictFunction: 'verdict_of_record_error', takes },
      (tx) => send(tx, 'interactions', [ask]),
      async () => {
        await sql`insert into public.customers (id, company_id, customer_name) values (${late}, ${COMPANY_A}, 'Late')`
        expect(await push('interactions', [ask])).toMatchObject([{ status: 'applied' }])
      },
    )
    expect(answer).toMatchObject([{ status: 'applied', row: { id: ask.id } }])
  })

  test('SY-5: a change whose author was put out while it was judged is not in the ledger as applied', async () => {
    const rep = user('sales2')
    const made = filter()
    await push('savedFilters', [made], rep)
    const change = { ...common(), id: made.id, op: 'update', base: { name: 'Nearby' }, changes: { name: 'Far' } }
    let judged: ReturnType<typeof push<'savedFilters'>> = Promise.resolve([])
    await sql.begin(async (tx) => {
      await tx`select from public.saved_filters where id = ${made.id} for update`
      judged = push('savedFilters', [change], rep)
      await someoneWaits(sql)
      await tx`delete from public.company_members where user_id = ${rep.id}`
    })
    const verdicts = await judged
    await sql`
      insert into public.company_members (company_id, user_id, role, display_name)
      values (${COMPANY_A}, ${rep.id}, 'sales', ${rep.name})`
    expect(verdicts).toMatchObject([{ code: 'forbidden', message: 'You are not a member of this company.' }])
    expect(await push('savedFilters', [change], rep)).toMatchObject([{ status: 'rejected', code: 'not_found' }])
  })

  test('SY-2: a late copy of a filter’s change that met a conflict writes nothing where its base holds again', async () => {
    const made = filter()
    await push('savedFilters', [made])
    const change = (base: string, name: string) => ({
      ...common(),
      id: made.id,
      op: 'update',
      base: { name: base },
      changes: { name },
    })
    const late = change('Not so', 'Late')
    expect(await push('savedFilters', [late])).toMatchObject([{ status: 'conflict', row: { name: 'Nearby' } }])
    await push('savedFilters', [change('Nearby', 'Not so')])
    expect(await push('savedFilters', [filter(), late])).toMatchObject([
      { status: 'applied' },
      { status: 'conflict', row: { name: 'Not so' } },
    ])
    expect(await push('savedFilters', [{ ...late, ...common(), id: made.id }])).toMatchObject([
      { status: 'applied', row: { name: 'Late' } },
    ])
  })

  test('R-2: a write into another company is refused, and a customer of another company is not there', async () => {
    const [foreign] = await sql<
      { id: string }[]
    >`select id from public.customers where company_id = ${COMPANY_B} limit 1`
    expect(await push('interactions', [view()], 'sales', COMPANY_B)).toMatchObject([
      { status: 'rejected', code: 'forbidden', message: 'You are not a member of this company.' },
    ])
    const known = await push('interactions', [view(foreign?.id)])
    const unknown = await push('interactions', [view(crypto.randomUUID())])
    const words = (verdicts: readonly object[]) => verdicts.map((verdict) => ({ ...verdict, mutationId: '' }))
    expect(words(known)).toEqual(words(unknown))
    expect(known).toMatchObject([{ status: 'rejected', code: 'not_found' }])
  })

  test('R-2: an id that another company uses is refused without a word about it', async () => {
    const made = filter()
    await asUser(
      sql,
      user('sales', COMPANY_B).id,
      (tx) => tx`
      select public.sync_push(${COMPANY_B}, 'savedFilters', ${JSON.stringify([made])}::text::json)`,
    )
    expect(await push('savedFilters', [{ ...filter(), id: made.id }])).toMatchObject([
      { status: 'rejected', code: 'id_in_use', message: 'This id is taken. Make it again.' },
    ])
  })

  test('SY-3: what the database writes itself takes no pushes; more than 1,000 at once are refused', async () => {
    for (const name of ['activity', 'quotes', 'nonsense']) {
      await expect(
        asUser(sql, user('owner').id, (tx) => tx`select public.sync_push(${COMPANY_A}, ${name}, '[]')`),
      ).rejects.toMatchObject({ code: '22023' })
    }
    const many = JSON.stringify(Array.from({ length: 1_001 }, () => view()))
    await expect(
      asUser(
        sql,
        user('owner').id,
        (tx) => tx`select public.sync_push(${COMPANY_A}, 'interactions', ${many}::text::json)`,
      ),
    ).rejects.toMatchObject({ code: '22023' })
  })
})

test('SY-2: through supabase-js: pushed, then pulled', async () => {
  const supabase = await client(server.backend, user('sales'))
  const made = filter()
  const pushed = await supabase.rpc('sync_push', {
    p_company: COMPANY_A,
    p_collection: 'savedFilters',
    p_mutations: [made],
  })
  expect(RECORD_ANSWERS.savedFilters.parse(pushed.data).verdicts).toMatchObject([{ status: 'applied' }])
  const pulled = await supabase.rpc('sync_pull', { p_company: COMPANY_A, p_collection: 'savedFilters' })
  expect(COLLECTION_PAGES.savedFilters.parse(pulled.data).rows).toContainEqual(
    expect.objectContaining({ id: made.id, filter: { tags: ['a'] } }),
  )
})

describe('SE-3: "not a duplicate"', () => {
  /** The two customers of the test, told apart or not any more. */
  const mark = (op: 'create' | 'delete', ids: readonly [string, string] = [customer, other]) => {
    const [customerA = '', customerB = ''] = ids.toSorted()
    const named = { ...common(), id: pairId(customerA, customerB) }
    return valid(
      'duplicateDismissals',
      op === 'delete' ? { ...named, op } : { ...named, op, changes: { customerA, customerB } },
    )
  }
  const held = () => sql`
    select id, customer_a, customer_b from public.duplicate_dismissals
     where ${customer} in (customer_a, customer_b) or ${other} in (customer_a, customer_b)`

  test('SE-3: two people who dismiss one pair make one row, and the id is the same on both sides', async () => {
    const [first] = await push('duplicateDismissals', [mark('create')], 'manager')
    const again = mark('create')
    const [second] = await push('duplicateDismissals', [again], 'owner')
    const id = pairId(customer, other)
    expect(first).toMatchObject({ status: 'applied', row: { id, userId: user('manager').id } })
    expect(second).toMatchObject({ status: 'applied', row: { id, userId: user('manager').id } })
    // A repeat of the same request, too.
    expect(await push('duplicateDismissals', [again], 'owner')).toMatchObject([{ status: 'applied', row: { id } }])
    expect(await held()).toHaveLength(1)
  })

  test('SE-3: all pairs of customers whose ids follow each other are marks of their own, in every company', async () => {
    const first = crypto.randomUUID().slice(0, -1)
    const family = (digits: string) => [...digits].map((digit) => `${first}${digit}`)
    const [ours, theirs] = [family('0123'), family('4567')]
    for (const [company, ids] of [
      [COMPANY_A, ours],
      [COMPANY_B, theirs],
    ] as const) {
      await sql`
        insert into public.customers (id, company_id, customer_name)
        select id, ${company}, 'Imported' from unnest(${ids}::uuid[]) as id`
    }
    const marked = (company: string) => sql`
      select id from public.duplicate_dismissals where company_id = ${company} and customer_a::text like ${`${first}%`}`
    const dismissAll = async (company: string, ids: readonly string[]) => {
      const marks = pairsOf(ids).map((pair) => mark('create', pair))
      expect(await push('duplicateDismissals', marks, user('owner', company), company)).toMatchObject(
        marks.map(({ id }) => ({ status: 'applied', row: { id, companyId: company, customerA: expect.any(String) } })),
      )
    }
    await dismissAll(COMPANY_A, ours)
    await dismissAll(COMPANY_B, theirs)
    expect([await marked(COMPANY_A), await marked(COMPANY_B)].map(({ count }) => count)).toEqual([6, 6])
    const [pair] = pairsOf(ours)
    await push('duplicateDismissals', [mark('delete', pair)], 'owner')
    expect([await marked(COMPANY_A), await marked(COMPANY_B)].map(({ count }) => count)).toEqual([5, 6])
  })

  test('SE-3 SY-3: taken back it leaves a tombstone, and dismissed again it is there again', async () => {
    const pulled = async () => {
      const [row] = await asUser(
        sql,
        user('analyst').id,
        (tx) => tx`select public.sync_pull(${COMPANY_A}, 'duplicateDismissals', null, 5000) as page`,
      )
      const page = COLLECTION_PAGES.duplicateDismissals.parse(row?.page)
      return page.rows.find(({ id }) => id === pairId(customer, other))
    }
    await push('duplicateDismissals', [mark('create')], 'manager')
    expect(await pulled()).toMatchObject({ customerA: [customer, other].toSorted()[0] })
    expect(await push('duplicateDismissals', [mark('delete')], 'owner')).toMatchObject([
      { status: 'applied', row: { gone: true } },
    ])
    expect(await pulled()).toMatchObject({ gone: true })
    // By somebody who has not heard of it yet.
    expect(await push('duplicateDismissals', [mark('delete')], 'manager')).toMatchObject([{ status: 'applied' }])
    await push('duplicateDismissals', [mark('create')], 'manager')
    expect(await pulled()).not.toHaveProperty('gone')
  })

  test('SE-3 R-1: whoever may not merge may neither dismiss nor take it back', async () => {
    await push('duplicateDismissals', [mark('create')], 'manager')
    for (const login of ['sales', 'analyst']) {
      expect(await push('duplicateDismissals', [mark('create'), mark('delete')], login)).toMatchObject([
        { status: 'rejected', code: 'forbidden' },
        { status: 'rejected', code: 'forbidden' },
      ])
      const written = asUser(
        sql,
        user(login).id,
        (tx) => tx`delete from public.duplicate_dismissals where id = ${pairId(customer, other)} returning id`,
      )
      expect(await written).toEqual([])
      const [customerA = '', customerB = ''] = [customer, crypto.randomUUID()].toSorted()
      await expect(
        asUser(
          sql,
          user(login).id,
          (tx) => tx`
            insert into public.duplicate_dismissals (company_id, customer_a, customer_b)
            values (${COMPANY_A}, ${customerA}, ${customerB})`,
        ),
      ).rejects.toMatchObject({ code: '42501' })
    }
    expect(await held()).toHaveLength(1)
  })

  test('SE-3 R-2: a pair is two customers of one company, under its own id', async () => {
    const [foreign] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name) values (${COMPANY_B}, 'Foreign') returning id`
    const wrong = { ...mark('create'), id: crypto.randomUUID() }
    const turned = { ...mark('create'), changes: { customerA: other, customerB: other } }
    expect(
      await push('duplicateDismissals', [mark('create', [customer, foreign?.id ?? '']), wrong, turned], 'manager'),
    ).toMatchObject([
      { status: 'rejected', code: 'not_found' },
      { status: 'rejected', code: 'invalid' },
      { status: 'rejected', code: 'invalid' },
    ])
    expect(await held()).toEqual([])
  })

  test('SE-3 DB-8: an erasure takes what was said of the customer, and nothing is said of them afterwards', async () => {
    await push('duplicateDismissals', [mark('create')], 'manager')
    await asUser(sql, user('owner').id, (tx) => tx`select public.erase_customer(${COMPANY_A}, ${other}, 'requested')`)
    expect(await held()).toEqual([])
    expect(await push('duplicateDismissals', [mark('create')], 'manager')).toMatchObject([
      { status: 'rejected', code: 'not_found' },
    ])
  })

  test('SE-3: a merge and its undoing leave a pair as it is', async () => {
    const [third] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Ada C.') returning id`
    const target = third?.id ?? ''
    await push('duplicateDismissals', [mark('create')], 'manager')
    const before = await held()
    const merge = valid('merges', { ...common(), op: 'create', changes: { targetId: target, sourceIds: [other] } })
    await push('merges', [merge], 'manager')
    expect(await held()).toEqual(before)
    await push('merges', [{ ...common(), id: merge.id, op: 'delete' }], 'manager')
    expect(await held()).toEqual(before)
  })
})
