import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, user } from '../embedded/testing/test-backend.ts'

// Random histories of merges, moves, edits and undos against a model of twenty lines: wherever the
// model says a row is, it is; whatever value the model says a field has, it has.

const { sql } = await suiteBackend(1)

const CUSTOMERS = 4
const RELATIONS = ['public.VC Usage', 'public.quotes', 'public.customer_interactions', 'public.quote_requests'] as const

const customer = fc.nat({ max: CUSTOMERS - 1 })
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ op: fc.constant('merge' as const), target: customer, source: customer, take: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('unmerge' as const), which: fc.nat({ max: 99 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('add' as const),
      to: customer,
      relation: fc.nat({ max: RELATIONS.length - 1 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('move' as const), row: fc.nat({ max: 99 }), to: customer }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('edit' as const), of: customer }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Row {
  readonly relation: number
  /** Whom people gave it to last. */
  home: number
  /** The merges that have carried it since, oldest first: the row is where the last one's target lives. */
  path: number[]
}

interface Merge {
  readonly target: number
  readonly source: number
  undone: boolean
  /** The phone before and after, where this merge took the source's. */
  phone: { from: string | null; to: string | null } | null
}

/** What should happen, said in the simplest way. */
class Model {
  readonly into: (number | null)[] = Array.from({ length: CUSTOMERS }, () => null)
  readonly phones: (string | null)[] = Array.from({ length: CUSTOMERS }, () => null)
  readonly rows: Row[] = []
  readonly merges: Merge[] = []

  end(of: number): number {
    const next = this.into[of]
    return next === null || next === undefined ? of : this.end(next)
  }

  holder(row: Row): number {
    const last = this.merges[row.path.at(-1) ?? -1]
    return last === undefined ? row.home : this.end(last.target)
  }

  /** What the merge does; null: nothing, since both are one already or the source is merged elsewhere. */
  merge(asked: number, source: number, take: boolean): Merge | null {
    const target = this.end(asked)
    if (this.into[source] !== null || source === target) return null
    const carried = this.rows.filter((row) => this.holder(row) === source)
    const number = this.merges.length
    for (const row of carried) row.path.push(number)
    const from = this.phones[target] ?? null
    const to = take ? (this.phones[source] ?? null) : from
    const merge = { target, source, undone: false, phone: from === to ? null : { from, to } }
    this.merges.push(merge)
    this.phones[target] = to
    this.into[source] = target
    return merge
  }

  unmerge(number: number): void {
    const merge = this.merges[number]
    if (merge === undefined || merge.undone) return
    merge.undone = true
    for (const row of this.rows) {
      const at = row.path.indexOf(number)
      if (at === -1) continue
      // Back to where this merge found it; what came later carried it along with the wrong person.
      const before = this.merges[row.path[at - 1] ?? -1]
      row.path.splice(at)
      if (before !== undefined && this.endWithout(before.target, number) !== merge.source) row.path = []
      if (row.path.length === 0) row.home = merge.source
    }
    this.into[merge.source] = null
    const { phone } = merge
    if (phone !== null) {
      if (this.phones[merge.target] === phone.to) this.phones[merge.target] = phone.from
      const later = this.merges.find(
        (other, index) => index > number && !other.undone && other.target === merge.target && other.phone !== null,
      )
      if (later?.phone?.from === phone.to) later.phone.from = phone.from
    }
  }

  endWithout(of: number, merge: number): number {
    const source = this.merges[merge]?.source
    const next = this.into[of]
    return of === source || next === null || next === undefined ? of : this.endWithout(next, merge)
  }
}

async function run(steps: readonly Step[]): Promise<void> {
  const model = new Model()
  const manager = user('manager').id
  const customers = Array.from({ length: CUSTOMERS }, () => crypto.randomUUID())
  const idOf = (index: number) => customers[index] ?? ''
  const rows: string[] = []
  const merges: string[] = []
  await sql`insert into public.customers ${sql(customers.map((id, index) => ({ id, company_id: COMPANY_A, customer_name: `Model ${index}` })))}`
  let edits = 0
  // Everybody has a conversation and a phone to begin with.
  const beginning = customers.flatMap((_, index): Step[] => [
    { op: 'add', to: index, relation: 0 },
    { op: 'edit', of: index },
  ])
  for (const given of [...beginning, ...steps]) {
    if (given.op === 'merge') {
      const id = crypto.randomUUID()
      const choices = { phone: { from: idOf(given.take ? given.source : given.target) } }
      const expected = given.target === given.source ? null : model.merge(given.target, given.source, given.take)
      const done = await asUser(
        sql,
        manager,
        (tx) => tx<{ answer: { status: string } }[]>`
          select public.merge_customers(${COMPANY_A}, ${idOf(given.target)}, ${[idOf(given.source)]}::uuid[], ${tx.json(choices)}, ${id}) as answer`,
      ).then(
        ([row]) => row?.answer.status === 'applied',
        (error: { code?: string }) => {
          // Into itself, or merged into another one meanwhile.
          expect(['22023', '55000']).toContain(error.code)
          return false
        },
      )
      expect(done).toBe(expected !== null)
      if (done) merges.push(id)
    }
    if (given.op === 'unmerge') {
      const which = given.which % Math.max(merges.length, 1)
      const id = merges[which]
      if (id === undefined) continue
      model.unmerge(which)
      await asUser(sql, manager, (tx) => tx`select public.unmerge_customers(${COMPANY_A}, ${id})`)
    }
    if (given.op === 'add') {
      const id = crypto.randomUUID()
      // For a customer merged meanwhile, it goes to where that one lives.
      model.rows.push({ relation: given.relation, home: model.end(given.to), path: [] })
      rows.push(id)
      const common = { id, company_id: COMPANY_A, customer_id: idOf(given.to) }
      if (given.relation === 0) await sql`insert into public."VC Usage" ${sql({ ...common, session_id: id })}`
      if (given.relation === 1)
        await sql`insert into public.quotes ${sql({ ...common, quote_number: id, currency: 'AUD' })}`
      if (given.relation === 2)
        await sql`insert into public.customer_interactions ${sql({ ...common, interaction_type: 'call' })}`
      if (given.relation === 3) await sql`insert into public.quote_requests ${sql(common)}`
    }
    if (given.op === 'move') {
      const number = given.row % Math.max(rows.length, 1)
      const row = model.rows[number]
      if (row === undefined || model.holder(row) === model.end(given.to)) continue
      row.home = model.end(given.to)
      row.path = []
      await sql`update ${sql(RELATIONS[row.relation] ?? '')} set customer_id = ${idOf(given.to)} where id = ${rows[number] ?? ''}`
    }
    if (given.op === 'edit' && model.into[given.of] === null) {
      const phone = `ext ${edits++}`
      model.phones[given.of] = phone
      await asUser(
        sql,
        manager,
        (tx) => tx`update public.customers set customer_phone = ${phone} where id = ${idOf(given.of)}`,
      )
    }
    await compare(model, customers, rows)
  }
}

async function compare(model: Model, customers: readonly string[], rows: readonly string[]): Promise<void> {
  const held = await sql<{ id: string; customer_id: string }[]>`
    select id, customer_id from public."VC Usage" where id = any (${rows as string[]}::uuid[])
    union all select id, customer_id from public.quotes where id = any (${rows as string[]}::uuid[])
    union all select id, customer_id from public.customer_interactions where id = any (${rows as string[]}::uuid[])
    union all select id, customer_id from public.quote_requests where id = any (${rows as string[]}::uuid[])`
  const holders = new Map(held.map((row) => [row.id, customers.indexOf(row.customer_id)]))
  expect(rows.map((id) => holders.get(id))).toEqual(model.rows.map((row) => model.holder(row)))
  const state = await sql<{ id: string; merged_into: string | null; phone: string | null; chats: number }[]>`
    select id, merged_into, customer_phone as phone, conversation_count as chats from public.customers
     where id = any (${customers as string[]}::uuid[])`
  const byId = new Map(state.map((row) => [row.id, row]))
  expect(customers.map((id) => byId.get(id)?.merged_into ?? null)).toEqual(
    model.into.map((target) => (target === null ? null : customers[target])),
  )
  expect(customers.map((id) => byId.get(id)?.phone ?? null)).toEqual(model.phones)
  expect(customers.map((id) => byId.get(id)?.chats)).toEqual(
    customers.map((_, index) => model.rows.filter((row) => row.relation === 0 && model.holder(row) === index).length),
  )
}

test('DB-6: any history of merges, edits, moves and undos ends with every row and value where the model says', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24, size: 'max' }), run), {
    numRuns: 50,
    // Shrinking replays whole histories.
    interruptAfterTimeLimit: 45_000,
  })
})
