import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(4)
const { sql } = server

interface Values {
  readonly email?: string | null
  readonly phone?: string | null
  readonly address?: string | null
  readonly notes?: string | null
  readonly tags?: string[]
}

/** A customer without history. Names are unique, so that nothing else of the database links to it. */
async function make(name: string, values: Values = {}, companyId: string = COMPANY_A): Promise<string> {
  const id = crypto.randomUUID()
  await sql`
    insert into public.customers (id, company_id, customer_name, customer_email, customer_phone, customer_address, customer_notes, tags)
    values (${id}, ${companyId}, ${name}, ${values.email ?? null}, ${values.phone ?? null}, ${values.address ?? null},
            ${values.notes ?? null}, ${values.tags ?? []})`
  return id
}

const addChat = async (customer: string) => {
  const id = crypto.randomUUID()
  await sql`
    insert into public."VC Usage" (id, company_id, session_id, customer_id, customer_link_source, customer_linked_at)
    values (${id}, ${COMPANY_A}, ${`s-${id}`}, ${customer}, 'manual', now())`
  return id
}
const addQuote = async (customer: string) => {
  const id = crypto.randomUUID()
  await sql`
    insert into public.quotes (id, company_id, customer_id, quote_number, currency)
    values (${id}, ${COMPANY_A}, ${customer}, ${`Q-${id}`}, 'AUD')`
  return id
}
const addInteraction = async (customer: string) => {
  const id = crypto.randomUUID()
  await sql`
    insert into public.customer_interactions (id, company_id, customer_id, interaction_type)
    values (${id}, ${COMPANY_A}, ${customer}, 'call')`
  return id
}
const TABLES = { chat: 'public.VC Usage', quote: 'public.quotes', interaction: 'public.customer_interactions' } as const
const ADD = { chat: addChat, quote: addQuote, interaction: addInteraction }
const KINDS = ['chat', 'quote', 'interaction'] as const

async function holderOf(kind: keyof typeof TABLES, id: string): Promise<string | undefined> {
  const [row] = await sql<{ customer_id: string }[]>`select customer_id from ${sql(TABLES[kind])} where id = ${id}`
  return row?.customer_id
}

async function fieldsOf(id: string) {
  const [row] = await sql`
    select customer_name as name, customer_email as email, customer_phone as phone, customer_address as address,
           customer_notes as notes, tags, merged_into, deleted_at is not null as deleted
      from public.customers where id = ${id}`
  return row
}

interface MergeAnswer {
  readonly status: string
  readonly merge: string
  readonly target: string
  readonly sources: string[]
}

async function merge(
  target: string,
  sources: string[],
  { choices = {}, id = crypto.randomUUID(), as = 'manager' }: { choices?: object; id?: string; as?: string } = {},
): Promise<MergeAnswer> {
  const [row] = await asUser(
    sql,
    user(as).id,
    (tx) => tx<{ answer: MergeAnswer }[]>`
      select public.merge_customers(${COMPANY_A}, ${target}, ${sources}::uuid[], ${tx.json({ ...choices })}, ${id}) as answer`,
  )
  if (row === undefined) throw new Error('No answer.')
  return row.answer
}

async function unmerge(id: string, as = 'manager'): Promise<string> {
  const [row] = await asUser(
    sql,
    user(as).id,
    (tx) => tx<{ answer: MergeAnswer }[]>`select public.unmerge_customers(${COMPANY_A}, ${id}) as answer`,
  )
  return row?.answer.status ?? ''
}

test('DB-6: conversations, quotes and interactions follow the target; the source becomes a tombstone that names it', async () => {
  const target = await make('Ada Kept')
  const source = await make('Ada Gone', { email: 'ada@gone.example' })
  const rows = await Promise.all(KINDS.map((kind) => ADD[kind](source)))
  const done = await merge(target, [source])
  expect(done).toMatchObject({ status: 'applied', target, sources: [source] })
  for (const [index, kind] of KINDS.entries()) expect(await holderOf(kind, rows[index] ?? '')).toBe(target)
  expect(await fieldsOf(source)).toMatchObject({ merged_into: target, deleted: true, name: 'Ada Gone' })
  // An empty field takes the source's value by itself.
  expect(await fieldsOf(target)).toMatchObject({ name: 'Ada Kept', email: 'ada@gone.example', deleted: false })
})

