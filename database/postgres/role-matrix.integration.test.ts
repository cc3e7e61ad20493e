import { describe, expect, test } from 'vitest'
import { CUSTOMER_PERMISSIONS, customerPermission } from '#shared/permissions/customer-permissions.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend()
const { sql } = server

const LOGINS = ['owner', 'manager', 'sales', 'analyst'] as const
const COMPANIES = { same: COMPANY_A, other: COMPANY_B } as const
const ACTIONS = ['create', 'view', 'edit', 'delete', 'restore', 'merge', 'export'] as const

/** Whose customer it is, seen from the user under test. */
const RELATIONS = ['owned', 'created', "somebody else's"] as const

const cases = LOGINS.flatMap((login) =>
  Object.keys(COMPANIES).flatMap((company) =>
    ACTIONS.flatMap((action) => RELATIONS.map((relation) => ({ login, company, action, relation }))),
  ),
)

interface Case {
  readonly login: (typeof LOGINS)[number]
  readonly company: string
  readonly action: (typeof ACTIONS)[number]
  readonly relation: (typeof RELATIONS)[number]
}

/** The matrix's answer, from the table that the app asks. */
function expected({ login, company, action, relation }: Case): boolean {
  if (company === 'other') return false
  const me = user(login)
  const owned = {
    ownerId: relation === 'owned' ? me.id : null,
    createdByUserId: relation === 'created' ? me.id : user('sales2').id,
  }
  const asked = action === 'restore' ? 'delete' : action
  return customerPermission({ userId: me.id, role: me.role }, asked, action === 'create' ? undefined : owned).allowed
}

/** A customer with the relation of the case. In company B an owner of company A can't even be entered. */
async function makeCustomer({ login, company, relation, action }: Case): Promise<string> {
  const me = user(login)
  const companyId = company === 'same' ? COMPANY_A : COMPANY_B
  const id = crypto.randomUUID()
  await sql`
    insert into public.customers (id, company_id, customer_name, owner_id, created_by_user_id, deleted_at)
    values (${id}, ${companyId}, 'Case', ${relation === 'owned' && company === 'same' ? me.id : null},
            ${relation === 'created' ? me.id : user('sales2').id}, ${action === 'restore' ? sql`now()` : null})`
  return id
}

/** Another customer of the company, for a merge. */
async function duplicateIn(companyId: string): Promise<string> {
  const id = crypto.randomUUID()
  await sql`insert into public.customers (id, company_id, customer_name) values (${id}, ${companyId}, 'Duplicate')`
  return id
}

async function stateOf(id: string) {
  const [row] = await sql<{ customer_name: string; deleted: boolean }[]>`
    select customer_name, deleted_at is not null as deleted from public.customers where id = ${id}`
  return row
}

/** Whether the change asked for is in the table now. */
async function happened(action: Case['action'], id: string): Promise<boolean> {
  const row = await stateOf(id)
  if (action === 'create') return row !== undefined
  if (action === 'edit') return row?.customer_name === 'Edited'
  if (action === 'merge') return (await sql`select from public.customers where merged_into = ${id}`).count === 1
  if (action === 'export')
    return (await sql`select from public.audit_log where customer_id = ${id} and action = 'exported'`).count === 1
  return row?.deleted === (action === 'delete')
}

test('R-1: the cases cover every role of the matrix', () => {
  expect(LOGINS.map((login) => user(login).role)).toEqual(Object.keys(CUSTOMER_PERMISSIONS))
})

