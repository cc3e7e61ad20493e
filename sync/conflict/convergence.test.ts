import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerChanges } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { Checkpoint } from '#shared/sync-protocol/pull.ts'
import { markSent, nextMutation, pushBatch, toWire } from '../outbox/push-batch.ts'
import { queueDelete, queueUpdate } from '../outbox/queue-edit.ts'
import { FakeServer, type FakeUser } from '../testing/fake-server.ts'
import { applyPulledRow } from './apply-pulled-row.ts'
import { applyVerdict } from './apply-verdict.ts'
import { localStateOf } from './overlay.ts'

/** A replica reduced to its decisions: no storage, no timers. */
class PureReplica {
  readonly held = new Map<string, ReplicaCustomer>()
  readonly #server: FakeServer
  readonly #user: FakeUser
  #checkpoint: Checkpoint | null = null
  skew = 0

  constructor(server: FakeServer, user: FakeUser) {
    this.#server = server
    this.#user = user
  }

  async pull(): Promise<void> {
    const { pages } = await this.#server.transportFor(this.#user).pull('', { customers: this.#checkpoint }, 1_000)
    for (const row of pages.customers?.rows ?? []) {
      if (!('gone' in row)) this.held.set(row.id, applyPulledRow(this.held.get(row.id), row))
    }
    this.#checkpoint = pages.customers?.checkpoint ?? null
  }