test('DB-6: a merge bears the time at which it was made: now, or when a laptop made it offline', async () => {
  const [target, one, two] = [await make('Timed Target'), await make('Timed One'), await make('Timed Two')]
  await merge(target, [one])
  const id = crypto.randomUUID()
  await asUser(
    sql,
    user('manager').id,
    (tx) => tx`
    select public.sync_push(${COMPANY_A}, 'merges', ${JSON.stringify([
      {
        op: 'create',
        id,
        mutationId: crypto.randomUUID(),
        editedAt: '2026-02-03T04:05:06Z',
        changes: { targetId: target, sourceIds: [two] },
      },
    ])}::text::json)`,
  )
  expect(
    await sql`
      select id = ${id} as offline, merged_at > now() - interval '1 minute' as just_now, merged_at = '2026-02-03T04:05:06Z' as at_its_time
        from public.customer_merges where target_customer_id = ${target} order by seq`,
  ).toEqual([
    { offline: false, just_now: true, at_its_time: false },
    { offline: true, just_now: false, at_its_time: true },
  ])
})

test('DB-4: a chat that comes in while its customer is merged away counts, and is taken over, where that one lives on', async () => {
  const target = await make('Racing Target', { email: 'racing.target@merge.example' })
  const source = await make('Racing Source', { email: 'racing.source@merge.example' })
  let chat: Promise<unknown> = Promise.resolve()
  await asUser(sql, user('manager').id, async (tx) => {
    await tx`select public.merge_customers(${COMPANY_A}, ${target}, ${[source]}::uuid[])`
    chat = sql`
      insert into public."VC Usage" (company_id, session_id, customer_email, customer_address)
      values (${COMPANY_A}, 'racing', 'racing.source@merge.example', '1 Racing Lane')`.execute()
    // Until the chat's trigger waits for this transaction.
    await expect
      .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%racing%'`)
      .toHaveLength(1)
  })
  await chat
  expect(
    await sql`
      select id, conversation_count, customer_address, last_seen_at is not null as seen
        from public.customers where id in (${target}, ${source}) order by id = ${source}`,
  ).toEqual([
    { id: target, conversation_count: 1, customer_address: '1 Racing Lane', seen: true },
    { id: source, conversation_count: 0, customer_address: null, seen: false },
  ])
})

test('DB-6: each field takes the value that was chosen', async () => {
  const target = await make('T', { email: 't@x.example', phone: '1', address: 'T street', notes: 'tn', tags: ['a'] })
  const one = await make('One', { email: 'one@x.example', phone: '2', address: 'One street', notes: 'on', tags: ['b'] })
  const two = await make('Two', { email: 'two@x.example', notes: 'tw', tags: ['a', 'c'] })
  await merge(target, [one, two], {
    choices: {
      name: { from: two },
      email: { value: 'typed@x.example' },
      phone: { from: target },
      address: { from: one },
      notes: { combine: true },
    },
  })
  expect(await fieldsOf(target)).toMatchObject({
    name: 'Two',
    email: 'typed@x.example',
    phone: '1',
    address: 'One street',
    notes: 'tn\n\non\n\ntw',
    tags: ['a', 'b', 'c'],
  })
})

test.each([
  ['a value that breaks a rule', { email: { value: 'nobody' } }, '23514', /email address/],
  ['an empty name', { name: { value: '' } }, '23502', /name/],
  ['an owner who is no member', { ownerId: { value: crypto.randomUUID() } }, '23503', /member of this company/],
  ['an unknown field', { iban: { value: '1' } }, '22023', /field/],
  ['combined names', { name: { combine: true } }, '22023', /combined/],
  ['a value of a stranger', { name: { from: crypto.randomUUID() } }, '22023', /not part of this merge/],
  ['a number for a text', { name: { value: 7 } }, '22023', /wrong kind/],
  ['a choice of tomorrow', { name: { average: true } }, '22023', /Update the app/],
])('DB-6: a merge with %s is refused with a sentence and leaves nothing behind', async (_, choices, code, sentence) => {
  const target = await make('Refused target')
  const source = await make('Refused source')
  const chat = await addChat(source)
  await expect(merge(target, [source], { choices })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(sentence),
  })
  expect(await holderOf('chat', chat)).toBe(source)
  expect(await fieldsOf(source)).toMatchObject({ merged_into: null, deleted: false })
})