describe('by SQL as authenticated', () => {
  test.each(cases)(
    'R-1: $login may $action a customer of the $company company that is $relation: as the matrix says',
    async (given) => {
      const me = user(given.login)
      const companyId = given.company === 'same' ? COMPANY_A : COMPANY_B
      const id = given.action === 'create' ? crypto.randomUUID() : await makeCustomer(given)
      let seen = 0
      const outcome = asUser(sql, me.id, async (tx) => {
        if (given.action === 'create')
          await tx`insert into public.customers (id, company_id, customer_name) values (${id}, ${companyId}, 'Made')`
        if (given.action === 'view') seen = (await tx`select from public.customers where id = ${id}`).count
        if (given.action === 'edit') await tx`update public.customers set customer_name = 'Edited' where id = ${id}`
        if (given.action === 'delete') await tx`update public.customers set deleted_at = now() where id = ${id}`
        if (given.action === 'restore') await tx`update public.customers set deleted_at = null where id = ${id}`
        if (given.action === 'merge')
          await tx`select public.merge_customers(${companyId}, ${id}, ${[await duplicateIn(companyId)]}::uuid[])`
        if (given.action === 'export') await tx`select public.export_customer_data(${companyId}, ${id})`
      })
      const refused = await outcome.then(
        () => false,
        (error: { code?: string }) => {
          // Refused by policy or trigger, never by accident.
          expect(error.code).toBe('42501')
          return true
        },
      )
      const done = given.action === 'view' ? seen === 1 : await happened(given.action, id)
      expect(done && !refused).toBe(expected(given))
    },
  )

  test.each(LOGINS)('R-1: %s can not delete a row for good', async (login) => {
    const id = await makeCustomer({ login, company: 'same', action: 'edit', relation: 'owned' })
    await expect(
      asUser(sql, user(login).id, (tx) => tx`delete from public.customers where id = ${id}`),
    ).rejects.toMatchObject({ code: '42501' })
    expect(await stateOf(id)).toBeDefined()
  })

  test.each([
    'source',
    'conversation_count',
    'view_count',
    'created_by_user_id',
    'created_at',
    'rev',
    'field_edits',
    'merged_into',
    'company_id',
    'id',
  ])('R-1: even the owner can not write %s of a customer', async (column) => {
    const id = await makeCustomer({ login: 'owner', company: 'same', action: 'edit', relation: 'owned' })
    await expect(
      asUser(
        sql,
        user('owner').id,
        (tx) => tx`update public.customers set ${tx(column)} = ${tx(column)} where id = ${id}`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('R-1: a sales rep hands an own customer over to a colleague, then may not edit it any more', async () => {
    const rep = user('sales')
    const id = await makeCustomer({ login: 'sales', company: 'same', action: 'edit', relation: 'owned' })
    await asUser(sql, rep.id, (tx) => tx`update public.customers set owner_id = ${user('sales2').id} where id = ${id}`)
    const again = await asUser(
      sql,
      rep.id,
      (tx) => tx`update public.customers set customer_name = 'Edited' where id = ${id}`,
    )
    expect(again.count).toBe(0)
  })

  test('R-2: an owner from another company is refused by the key itself', async () => {
    const id = await makeCustomer({ login: 'manager', company: 'same', action: 'edit', relation: 'owned' })
    await expect(
      sql`update public.customers set owner_id = ${user('sales', COMPANY_B).id} where id = ${id}`,
    ).rejects.toMatchObject({ code: '23503' })
  })

  test('R-1: who created a customer and when can not be forged', async () => {
    const me = user('sales')
    const [row] = await asUser(
      sql,
      me.id,
      (tx) => tx`
      insert into public.customers (company_id, customer_name, created_at) values (${COMPANY_A}, 'Mine', now() + interval '9 days')
      returning created_by_user_id, created_by_user_name, created_at <= now() as past`,
    )
    expect(row).toMatchObject({ created_by_user_id: me.id, created_by_user_name: me.name, past: true })
    await expect(
      asUser(
        sql,
        me.id,
        (tx) =>
          tx`insert into public.customers (company_id, customer_name, created_by_user_id) values (${COMPANY_A}, 'X', ${user('sales2').id})`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('SY-4: an edit is stamped per field, with the time handed over, never in the future', async () => {
    const me = user('manager')
    const id = await makeCustomer({ login: 'manager', company: 'same', action: 'edit', relation: 'owned' })
    await asUser(
      sql,
      me.id,
      (tx) => tx`update public.customers set customer_name = 'A', edited_at = '2026-01-02T03:04:05Z' where id = ${id}`,
    )
    await asUser(
      sql,
      me.id,
      (tx) =>
        tx`update public.customers set customer_phone = '1', edited_at = now() + interval '1 year' where id = ${id}`,
    )
    const [row] = await sql`
      select field_edits -> 'name' ->> 'at' as name_at, field_edits -> 'name' ->> 'byName' as name_by,
             (field_edits -> 'phone' ->> 'at')::timestamptz <= now() as phone_past,
             field_edits ? 'email' as email_edited, edited_at, edit_times
        from public.customers where id = ${id}`
    expect(row).toEqual({
      name_at: '2026-01-02T03:04:05.000000Z',
      name_by: me.name,
      phone_past: true,
      email_edited: false,
      edited_at: null,
      edit_times: null,
    })
  })

  test('SY-4: a deleted customer can not be edited, and a restored one can', async () => {
    const me = user('owner')
    const id = await makeCustomer({ login: 'owner', company: 'same', action: 'restore', relation: 'owned' })
    await expect(
      asUser(sql, me.id, (tx) => tx`update public.customers set customer_name = 'Edited' where id = ${id}`),
    ).rejects.toMatchObject({ code: '55000' })
    await asUser(sql, me.id, (tx) => tx`update public.customers set deleted_at = null where id = ${id}`)
    await asUser(sql, me.id, (tx) => tx`update public.customers set customer_name = 'Edited' where id = ${id}`)
    expect(await stateOf(id)).toEqual({ customer_name: 'Edited', deleted: false })
  })

  test('DB-1: every change of a customer is in the audit log, which nobody can change', async () => {
    const me = user('owner')
    const id = crypto.randomUUID()
    await asUser(
      sql,
      me.id,
      (tx) => tx`insert into public.customers (id, company_id, customer_name) values (${id}, ${COMPANY_A}, 'Logged')`,
    )
    await asUser(sql, me.id, (tx) => tx`update public.customers set customer_email = 'a@b.example' where id = ${id}`)
    await asUser(sql, me.id, (tx) => tx`update public.customers set deleted_at = now() where id = ${id}`)
    await asUser(sql, me.id, (tx) => tx`update public.customers set deleted_at = null where id = ${id}`)
    const log = await asUser(
      sql,
      me.id,
      (tx) => tx`select action, changes, user_name from public.audit_log where customer_id = ${id} order by id`,
    )
    expect(log).toEqual([
      { action: 'created', changes: {}, user_name: me.name },
      { action: 'updated', changes: { email: { from: null, to: 'a@b.example' } }, user_name: me.name },
      { action: 'deleted', changes: {}, user_name: me.name },
      { action: 'restored', changes: {}, user_name: me.name },
    ])
    await expect(
      asUser(sql, me.id, (tx) => tx`delete from public.audit_log where customer_id = ${id}`),
    ).rejects.toMatchObject({ code: '42501' })
    // Not even the superuser, by mistake.
    await expect(sql`update public.audit_log set action = 'created' where customer_id = ${id}`).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('through supabase-js', () => {
  test.each(LOGINS)('R-1: %s gets through the API exactly what the matrix says', async (login) => {
    const supabase = await client(server.backend, user(login))
    const wrong: string[] = []
    for (const given of cases.filter((each) => each.login === login)) {
      const companyId = given.company === 'same' ? COMPANY_A : COMPANY_B
      const id = given.action === 'create' ? crypto.randomUUID() : await makeCustomer(given)
      const table = supabase.from('customers')
      let seen = 0
      if (given.action === 'create') await table.insert({ id, company_id: companyId, customer_name: 'Made' })
      if (given.action === 'view') seen = (await table.select('id').eq('id', id)).data?.length ?? 0
      if (given.action === 'edit') await table.update({ customer_name: 'Edited' }).eq('id', id)
      if (given.action === 'delete') await table.update({ deleted_at: new Date().toISOString() }).eq('id', id)
      if (given.action === 'restore') await table.update({ deleted_at: null }).eq('id', id)
      if (given.action === 'merge')
        await supabase.rpc('merge_customers', {
          p_company: companyId,
          p_target: id,
          p_sources: [await duplicateIn(companyId)],
        })
      if (given.action === 'export')
        await supabase.rpc('export_customer_data', { p_company: companyId, p_customer: id })
      const done = given.action === 'view' ? seen === 1 : await happened(given.action, id)
      if (done !== expected(given)) wrong.push(JSON.stringify(given))
    }
    expect(wrong).toEqual([])
  })
})
