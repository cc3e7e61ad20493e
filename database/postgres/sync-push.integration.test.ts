import postgres, { type Sql, type TransactionSql } from 'postgres'
import { describe, expect, test } from 'vitest'
import { type Customer, FIELD_LIMITS, forEachText, type OptionalText } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { type Mutation, mutationSchema, pushAnswerSchema, type Verdict } from '#shared/sync-protocol/push.ts'
import { beforeVerdict, someoneWaits } from '../embedded/testing/before-verdict.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend()
const { sql } = server

const now = () => new Date().toISOString()

function create(changes: Record<string, unknown> = {}, id: string = crypto.randomUUID()): Mutation {
  return {
    op: 'create',
    mutationId: crypto.randomUUID(),
    id,
    editedAt: now(),
    createdAt: now(),
    source: 'manual',
    changes: { name: 'Made', ...changes },
  }
}

function update(id: string, base: Record<string, unknown>, changes: Record<string, unknown>): Mutation {
  return { op: 'update', mutationId: crypto.randomUUID(), id, editedAt: now(), base, changes }
}

function simple(op: 'delete' | 'restore', id: string): Mutation {
  return { op, mutationId: crypto.randomUUID(), id, editedAt: now() }
}

/** Pushes as somebody; the answer is parsed with the shared schema and must come in the order sent. */
async function push(login: string, mutations: readonly unknown[], on: Sql = sql): Promise<Verdict[]> {
  return asUser(on, user(login).id, (tx) => send(tx, mutations))
}

async function send(tx: TransactionSql, mutations: readonly unknown[]): Promise<Verdict[]> {
  const [row] = await tx`
    select public.sync_push(${COMPANY_A}, 'customers', ${JSON.stringify(mutations)}::text::json) as answer`
  const { verdicts } = pushAnswerSchema.parse(row?.answer)
  const ids = mutations.map((each) => (each as { mutationId: string }).mutationId)
  expect(verdicts.map((verdict) => verdict.mutationId)).toEqual(ids)
  return verdicts
}

async function pushOne(login: string, mutation: unknown): Promise<Verdict> {
  const [verdict] = await push(login, [mutation])
  if (verdict === undefined) throw new Error('No verdict.')
  return verdict
}

async function made(login: string, changes: Record<string, unknown> = {}): Promise<Customer> {
  const verdict = await pushOne(login, create(changes))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return verdict.row
}

async function count(id: string): Promise<number> {
  return (await sql`select from public.customers where id = ${id}`).count
}

async function auditCount(id: string): Promise<number> {
  return (await sql`select from public.audit_log where customer_id = ${id}`).count
}

/** Makes somebody of the other company a member of the first, too. */
function join(id: string) {
  return sql`
    insert into public.company_members (company_id, user_id, role, display_name)
    values (${COMPANY_A}, ${id}, 'sales', 'Newcomer')`
}

const statuses = (verdicts: readonly Verdict[]) =>
  verdicts.map((verdict) => (verdict.status === 'rejected' ? verdict.code : verdict.status))