  /** `lost`: the server does its work, the answer never arrives. */
  async push(lost: boolean): Promise<void> {
    const batch = pushBatch(this.held.values(), 100).map(markSent)
    for (const held of batch) this.held.set(held.id, held)
    const mutations = batch.map(nextMutation).filter((mutation) => mutation !== undefined)
    const answer = await this.#server.transportFor(this.#user).push('', mutations.map(toWire))
    if (lost) return
    for (const [index, verdict] of answer.verdicts.entries()) {
      const held = this.held.get(mutations[index]?.id ?? '')
      if (held === undefined) continue
      this.held.set(held.id, applyVerdict(held, verdict, { newId: () => crypto.randomUUID(), now: this.#now() }))
    }
  }

  edit(id: string, field: 'name' | 'phone', value: string): string | null {
    const held = this.held.get(id)
    const replaced = held?.[field] ?? null
    this.#change(id, () => ({ [field]: value }))
    return held?.deletedAt === null ? replaced : null
  }

  /** Adds a line to the notes, after what stands there or before it. */
  note(id: string, line: string, first: boolean): void {
    this.#change(id, ({ notes }) => ({ notes: (first ? [line, notes] : [notes, line]).filter(Boolean).join('\n') }))
  }

  /** Puts a tag on, or takes it off. Says whether that changed anything. */
  tag(id: string, tag: string, on: boolean): boolean {
    const held = this.held.get(id)
    if (held === undefined || held.deletedAt !== null || held.tags.includes(tag) === on) return false
    this.#change(id, ({ tags }) => ({ tags: on ? [...tags, tag] : tags.filter((other) => other !== tag) }))
    return true
  }

  #change(id: string, compute: (held: ReplicaCustomer) => CustomerChanges): void {
    const held = this.held.get(id)
    if (held === undefined || held.deletedAt !== null) return
    this.held.set(id, queueUpdate(held, compute(held), { mutationId: crypto.randomUUID(), editedAt: this.#now() }))
  }

  delete(id: string): void {
    const held = this.held.get(id)
    if (held !== undefined)
      this.held.set(id, queueDelete(held, { mutationId: crypto.randomUUID(), editedAt: this.#now() }))
  }

  #now(): string {
    return new Date(this.#server.now + this.skew).toISOString()
  }
}

const IDS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
const FIELDS = ['name', 'phone'] as const
const step = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('edit', 'edit', 'edit', 'pull', 'push', 'pushLost', 'delete', 'wait'),
  customer: fc.nat(1),
  field: fc.constantFrom(...FIELDS),
})

test('SY-4 SY-2: replicas that edit the same customers in any order, with lost answers and wrong clocks, converge and lose nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
      async (steps, skews) => {
        const server = new FakeServer()
        const replicas = ['a', 'b', 'c'].map((name) => new PureReplica(server, server.addUser('owner', name)))
        replicas.forEach((replica, index) => {
          replica.skew = (skews[index] ?? 0) * 1_000
        })
        server.restore(
          IDS.map((id) => ({ ...emptyCustomer(id, server.companyId), name: `${id} name` })),
          'epoch-1',
        )
        for (const replica of replicas) await replica.pull()
        const written: { id: string; field: (typeof FIELDS)[number]; value: string; by: number }[] = []
        const replaced = new Set<string>()
        const deletedBy = new Set<string>()
        const gone = new Set<string>()
        for (const [index, { who, what, customer, field }] of steps.entries()) {
          const replica = replicas[who]
          const id = IDS[customer] ?? ''
          if (replica === undefined) continue
          if (what === 'wait') server.clockOffset += 1_000
          if (what === 'pull') await replica.pull()
          if (what === 'push') await replica.push(false)
          if (what === 'pushLost') await replica.push(true)
          if (what === 'edit') {
            const value = `${who}-${index}`
            const before = replica.edit(id, field, value)
            if (before !== null) replaced.add(before)
            if (localStateOf(replica.held.get(id)).mutations.length > 0 && replica.held.get(id)?.[field] === value) {
              written.push({ id, field, value, by: who })
            }
          }
          if (what === 'delete' && index % 5 === 0) {
            replica.delete(id)
            deletedBy.add(`${who} ${id}`)
          }
          for (const row of server.rows.values()) {
            if (gone.has(row.id)) expect(row.deletedAt).not.toBeNull()
            if (row.deletedAt !== null) gone.add(row.id)
          }
        }
        for (let round = 0; round < 12; round += 1) {
          for (const replica of replicas) {
            await replica.push(false)
            await replica.pull()
          }
        }
        for (const id of IDS) {
          const row = server.rows.get(id)
          for (const replica of replicas) {
            const held = replica.held.get(id)
            expect(localStateOf(held).mutations).toEqual([])
            const { local: _, ...shown } = held ?? { local: null }
            expect(shown).toEqual(row)
          }
        }
        for (const { id, field, value, by } of written) {
          const row = server.rows.get(id)
          const kept = replicas.flatMap((replica) => {
            const { conflicts, rejected } = localStateOf(replica.held.get(id))
            const refused = (rejected?.mutations ?? []).flatMap((mutation) =>
              mutation.op === 'update' ? [mutation.changes[field]] : [],
            )
            return [...conflicts.flatMap((conflict) => [conflict.mine, conflict.theirs]), ...refused]
          })
          const safe =
            row?.[field] === value || replaced.has(value) || kept.includes(value) || deletedBy.has(`${by} ${id}`)
          expect(safe, `${field} = ${value} was lost`).toBe(true)
        }
        for (const times of server.applied.values()) expect(times).toBe(1)
      },
    ),
    { numRuns: 400 },
  )
}, 60_000)

const TAGS = ['a', 'b', 'c'] as const
const writing = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('note', 'note', 'tag', 'tag', 'untag', 'pull', 'push', 'pushLost', 'wait'),
  tag: fc.constantFrom(...TAGS),
  first: fc.boolean(),
})

test('SY-4: notes and tags that several people write at once converge with everything in them, and nobody is asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(writing, { maxLength: 60 }), fc.subarray([...TAGS]), async (steps, before) => {
      const server = new FakeServer()
      const replicas = ['a', 'b', 'c'].map((name) => new PureReplica(server, server.addUser('owner', name)))
      const [id = ''] = IDS
      server.restore([{ ...emptyCustomer(id, server.companyId), notes: 'first', tags: [...before] }], 'epoch-1')
      for (const replica of replicas) await replica.pull()
      const lines = ['first']
      const put = new Set<string>()
      const taken = new Set<string>()
      for (const [index, { who, what, tag, first }] of steps.entries()) {
        const replica = replicas[who]
        if (replica === undefined) continue
        if (what === 'wait') server.clockOffset += 1_000
        if (what === 'pull') await replica.pull()
        if (what === 'push') await replica.push(false)
        if (what === 'pushLost') await replica.push(true)
        if (what === 'note') lines.push(`${who}-${index}`)
        if (what === 'note') replica.note(id, `${who}-${index}`, first)
        if (what === 'tag' && replica.tag(id, tag, true)) put.add(tag)
        if (what === 'untag' && replica.tag(id, tag, false)) taken.add(tag)
      }
      for (let round = 0; round < 12; round += 1) {
        for (const replica of replicas) {
          await replica.push(false)
          await replica.pull()
        }
      }
      const row = server.rows.get(id)
      expect(row?.notes?.split('\n').toSorted()).toEqual(lines.toSorted())
      for (const tag of TAGS) {
        if (put.has(tag) && !taken.has(tag)) expect(row?.tags).toContain(tag)
        if (taken.has(tag) && !put.has(tag)) expect(row?.tags).not.toContain(tag)
        if (!put.has(tag) && !taken.has(tag)) expect(row?.tags.includes(tag)).toBe(before.includes(tag))
      }
      for (const replica of replicas) {
        expect(replica.held.get(id)).toEqual({ ...row, local: null })
      }
    }),
    { numRuns: 400 },
  )
}, 60_000)