test('DB-6: merging what is deleted, merged, itself, nobody or somebody elsewhere is refused with a sentence', async () => {
  const target = await make('Live')
  const deleted = await make('Deleted')
  await sql`update public.customers set deleted_at = now() where id = ${deleted}`
  const elsewhere = await make('Elsewhere')
  const away = await make('Away')
  await merge(elsewhere, [away])
  const foreign = await make('Foreign', {}, COMPANY_B)
  const refusals: [string, string[], string, RegExp][] = [
    [target, [deleted], '55000', /was deleted\. Restore it/],
    [deleted, [target], '55000', /to keep was deleted/],
    [target, [away], '55000', /merged into another one meanwhile/],
    [target, [target], '22023', /into itself/],
    [target, [], '22023', /between 1 and 50/],
    [target, [foreign], 'P0002', /not in this company/],
    [foreign, [target], 'P0002', /not in this company/],
    [target, [crypto.randomUUID()], 'P0002', /not in this company/],
  ]
  for (const [to, from, code, message] of refusals) {
    await expect(merge(to, from)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  }
  expect(await fieldsOf(target)).toMatchObject({ deleted: false })
})

test('DB-6: the same merge sent twice, also at the same moment, happens once', async () => {
  const target = await make('Once')
  const source = await make('Twice')
  const id = crypto.randomUUID()
  const answers = await Promise.all([merge(target, [source], { id }), merge(target, [source], { id, as: 'owner' })])
  expect(answers.map((answer) => answer.status).sort()).toEqual(['already', 'applied'])
  expect((await merge(target, [source], { id })).status).toBe('already')
  await unmerge(id)
  // The repeat of a merge that was undone since does not merge again.
  expect((await merge(target, [source], { id })).status).toBe('already')
  expect(await fieldsOf(source)).toMatchObject({ merged_into: null, deleted: false })
})

test('DB-6: two people merge the same pair, or in opposite directions: one customer stays', async () => {
  const a = await make('Pair A')
  const b = await make('Pair B')
  const chat = await addChat(b)
  expect((await merge(a, [b])).status).toBe('applied')
  expect((await merge(a, [b])).status).toBe('already')
  expect((await merge(b, [a])).status).toBe('already')
  expect(await holderOf('chat', chat)).toBe(a)
  expect(await fieldsOf(a)).toMatchObject({ deleted: false, merged_into: null })

  const c = await make('Race C')
  const d = await make('Race D')
  const racing = await Promise.all([merge(c, [d]), merge(d, [c], { as: 'owner' })])
  expect(racing.map((answer) => answer.status).sort()).toEqual(['already', 'applied'])
  const live = await sql`select id from public.customers where id in (${c}, ${d}) and deleted_at is null`
  expect(live.count).toBe(1)
})

test('DB-6: a late merge into a customer that was merged meanwhile goes to where that one lives', async () => {
  const a = await make('Chain A', { email: 'a@chain.example' })
  const b = await make('Chain B')
  const c = await make('Chain C')
  const late = await make('Late')
  const chats = [await addChat(a), await addChat(b), await addChat(late)]
  await merge(b, [a])
  await merge(c, [b])
  expect((await merge(a, [late])).target).toBe(c)
  for (const chat of chats) expect(await holderOf('chat', chat)).toBe(c)
  expect(await fieldsOf(c)).toMatchObject({ email: 'a@chain.example' })
})

test('DB-6: merge, edits, and the undo three steps later: rows are back, later edits stay, new rows stay', async () => {
  const target = await make('Target', { email: 'old@t.example', notes: 'before' })
  const source = await make('Source', {
    email: 'new@s.example',
    phone: '0400 000 001',
    notes: 'of source',
    tags: ['s'],
  })
  const moved = await Promise.all(KINDS.map((kind) => ADD[kind](source)))
  const own = await addChat(target)
  const { merge: id } = await merge(target, [source], {
    choices: { email: { from: source }, notes: { combine: true } },
  })

  // Three steps: an edit, a row that comes for the target, and one that comes late for the source.
  await asUser(
    sql,
    user('manager').id,
    (tx) => tx`update public.customers set customer_notes = 'edited since' where id = ${target}`,
  )
  const since = await addQuote(target)
  const lateForSource = await addInteraction(source)
  expect(await holderOf('interaction', lateForSource)).toBe(target)

  expect(await unmerge(id)).toBe('undone')
  for (const [index, kind] of KINDS.entries()) expect(await holderOf(kind, moved[index] ?? '')).toBe(source)
  expect(await holderOf('chat', own)).toBe(target)
  expect(await holderOf('quote', since)).toBe(target)
  expect(await holderOf('interaction', lateForSource)).toBe(target)
  expect(await fieldsOf(target)).toMatchObject({ email: 'old@t.example', phone: null, notes: 'edited since', tags: [] })
  expect(await fieldsOf(source)).toMatchObject({
    name: 'Source',
    email: 'new@s.example',
    phone: '0400 000 001',
    notes: 'of source',
    tags: ['s'],
    deleted: false,
    merged_into: null,
  })
  expect(await unmerge(id)).toBe('already')
})

test('DB-6: two merges into one customer are undone in the order made: no field keeps an undone value', async () => {
  const target = await make('Order', { email: 'zero@o.example' })
  const one = await make('One', { email: 'one@o.example' })
  const two = await make('Two', { email: 'two@o.example' })
  const first = await merge(target, [one], { choices: { email: { from: one } } })
  const second = await merge(target, [two], { choices: { email: { from: two } } })
  await unmerge(first.merge)
  expect(await fieldsOf(target)).toMatchObject({ email: 'two@o.example' })
  await unmerge(second.merge)
  expect(await fieldsOf(target)).toMatchObject({ email: 'zero@o.example' })
})

test('DB-6: an inner merge is undone while the outer one stands, then the outer one', async () => {
  const [a, b, c] = [await make('In A'), await make('In B'), await make('In C')]
  const [ofA, ofB, ofC] = [await addChat(a), await addChat(b), await addChat(c)]
  const inner = await merge(b, [a])
  const outer = await merge(c, [b])
  await unmerge(inner.merge)
  expect([await holderOf('chat', ofA), await holderOf('chat', ofB), await holderOf('chat', ofC)]).toEqual([a, c, c])
  await unmerge(outer.merge)
  expect([await holderOf('chat', ofA), await holderOf('chat', ofB), await holderOf('chat', ofC)]).toEqual([a, b, c])
})

test('DB-6: a row that somebody moved by hand since stays there, also when its new customer is merged in again', async () => {
  const [target, source, other] = [await make('Hand T'), await make('Hand S'), await make('Hand O')]
  const [stays, returns] = [await addChat(source), await addChat(source)]
  const first = await merge(target, [source])
  await sql`update public."VC Usage" set customer_id = ${other} where id = ${stays}`
  await merge(target, [other])
  await unmerge(first.merge)
  expect([await holderOf('chat', stays), await holderOf('chat', returns)]).toEqual([target, source])
})

test('DB-6: a row that somebody moved away and back by hand since stays where they put it', async () => {
  const [target, source, other] = [await make('Back T'), await make('Back S'), await make('Back O')]
  const quote = await addQuote(source)
  const { merge: id } = await merge(target, [source])
  for (const place of [other, target]) await sql`update public.quotes set customer_id = ${place} where id = ${quote}`
  await unmerge(id)
  expect(await holderOf('quote', quote)).toBe(target)
})

test('DB-6: a row that an inner undo took home is not carried off by the later undo of the outer merge', async () => {
  const [a, b, c] = [await make('Home A'), await make('Home B'), await make('Home C')]
  const chat = await addChat(a)
  const inner = await merge(b, [a])
  const outer = await merge(c, [b])
  await unmerge(inner.merge)
  const again = await merge(c, [a])
  await unmerge(outer.merge)
  expect(await holderOf('chat', chat)).toBe(c)
  await unmerge(again.merge)
  expect(await holderOf('chat', chat)).toBe(a)
})

test('DB-6: an undo gives conversations the contact columns back that the merge wrote over', async () => {
  const target = await make('Columns T', { email: 'target@columns.example' })
  const source = await make('Columns S', { email: 'source@columns.example' })
  const chat = crypto.randomUUID()
  await sql`
    insert into public."VC Usage" (id, company_id, session_id, customer_id, customer_name, customer_email)
    values (${chat}, ${COMPANY_A}, ${chat}, ${source}, 'Columns S.', 'source@columns.example')`
  const contact = async () =>
    (await sql`select customer_name, customer_email from public."VC Usage" where id = ${chat}`)[0]
  const before = await contact()
  const { merge: id } = await merge(target, [source], { choices: { email: { value: 'new@columns.example' } } })
  expect(await contact()).toMatchObject({ customer_email: 'new@columns.example' })
  await unmerge(id)
  expect(await contact()).toEqual(before)
})

test('DB-6: the log tells who merged and unmerged what, with the values before', async () => {
  const target = await make('Logged T', { email: 'before@l.example' })
  const source = await make('Logged S', { email: 'after@l.example' })
  const { merge: id } = await merge(target, [source], { choices: { email: { from: source } } })
  await unmerge(id, 'owner')
  const log = await sql`
    select customer_id = ${target} as of_target, action, user_name, changes -> 'email' ->> 'from' as email_before
      from public.audit_log where customer_id in (${target}, ${source}) and action <> 'created' order by id`
  const [manager, owner] = [user('manager').name, user('owner').name]
  expect(log).toEqual([
    { of_target: false, action: 'merged', user_name: manager, email_before: null },
    { of_target: true, action: 'updated', user_name: manager, email_before: 'before@l.example' },
    { of_target: true, action: 'merged', user_name: manager, email_before: null },
    { of_target: true, action: 'updated', user_name: owner, email_before: 'after@l.example' },
    { of_target: false, action: 'unmerged', user_name: owner, email_before: null },
    { of_target: true, action: 'unmerged', user_name: owner, email_before: null },
  ])
  const [kept] = await sql`
    select m.before_image ->> 'email' as target, s.before_image ->> 'email' as source
      from public.customer_merges m join public.customer_merge_sources s on s.merge_id = m.id where m.id = ${id}`
  expect(kept).toEqual({ target: 'before@l.example', source: 'after@l.example' })
})

test.each(['sales', 'analyst'])('R-1: %s can neither merge nor unmerge, by SQL or through the API', async (login) => {
  const target = await make('Closed T')
  const source = await make('Closed S')
  await expect(merge(target, [source], { as: login })).rejects.toMatchObject({ code: '42501' })
  const done = await merge(target, [source])
  await expect(unmerge(done.merge, login)).rejects.toMatchObject({ code: '42501' })
  const supabase = await client(server.backend, user(login))
  const { error } = await supabase.rpc('unmerge_customers', { p_company: COMPANY_A, p_merge: done.merge })
  expect(error).toMatchObject({ code: '42501', message: expect.stringContaining("can't undo merges") })
  // Nobody brings a merged customer back around the undo, the owner included.
  await expect(
    asUser(sql, user('owner').id, (tx) => tx`update public.customers set deleted_at = null where id = ${source}`),
  ).rejects.toMatchObject({ code: '55000', message: expect.stringContaining('Undo the merge') })
})

test('DB-6: through supabase-js, a manager merges and undoes', async () => {
  const target = await make('Api T')
  const source = await make('Api S')
  const supabase = await client(server.backend, user('manager'))
  const merged = await supabase.rpc('merge_customers', { p_company: COMPANY_A, p_target: target, p_sources: [source] })
  expect(merged).toMatchObject({ error: null, data: { status: 'applied', target } })
  const undone = await supabase.rpc('unmerge_customers', { p_company: COMPANY_A, p_merge: merged.data.merge })
  expect(undone).toMatchObject({ error: null, data: { status: 'undone', sources: [source] } })
})
