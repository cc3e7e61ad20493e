import { expect, test } from 'vitest'
import type { Role } from '#shared/domain/role.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import { type Mutation, pushAnswerSchema, type Verdict } from '#shared/sync-protocol/push.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend()

const now = () => new Date().toISOString()
const common = (id: string) => ({ id, mutationId: crypto.randomUUID(), editedAt: now() })

async function push(
  login: string,
  mutations: readonly unknown[],
  company = COMPANY_A,
  of = COMPANY_A,
): Promise<Verdict[]> {
  const [row] = await asUser(
    server.sql,
    user(login, of).id,
    (tx) => tx`select public.sync_push(${company}, 'customers', ${JSON.stringify(mutations)}::text::json) as answer`,
  )
  return pushAnswerSchema.parse(row?.answer).verdicts
}

function pushBatch(login: string, mutation: unknown) {
  return asUser(
    server.sql,
    user(login).id,
    (tx) =>
      tx`select public.sync_push(${COMPANY_A}, 'importBatches', ${JSON.stringify([mutation])}::text::json) #>> '{verdicts,0,status}' as status`,
  )
}

interface Imported {
  readonly importId: string
  readonly ids: readonly string[]
}

/** An import of two customers by somebody. */
async function importedBy(login: string): Promise<Imported> {
  const importId = crypto.randomUUID()
  const counts = { rowCount: 2, createdCount: 2 }
  await pushBatch(login, { ...common(importId), op: 'create', changes: { fileName: 'list.csv', ...counts } })
  const ids = ['00000001', '00000002'].map((end) => importId.slice(0, -8) + end)
  const made = ids.map((id) => ({
    ...common(id),
    op: 'create',
    createdAt: now(),
    source: 'import',
    changes: { name: 'Imported' },
  }))
  expect((await push(login, made)).map(({ status }) => status)).toEqual(['applied', 'applied'])
  return { importId, ids }
}

const undoing = ({ importId, ids }: Imported) => ids.map((id): Mutation => ({ ...common(id), op: 'delete', importId }))

const statuses = (verdicts: readonly Verdict[]) => verdicts.map(({ status }) => status)

async function isDeleted(id: string): Promise<boolean> {
  const [row] = await server.sql`select deleted_at is not null as gone from public.customers where id = ${id}`
  return row?.gone
}

const LOGINS = ['owner', 'manager', 'sales', 'sales2', 'analyst'] as const

test.each(LOGINS.flatMap((login) => (['manager', 'sales'] as const).map((by) => ({ login, by }))))(
  'IO-4: $login undoes an import by $by just where the app offers it',
  async ({ login, by }) => {
    const imported = await importedBy(by)
    const me = { userId: user(login).id, role: user(login).role as Role }
    const { allowed } = importUndoPermission(me, user(by).id)
    expect(statuses(await push(login, undoing(imported)))).toEqual(Array(2).fill(allowed ? 'applied' : 'rejected'))
    expect(await Promise.all(imported.ids.map(isDeleted))).toEqual([allowed, allowed])
    const undone = { ...common(imported.importId), op: 'update', changes: { undoneAt: now() } }
    expect(await pushBatch(login, undone)).toEqual([{ status: allowed ? 'applied' : 'rejected' }])
  },
)

test('IO-4: sent twice, an undo is done once, and under another id it finds it done', async () => {
  const imported = await importedBy('sales')
  const mutations = undoing(imported)
  await push('sales', mutations)
  const [row] = imported.ids
  const at = () => server.sql`select deleted_at, rev::text from public.customers where id = ${row ?? ''}`
  const [first] = await at()
  expect(statuses(await push('sales', mutations))).toEqual(['applied', 'applied'])
  expect((await at())[0]).toEqual(first)
  expect(statuses(await push('sales', undoing(imported)))).toEqual(['applied', 'applied'])
  expect((await at())[0]?.deleted_at).toEqual(first?.deleted_at)
})

/** What others may have done with a customer since. */
const WORK: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'an edit': (id) => push('manager', [{ ...common(id), op: 'update', base: { phone: null }, changes: { phone: '1' } }]),
  'an edit that claims to be of the import': (id) =>
    push('manager', [
      {
        ...common(id),
        op: 'update',
        base: { phone: null },
        changes: { phone: '1' },
        importId: `${id.slice(0, -8)}ffffffff`,
      },
    ]),
  'a quote': (id) =>
    server.sql`insert into public.quotes (company_id, customer_id, quote_number, status, currency, total) values (${COMPANY_A}, ${id}, ${id}, 'draft', 'EUR', 1)`,
  'a call': (id) =>
    server.sql`insert into public.customer_interactions (company_id, customer_id, interaction_type) values (${COMPANY_A}, ${id}, 'call')`,
  'a wish for a quote': (id) =>
    server.sql`insert into public.quote_requests (company_id, customer_id) values (${COMPANY_A}, ${id})`,
  'an edit that the importer wrote over': async (id) => {
    await push('manager', [{ ...common(id), op: 'update', base: { phone: null }, changes: { phone: '1' } }])
    await push('sales', [{ ...common(id), op: 'update', base: { phone: '1' }, changes: { phone: '2' } }])
  },
  'bringing back': async (id) => {
    await push('owner', [{ ...common(id), op: 'delete' }])
    await push('owner', [{ ...common(id), op: 'restore' }])
  },
  'a conversation': (id) => server.sql`update public.customers set conversation_count = 1 where id = ${id}`,
  'a merge': async (id) => {
    const [other] = await server.sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Imported') returning id`
    await asUser(
      server.sql,
      user('manager').id,
      (tx) => tx`select public.merge_customers(${COMPANY_A}, ${id}, array[${other?.id ?? ''}]::uuid[], '{}')`,
    )
  },
}