describe('applying', () => {
  test('SY-2: a creation is written with its values, its time and its creator, and answered with the row', async () => {
    const me = user('sales')
    const mutation = create({
      name: 'Größe & Söhne',
      email: 'a@b.example',
      phone: '',
      tags: ['x', 'y'],
      ownerId: me.id,
      notes: null,
    })
    expect(mutationSchema.safeParse(mutation).success).toBe(true)
    const verdict = await pushOne('sales', { ...mutation, createdAt: '2025-01-02T03:04:05.678Z', source: 'import' })
    expect(verdict).toMatchObject({
      status: 'applied',
      row: {
        id: mutation.id,
        companyId: COMPANY_A,
        name: 'Größe & Söhne',
        email: 'a@b.example',
        phone: null,
        tags: ['x', 'y'],
        ownerId: me.id,
        source: 'import',
        createdByUserId: me.id,
        createdByUserName: me.name,
        createdAt: '2025-01-02T03:04:05.678000Z',
        fieldEdits: {},
      },
    })
  })

  test('SY-4: an update writes its fields only, and stamps them with when and by whom', async () => {
    const row = await made('sales', { phone: '1' })
    const verdict = await pushOne('manager', {
      ...update(row.id, { name: row.name }, { name: 'New', tags: ['t'] }),
      editedAt: '2026-02-03T04:05:06.000Z',
    })
    expect(verdict).toMatchObject({
      status: 'applied',
      row: {
        name: 'New',
        phone: '1',
        tags: ['t'],
        fieldEdits: {
          name: { at: '2026-02-03T04:05:06.000000Z', by: user('manager').id, byName: user('manager').name },
          tags: { at: '2026-02-03T04:05:06.000000Z' },
        },
      },
    })
  })

  test('SY-4: an edit time in the future counts as now', async () => {
    const row = await made('sales')
    const verdict = await pushOne('sales', {
      ...update(row.id, {}, { name: 'Soon' }),
      editedAt: '2999-01-01T00:00:00Z',
    })
    if (verdict.status !== 'applied') throw new Error('Not applied.')
    expect(Date.parse(verdict.row.fieldEdits.name?.at ?? '')).toBeLessThanOrEqual(Date.now() + 1_000)
  })

  test('SY-4: fields of one update are stamped with their own times, never in the future; the rest with its time', async () => {
    const { id } = await made('owner')
    const times = { phone: '2026-01-02T03:04:05.000Z', address: '2999-01-01T00:00:00Z' }
    const changes = { phone: '1', address: 'Here', tags: ['a'] }
    const verdict = await pushOne('owner', { ...update(id, {}, changes), editedAt: '2026-02-01T00:00:00Z', times })
    if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
    const { fieldEdits } = verdict.row
    expect(fieldEdits.phone?.at).toBe('2026-01-02T03:04:05.000000Z')
    expect(fieldEdits.tags?.at).toBe('2026-02-01T00:00:00.000000Z')
    expect(Date.parse(fieldEdits.address?.at ?? '')).toBeLessThanOrEqual(Date.now())
    const bad = await pushOne('owner', { ...update(id, {}, { phone: '2' }), times: { phone: 'yesterday-ish' } })
    expect(bad).toMatchObject({ status: 'rejected', code: 'invalid' })
  })

  test('SY-3: several changes of one customer in one batch apply in their order', async () => {
    const mutation = create({ name: '0' })
    const chain = Array.from({ length: 5 }, (_, i) => update(mutation.id, { name: String(i) }, { name: String(i + 1) }))
    const other = create({ name: 'Other' })
    const verdicts = await push('owner', [
      mutation,
      chain[0],
      other,
      ...chain.slice(1),
      simple('delete', mutation.id),
      simple('restore', mutation.id),
    ])
    expect(statuses(verdicts)).toEqual(Array.from({ length: 9 }, () => 'applied'))
    expect(verdicts.at(-1)).toMatchObject({ row: { name: '5', deletedAt: null } })
  })

  test('SY-3: 1,000 changes of one customer in one batch apply in their order, in time', async () => {
    const row = await made('owner', { name: '0' })
    const chain = Array.from({ length: 1_000 }, (_, i) => update(row.id, { name: `${i}` }, { name: `${i + 1}` }))
    const verdicts = await push('owner', chain)
    expect(new Set(statuses(verdicts))).toEqual(new Set(['applied']))
    expect(verdicts.at(-1)).toMatchObject({ row: { name: '1000' } })
  })

  test.each(['-infinity', '0044-03-15 BC', 'infinity', '9999-12-31T23:59:59Z'])(
    'SY-3: a time of %s never reaches a replica',
    async (time) => {
      const mutation = create()
      await push('owner', [
        { ...mutation, createdAt: time },
        { ...update(mutation.id, {}, { name: 'X' }), editedAt: time },
      ])
      // `push` parsed the rows with the shared schema; what is stored is within reason.
      const [row] = await sql`
        select created_at between '1900-01-01Z' and now() as created,
               (field_edits -> 'name' ->> 'at')::timestamptz between '2000-01-01Z' and now() as edited
          from public.customers where id = ${mutation.id}`
      expect(row).toEqual({ created: true, edited: true })
    },
  )

  test('SY-2: 1,000 changes go in one batch, 1,001 do not, nor does anything that is no array', async () => {
    const batch = Array.from({ length: 1_000 }, () => create())
    const started = performance.now()
    expect(new Set(statuses(await push('sales', batch)))).toEqual(new Set(['applied']))
    // About 0.1 s on an idle machine; a plan that walks the table for every row takes far longer.
    expect(performance.now() - started).toBeLessThan(3_000)
    await expect(push('sales', [...batch, create()])).rejects.toMatchObject({ code: '22023' })
    await expect(
      asUser(sql, user('sales').id, (tx) => tx`select public.sync_push(${COMPANY_A}, 'customers', '{}'::json)`),
    ).rejects.toMatchObject({ code: '22023' })
    await expect(
      asUser(sql, user('sales').id, (tx) => tx`select public.sync_push(${COMPANY_A}, 'quotes', '[]'::json)`),
    ).rejects.toMatchObject({ code: '22023' })
    expect(await push('sales', [])).toEqual([])
  })
})