test.each(Object.keys(WORK))('IO-4: %s of others keeps a customer from going with the import', async (kind) => {
  const imported = await importedBy('sales')
  const [touched = ''] = imported.ids
  await WORK[kind]?.(touched)
  const verdicts = await push('sales', undoing(imported))
  expect(verdicts).toMatchObject([
    { status: 'rejected', code: 'forbidden', message: expect.stringContaining('somebody has worked') },
    { status: 'applied' },
  ])
  expect(await isDeleted(touched)).toBe(false)
})

test('IO-4: what the importer has edited by hand keeps a customer from a colleague’s undo', async () => {
  const imported = await importedBy('sales')
  const [id = ''] = imported.ids
  await push('sales', [{ ...common(id), op: 'update', base: { phone: null }, changes: { phone: '1' } }])
  expect(statuses(await push('manager', undoing(imported)))).toEqual(['rejected', 'applied'])
})

test('IO-4: an owner who undoes hears what to do about those whom somebody has worked with', async () => {
  const imported = await importedBy('sales')
  await WORK['a quote']?.(imported.ids[0] ?? '')
  expect(await push('owner', undoing(imported))).toMatchObject([
    { status: 'rejected', message: expect.stringContaining('Delete them by themselves') },
    { status: 'applied' },
  ])
})

test('IO-4: an undo finds done what somebody else has undone', async () => {
  const imported = await importedBy('sales')
  await push('manager', undoing(imported))
  expect(statuses(await push('owner', undoing(imported)))).toEqual(['applied', 'applied'])
})

test('IO-4: the import of somebody who was let go can be undone', async () => {
  const imported = await importedBy('sales2')
  await server.sql`
    delete from public.company_members where company_id = ${COMPANY_A} and user_id = ${user('sales2').id}`
  expect(statuses(await push('manager', undoing(imported)))).toEqual(['applied', 'applied'])
  const undone = { ...common(imported.importId), op: 'update', changes: { undoneAt: now() } }
  expect(await pushBatch('manager', undone)).toEqual([{ status: 'applied' }])
})

test('IO-4: edits of one’s own, of the import itself and mere looks keep nobody', async () => {
  const imported = await importedBy('sales')
  const [first = '', second = ''] = imported.ids
  const { importId } = imported
  await push('sales', [
    { ...common(first), op: 'update', base: { phone: null }, changes: { phone: '1' }, importId },
    { ...common(second), op: 'update', base: { phone: null }, changes: { phone: '2' } },
  ])
  await server.sql`
    insert into public.customer_interactions (company_id, customer_id, interaction_type) values (${COMPANY_A}, ${first}, 'view')`
  const [edit] = await server.sql`select field_edits -> 'phone' as phone from public.customers where id = ${first}`
  expect(edit?.phone).toMatchObject({ importId, by: user('sales').id })
  expect(statuses(await push('sales', undoing(imported)))).toEqual(['applied', 'applied'])
})

test('IO-4: a customer goes only with the import that made it', async () => {
  const imported = await importedBy('sales')
  const byHand = crypto.randomUUID()
  const fresh = { ...common(byHand), createdAt: now(), changes: { name: 'By hand' } }
  await push('sales', [{ ...fresh, op: 'create', source: 'manual' }])
  const { importId } = imported
  const [ofSales = ''] = imported.ids
  // A batch that somebody else makes up, with an id that fits.
  const forged = `${ofSales.slice(0, -8)}0000000a`
  await pushBatch('manager', { ...common(forged), op: 'create', changes: { fileName: 'forged.csv', rowCount: 9 } })
  expect(statuses(await push('sales', undoing({ importId, ids: [byHand] })))).toEqual(['rejected'])
  expect(statuses(await push('manager', undoing({ importId: forged, ids: [ofSales] })))).toEqual(['rejected'])
  expect(statuses(await push('sales', undoing({ importId: crypto.randomUUID(), ids: [ofSales] })))).toEqual([
    'rejected',
  ])
})

test('R-2: an import of another company is not undone', async () => {
  const imported = await importedBy('sales')
  for (const company of [COMPANY_A, COMPANY_B]) {
    expect(statuses(await push('owner', undoing(imported), company, COMPANY_B))).toEqual(['rejected', 'rejected'])
  }
  expect(await isDeleted(imported.ids[0] ?? '')).toBe(false)
})

test('IO-4: what an import came to is for whoever imported to say', async () => {
  const { importId } = await importedBy('sales')
  const counts = { ...common(importId), op: 'update', changes: { createdCount: 99 } }
  expect(await pushBatch('manager', counts)).toEqual([{ status: 'rejected' }])
  expect(await pushBatch('sales', { ...counts, mutationId: crypto.randomUUID() })).toEqual([{ status: 'applied' }])
})