describe('repeats', () => {
  test('SY-2: a repeated batch is answered as applied and writes nothing', async () => {
    const row = await made('sales')
    const batch = [create(), update(row.id, { name: row.name }, { name: 'Once' }), create()]
    await push('sales', batch)
    const before = await sql`select id, rev::text from public.customers order by id`
    const logged = await auditCount(row.id)
    const again = await push('sales', batch)
    expect(statuses(again)).toEqual(['applied', 'applied', 'applied'])
    expect(again[1]).toMatchObject({ row: { name: 'Once' } })
    expect(await sql`select id, rev::text from public.customers order by id`).toEqual(before)
    expect(await auditCount(row.id)).toBe(logged)
  })

  test('SY-2: a repeat after somebody else edited the row is still applied, and shows the row as it is now', async () => {
    const row = await made('sales')
    const mutation = update(row.id, { name: row.name }, { name: 'Mine' })
    await pushOne('sales', mutation)
    await pushOne('manager', update(row.id, { name: 'Mine' }, { name: 'Theirs' }))
    expect(await pushOne('sales', mutation)).toMatchObject({ status: 'applied', row: { name: 'Theirs' } })
    // Even where the base holds again: what somebody took back is not done a second time.
    await pushOne('manager', update(row.id, { name: 'Theirs' }, { name: row.name }))
    expect(await pushOne('sales', mutation)).toMatchObject({ status: 'applied', row: { name: row.name } })
  })

  test('SY-2: the same batch sent ten times at once is written once', async () => {
    const pool = postgres(server.backend.postgresUrl, { max: 10, onnotice: () => {} })
    try {
      const row = await made('sales')
      const batch = [
        ...Array.from({ length: 50 }, () => create()),
        update(row.id, { name: row.name }, { name: 'Once' }),
      ]
      const answers = await Promise.all(Array.from({ length: 10 }, () => push('sales', batch, pool)))
      for (const answer of answers) expect(new Set(statuses(answer))).toEqual(new Set(['applied']))
      for (const mutation of batch.slice(0, 50)) expect(await auditCount(mutation.id)).toBe(1)
      expect(await auditCount(row.id)).toBe(2)
    } finally {
      await pool.end({ timeout: 5 })
    }
  })

  test('SY-2: copies of a batch with a bad row, sent at once, do not lock each other out', async () => {
    const pool = postgres(server.backend.postgresUrl, { max: 8, onnotice: () => {} })
    try {
      for (let round = 0; round < 5; round += 1) {
        const batch = [...Array.from({ length: 50 }, () => create()), create({ name: '' })]
        const answers = await Promise.all(Array.from({ length: 8 }, () => push('sales', batch, pool)))
        for (const answer of answers) expect(statuses(answer)).toEqual([...Array(50).fill('applied'), 'invalid'])
      }
    } finally {
      await pool.end({ timeout: 5 })
    }
  })

  test('SY-2: batches that touch the same customers in opposite order do not lock each other out', async () => {
    const pool = postgres(server.backend.postgresUrl, { max: 8, onnotice: () => {} })
    try {
      const rows = await Promise.all(Array.from({ length: 30 }, () => made('owner')))
      const edits = (login: string) =>
        rows.map((row) => update(row.id, {}, { notes: `${login} ${crypto.randomUUID()}` }))
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, i) =>
          push(i % 2 === 0 ? 'owner' : 'manager', i % 2 === 0 ? edits('o') : edits('m').reverse(), pool),
        ),
      )
      for (const answer of answers) expect(new Set(statuses(answer))).toEqual(new Set(['applied']))
    } finally {
      await pool.end({ timeout: 5 })
    }
  })

  test('SY-2: a late copy of a change that met a conflict writes nothing where its base holds again; alone, among others, and beside a bad one', async () => {
    const row = await made('sales')
    const mutation = update(row.id, { name: 'Not so' }, { name: 'New' })
    expect(await pushOne('sales', mutation)).toMatchObject({ status: 'conflict', row: { name: row.name } })
    await pushOne('manager', update(row.id, { name: row.name }, { name: 'Not so' }))
    const logged = await auditCount(row.id)
    const again = { status: 'conflict', row: { id: row.id, name: 'Not so' } }
    expect(await pushOne('sales', mutation)).toMatchObject(again)
    const good = create()
    expect(await push('sales', [create(), mutation, good])).toMatchObject([{ status: 'applied' }, again, {}])
    expect(statuses(await push('sales', [mutation, good, create({ name: '' })]))).toEqual([
      'conflict',
      'applied',
      'invalid',
    ])
    expect(await auditCount(row.id)).toBe(logged)
    expect(await pushOne('sales', { ...mutation, mutationId: crypto.randomUUID() })).toMatchObject({
      status: 'applied',
      row: { name: 'New' },
    })
  })

  test('SY-2: a conflict that was first met beside a bad row stands where its base holds again', async () => {
    const row = await made('sales')
    const mutation = update(row.id, { name: 'Not so' }, { name: 'New' })
    expect(statuses(await push('sales', [mutation, create({ name: '' })]))).toEqual(['conflict', 'invalid'])
    await pushOne('manager', update(row.id, { name: row.name }, { name: 'Not so' }))
    expect(await pushOne('sales', mutation)).toMatchObject({ status: 'conflict', row: { name: 'Not so' } })
  })

  test.each([
    ['a character that Postgres can not store', { notes: 'a\u0000b' }, { notes: 'ab' }],
    ['a field of a newer app', { birthday: '1970-01-01' }, {}],
  ])('SY-8: a change with %s is not in the ledger: read by a later server it is judged', async (_, unread, read) => {
    const made = { ...create(), changes: { name: 'Made' } }
    const unreadable = { ...made, changes: { ...made.changes, ...unread } }
    expect(await pushOne('sales', unreadable)).toMatchObject({ status: 'rejected', code: 'invalid' })
    const readable = { ...made, changes: { ...made.changes, ...read } }
    expect(await pushOne('sales', readable)).toMatchObject({ status: 'applied' })
  })

  test('SY-2: of a change that is sent twice at once, the second waits for the word on the first', async () => {
    const pool = postgres(server.backend.postgresUrl, { max: 2, onnotice: () => {} })
    try {
      const row = await made('sales')
      const mutation = update(row.id, { name: 'Not so' }, { name: 'New' })
      let second: Promise<Verdict[]> = Promise.resolve([])
      const first = await asUser(pool, user('sales').id, async (tx) => {
        const verdicts = await send(tx, [mutation])
        // From here on the base holds.
        await send(tx, [update(row.id, { name: row.name }, { name: 'Not so' })])
        second = push('sales', [mutation], pool)
        await someoneWaits(sql)
        return verdicts
      })
      expect(statuses(first)).toEqual(['conflict'])
      expect(await second).toMatchObject([{ status: 'conflict', row: { name: 'Not so' } }])
    } finally {
      await pool.end({ timeout: 5 })
    }
  })

  test.each([
    [
      'forbidden',
      () => ({ phone: '2' }),
      (id: string) => sql`update public.customers set owner_id = ${user('sales').id} where id = ${id}`,
    ],
    ['invalid', (newcomer: string) => ({ ownerId: newcomer }), (_: string, newcomer: string) => join(newcomer)],
  ] as const)(
    'SY-2: a late copy of a change refused as %s stays refused when its reason is gone; sent anew it is judged anew',
    async (code, changes, mend) => {
      const login = code === 'forbidden' ? 'sales' : 'owner'
      const row = await made('owner')
      const newcomer = user('sales', COMPANY_B).id
      const mutation = update(row.id, {}, changes(newcomer))
      const refused = await pushOne(login, mutation)
      expect(refused).toMatchObject({ status: 'rejected', code })
      await mend(row.id, newcomer)
      expect(await push(login, [create(), mutation])).toMatchObject([{ status: 'applied' }, refused])
      expect(await pushOne(login, { ...mutation, mutationId: crypto.randomUUID() })).toMatchObject({
        status: 'applied',
      })
    },
  )

  test('SY-5: what was refused for want of membership is not in the ledger: it waits again when access is back', async () => {
    const newcomer = user('manager', COMPANY_B).id
    const mutation = create()
    const pushed = async () => statuses(await asUser(sql, newcomer, (tx) => send(tx, [mutation])))
    expect(await pushed()).toEqual(['forbidden'])
    await join(newcomer)
    expect(await pushed()).toEqual(['applied'])
  })

  test('SY-2: a repeated batch reads its own lines of the ledger, not all of its user', async () => {
    const { id } = user('sales')
    const batch = Array.from({ length: 20 }, () => create())
    await push('sales', batch)
    await sql`
      insert into private.judged_mutations (user_id, mutation_id, company_id, record_id)
      select ${id}, gen_random_uuid(), ${COMPANY_A}, gen_random_uuid() from generate_series(1, 20000)`
    await sql`analyze private.judged_mutations`
    const read = await asUser(sql, id, async (tx) => {
      const linesRead = async () => {
        const [row] = await tx<{ lines: number }[]>`
          select (seq_tup_read + idx_tup_fetch)::integer as lines
            from pg_catalog.pg_stat_xact_all_tables where relname = 'judged_mutations'`
        return row?.lines ?? Number.NaN
      }
      const before = await linesRead()
      await send(tx, batch)
      return (await linesRead()) - before
    })
    expect(read).toBeLessThan(100)
  })

  test('SY-5: a change whose author was put out while it was judged is not in the ledger as applied', async () => {
    const { id, name } = user('manager')
    const row = await made('owner')
    const mutation = update(row.id, { name: 'Not so' }, { name: 'New' })
    let judged: Promise<Verdict[]> = Promise.resolve([])
    await sql.begin(async (tx) => {
      await tx`select from public.customers where id = ${row.id} for update`
      judged = push('manager', [mutation])
      await someoneWaits(sql)
      await tx`delete from public.company_members where user_id = ${id}`
    })
    const verdicts = await judged
    await sql`
      insert into public.company_members (company_id, user_id, role, display_name)
      values (${COMPANY_A}, ${id}, 'manager', ${name})`
    expect(verdicts).toMatchObject([{ code: 'forbidden', message: 'You are not a member of this company.' }])
    expect(await pushOne('manager', mutation)).toMatchObject({ status: 'conflict' })
  })

  test('SY-2: a refusal gives way to what became of a copy that was quicker', async () => {
    const row = await made('owner')
    const newcomer = user('sales2', COMPANY_B).id
    const mutation = update(row.id, {}, { ownerId: newcomer })
    const takes = ['uuid', 'uuid', 'text', 'text', 'text', 'text', 'text']
    const verdicts = await beforeVerdict(
      sql,
      { userId: user('owner').id, verdictFunction: 'verdict_of_error', takes },
      (tx) => send(tx, [mutation]),
      async () => {
        await join(newcomer)
        expect(await pushOne('owner', mutation)).toMatchObject({ status: 'applied' })
      },
    )
    expect(verdicts).toMatchObject([{ status: 'applied', row: { ownerId: newcomer } }])
  })

  test('SY-2: of a line of the ledger its user can change nothing but the word on it', async () => {
    await pushOne('sales', create())
    const set = (assignment: string) =>
      asUser(sql, user('sales').id, (tx) => tx.unsafe(`update private.judged_mutations set ${assignment}`))
    for (const column of ['user_id', 'mutation_id', 'company_id', 'record_id'])
      await expect(set(`${column} = ${column}`), column).rejects.toMatchObject({ code: '42501' })
    await set('refusal = refusal')
  })

  test("SY-2: a colleague's mutation id is no repeat of mine", async () => {
    const theirs = create()
    await pushOne('manager', theirs)
    const mine = { ...create({ name: 'Mine' }), mutationId: theirs.mutationId }
    expect(await pushOne('sales', mine)).toMatchObject({ status: 'applied', row: { id: mine.id, name: 'Mine' } })
  })
})

describe('conflicts', () => {
  test.each([
    ['name', 'A', 'B'],
    ['email', 'a@b.example', null],
    ['phone', null, '2'],
    ['address', 'Here', 'There'],
    ['notes', null, 'N'],
    ['tags', ['a', 'b'], ['b', 'a']],
    ['ownerId', null, 'rep'],
  ])(
    'SY-4: an outdated base of %s is a conflict and writes nothing; the true one applies',
    async (field, was, claimed) => {
      const value = (text: unknown) => (text === 'rep' ? user('sales').id : text)
      const row = await made('manager', { [field]: value(was) })
      const bad = await pushOne('manager', update(row.id, { [field]: value(claimed) }, { notes: 'written' }))
      expect(bad).toMatchObject({ status: 'conflict', row: { id: row.id, [field]: value(was) } })
      expect(await auditCount(row.id)).toBe(1)
      expect(await pushOne('manager', update(row.id, { [field]: value(was) }, { notes: 'written' }))).toMatchObject({
        status: 'applied',
      })
    },
  )

  test('SY-4: edits of different fields never meet', async () => {
    const row = await made('manager')
    await pushOne('manager', update(row.id, { phone: null }, { phone: '1' }))
    expect(await pushOne('owner', update(row.id, { address: null }, { address: 'Here' }))).toMatchObject({
      status: 'applied',
      row: { phone: '1', address: 'Here' },
    })
  })

  test('SY-4: a deletion is not undone by an edit', async () => {
    const row = await made('manager')
    await pushOne('owner', simple('delete', row.id))
    const verdict = await pushOne('manager', update(row.id, { name: row.name }, { name: 'Back' }))
    expect(verdict).toMatchObject({ status: 'conflict', row: { name: row.name } })
    expect(verdict.status === 'conflict' && verdict.row.deletedAt).not.toBeNull()
  })

  test('SY-4: creating a customer that is there already, by another mutation, is a conflict with the row', async () => {
    const row = await made('sales', { name: 'First' })
    expect(await pushOne('sales', create({ name: 'Second' }, row.id))).toMatchObject({
      status: 'conflict',
      row: { name: 'First' },
    })
  })

  test('SY-4: of many who edit one field at once from one base, one is applied and the others hear of it', async () => {
    const pool = postgres(server.backend.postgresUrl, { max: 8, onnotice: () => {} })
    try {
      const row = await made('manager')
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          push('manager', [update(row.id, { name: row.name }, { name: `N${i}` })], pool),
        ),
      )
      expect(answers.flatMap(statuses).sort()).toEqual(['applied', ...Array.from({ length: 7 }, () => 'conflict')])
    } finally {
      await pool.end({ timeout: 5 })
    }
  })
})

describe('refusals', () => {
  test.each([
    ['analyst', 'create'],
    ['analyst', 'edit'],
    ['sales', 'edit'],
    ['sales', 'delete'],
    ['manager', 'delete'],
    ['analyst', 'delete'],
  ] as const)('R-3: %s may not %s, and hears it in the words of the app', async (login, action) => {
    const row = await made('owner')
    const mutation =
      action === 'create' ? create() : action === 'edit' ? update(row.id, {}, { name: 'X' }) : simple('delete', row.id)
    const permission = customerPermission(
      { userId: user(login).id, role: user(login).role },
      action,
      action === 'create' ? undefined : { ownerId: null, createdByUserId: null },
    )
    expect(await pushOne(login, mutation)).toEqual({
      status: 'rejected',
      mutationId: mutation.mutationId,
      code: 'forbidden',
      message: permission.allowed ? 'allowed?' : permission.reason,
      field: null,
    })
    expect(await auditCount(row.id)).toBe(1)
    expect(action === 'create' ? await count(mutation.id) : 0).toBe(0)
  })

  test.each([
    ['name', { name: ' \t' }],
    ['name', { name: 'x'.repeat(201) }],
    ['email', { email: 'no at sign' }],
    ['tags', { tags: [''] }],
    ['tags', { tags: ['x'.repeat(61)] }],
    ['tags', { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }],
    ['ownerId', { ownerId: '00000000-0000-4000-8000-00000000dead' }],
  ])('R-3: a value of %s that breaks a rule is refused with the field', async (field, changes) => {
    const row = await made('owner')
    expect(await pushOne('owner', create(changes))).toMatchObject({ status: 'rejected', code: 'invalid', field })
    expect(await pushOne('owner', update(row.id, {}, changes))).toMatchObject({
      status: 'rejected',
      code: 'invalid',
      field,
    })
  })

  test('R-3: a name and tags as long as the app allows are stored', async () => {
    const longest = { name: 'ü'.repeat(200), tags: Array.from({ length: 50 }, (_, i) => `${i}`.padEnd(60, 'x')) }
    expect(await pushOne('owner', create(longest))).toMatchObject({ status: 'applied', row: longest })
  })

  const SAMPLES: Partial<Record<OptionalText, string>> = { email: 'zqx@x.example', phone: '0455 019 123' }

  // Whoever adds a text and forgets a place in the database sees it here.
  test.each(Object.keys(forEachText(() => null)) as OptionalText[])(
    'R-3 SE-1: %s is stored up to its limit, edited, found, emptied, and refused beyond its limit in words of its own',
    async (field) => {
      const long = (length: number) => (field === 'email' ? `${'a'.repeat(length - 10)}@x.example` : 'ü'.repeat(length))
      const [longest, tooLong] = [long(FIELD_LIMITS[field]), long(FIELD_LIMITS[field] + 1)]
      const sample = SAMPLES[field] ?? 'Zqxword'
      const { id } = await made('owner', { [field]: longest })
      expect(await pushOne('owner', update(id, { [field]: longest }, { [field]: sample }))).toMatchObject({
        status: 'applied',
        row: { [field]: sample, fieldEdits: { [field]: {} } },
      })
      const [found] = await asUser(
        sql,
        user('owner').id,
        (tx) => tx`select public.search_customers(${COMPANY_A}, ${sample}) -> 'rows' -> 0 ->> 'id' as id`,
      )
      expect(found?.id).toBe(id)
      for (const mutation of [create({ [field]: tooLong }), update(id, { [field]: sample }, { [field]: tooLong })]) {
        const refused = await pushOne('owner', mutation)
        expect(refused).toMatchObject({ status: 'rejected', code: 'invalid', field })
        expect(refused).not.toMatchObject({ message: 'A value breaks a rule of the database.' })
      }
      expect(await pushOne('owner', update(id, { [field]: sample }, { [field]: '' }))).toMatchObject({
        status: 'applied',
        row: { [field]: null },
      })
    },
  )

  test('R-3: a customer that is not there is not found', async () => {
    expect(await pushOne('owner', update(crypto.randomUUID(), {}, { name: 'X' }))).toMatchObject({
      status: 'rejected',
      code: 'not_found',
    })
    expect(await pushOne('owner', simple('delete', crypto.randomUUID()))).toMatchObject({
      status: 'rejected',
      code: 'not_found',
    })
  })

  test.each([
    ['a character that Postgres can not store', (id: string) => update(id, {}, { notes: 'a\u0000b' })],
    ['half a surrogate pair', (id: string) => update(id, {}, { notes: '\ud800' })],
    ['an unknown operation', (id: string) => ({ ...update(id, {}, {}), op: 'explode' })],
    ['a time that is none', (id: string) => ({ ...update(id, {}, { name: 'X' }), editedAt: 'soon' })],
    ['no changes', (id: string) => ({ ...update(id, {}, {}), changes: undefined })],
    ['a field of a newer app', (id: string) => update(id, {}, { birthday: '1970-01-01' })],
    ['tags that are no list', (id: string) => update(id, {}, { tags: 'x' })],
    ['an id that is none', () => ({ ...update('x', {}, {}), id: 'x' })],
    ['an id that is none and changes that are no object', () => ({ ...simple('delete', 'x'), changes: 5 })],
    ['a customer that no page would show', () => create({}, '00000000-0000-0000-0000-000000000000')],
    ['a bad email', (id: string) => update(id, {}, { email: 'nope' })],
  ])('SY-3: one row with %s is refused and delays nobody', async (_, poison) => {
    const row = await made('owner')
    const good = Array.from({ length: 20 }, () => create())
    const verdicts = await push('owner', [
      ...good.slice(0, 10),
      poison(row.id),
      ...good.slice(10),
      update(row.id, {}, { notes: 'fine' }),
    ])
    expect(statuses(verdicts)).toEqual([
      ...Array.from({ length: 10 }, () => 'applied'),
      'invalid',
      ...Array.from({ length: 11 }, () => 'applied'),
    ])
    for (const mutation of good) expect(await count(mutation.id)).toBe(1)
  })

  test('SY-3: without an id of the mutation nothing of the batch is written', async () => {
    const good = create()
    await expect(push('owner', [good, { ...create(), mutationId: 'x' }])).rejects.toMatchObject({ code: '22023' })
    expect(await count(good.id)).toBe(0)
  })
})

describe('through supabase-js', () => {
  test('SY-2: push and pull speak the shared protocol over HTTP, characters and all', async () => {
    const supabase = await client(server.backend, user('sales'))
    const mutation = create({ name: 'Ærøskøbing "quoted" \\ 👩‍🔧', notes: 'line\nline', tags: ['Großkunde'] })
    const poison = create({ name: 'nul \u0000' })
    const pushed = await supabase.rpc('sync_push', {
      p_company: COMPANY_A,
      p_collection: 'customers',
      p_mutations: [mutation, poison],
    })
    expect(pushed.error).toBeNull()
    const { verdicts } = pushAnswerSchema.parse(pushed.data)
    expect(verdicts).toMatchObject([
      { status: 'applied', row: { name: 'Ærøskøbing "quoted" \\ 👩‍🔧', notes: 'line\nline', tags: ['Großkunde'] } },
      { status: 'rejected', code: 'invalid' },
    ])
  })
})
