import type { Random } from '#database/embedded/seed/random.ts'
import type { CustomerChanges } from '#shared/domain/customer.ts'
import type { RecordChange } from '#shared/replica-api/records.ts'
import type { Result } from '#shared/util/result.ts'
import { importEverybody } from '#sync/testing/import-files.ts'
import type { AckedWrites } from './acknowledged-writes.ts'
import type { ChaosDevice } from './chaos-device.ts'
import { type Markers, markersIn } from './markers.ts'
import type { Tenant } from './tenants.ts'

/** What an operation works with. */
export interface OperationContext {
  readonly device: ChaosDevice
  readonly tenant: Tenant
  readonly random: Random
  readonly markers: Markers
  readonly writes: AckedWrites
  readonly step: number
}

/** Does one thing that a person does in the app. Resolves to what came of it, for the trace. */
type Operation = (context: OperationContext) => Promise<string>

/** Customers that everybody edits, so that edits meet. */
const HOT = 3
const SCALARS = ['name', 'phone', 'email', 'address'] as const

/** What people do, and how often: the weights are drawn from. */
export const OPERATIONS: Readonly<Record<string, { readonly weight: number; readonly run: Operation }>> = {
  create: { weight: 4, run: create },
  editField: { weight: 12, run: editField },
  editTwoFields: { weight: 3, run: editTwoFields },
  addTag: { weight: 4, run: addTag },
  addNote: { weight: 4, run: addNote },
  remove: { weight: 3, run: remove },
  restore: { weight: 3, run: restore },
  saveFilter: { weight: 2, run: saveFilter },
  deleteFilter: { weight: 1, run: deleteFilter },
  noteInteraction: { weight: 2, run: noteInteraction },
  requestQuote: { weight: 2, run: requestQuote },
  merge: { weight: 2, run: merge },
  undoMerge: { weight: 1, run: undoMerge },
  linkChat: { weight: 2, run: linkChat },
  importFile: { weight: 1, run: importFile },
  attend: { weight: 3, run: attend },
  look: { weight: 3, run: look },
}

const EMPTY = { email: null, phone: null, address: null, notes: null, tags: [], ownerId: null }

async function create({ device, tenant, markers, writes, step, random }: OperationContext): Promise<string> {
  const [name, phone] = [markers.next(tenant.letter), markers.next(tenant.letter)]
  const answer = await device.ask('customers.create', {
    fields: { ...EMPTY, name: `Made ${name}`, phone, ownerId: random.chance(0.3) ? device.person.id : null },
  })
  if (!answer.ok) return said(answer)
  const { id } = answer.value
  const wrote = { person: device.person, step }
  writes.add({ ...wrote, what: `create of ${id}`, keys: [id], slot: `${id}.creation` })
  writes.add({ ...wrote, what: `create of ${id} with name ${name}`, keys: [name], slot: `${id}.name` })
  writes.add({ ...wrote, what: `create of ${id} with phone ${phone}`, keys: [phone], slot: `${id}.phone` })
  tenant.customers.push(id)
  return `${id} ${name} ${phone}`
}

async function editField(context: OperationContext): Promise<string> {
  // Mostly one and the same field, so that edits meet there, too.
  return edit(context, [context.random.chance(0.5) ? 'phone' : context.random.pick(SCALARS)])
}

async function editTwoFields(context: OperationContext): Promise<string> {
  const first = context.random.int(0, SCALARS.length - 1)
  const fields = [SCALARS[first], SCALARS[(first + 1) % SCALARS.length]]
  return edit(
    context,
    fields.filter((field) => field !== undefined),
  )
}

async function edit(context: OperationContext, fields: readonly (typeof SCALARS)[number][]): Promise<string> {
  const { device, writes, markers, tenant, random } = context
  const id = someCustomer(context)
  const detail = await device.ask('customers.get', { id })
  if (detail === null) return `${id} is not here`
  const changes: CustomerChanges = {}
  const base: CustomerChanges = {}
  for (const field of fields) {
    const marker = markers.next(tenant.letter)
    Object.assign(changes, { [field]: field === 'email' ? `${marker}@chaos.example` : `${field} ${marker}` })
    Object.assign(base, { [field]: detail.customer[field] })
  }
  // A form that stays open while changes of others arrive.
  if (random.chance(0.2)) device.clock.advance(random.int(500, 4_000))
  const answer = await device.ask('customers.update', { id, changes, base })
  if (!answer.ok) return `${id} ${said(answer)}`
  for (const field of fields) {
    const value = String(changes[field])
    writes.edits.push({ person: device.person, customerId: id, field, value, seen: detail.customer[field] })
    writes.add({ ...written(context, id, field, `${field} = ${value}`), keys: [...markersIn(value)] })
  }
  return `${id} ${JSON.stringify(changes)}`
}

async function addTag(context: OperationContext): Promise<string> {
  const { markers, tenant } = context
  const marker = markers.next(tenant.letter)
  return append(context, 'tags', marker, (tags) => [...(Array.isArray(tags) ? tags.map(String) : []), `t-${marker}`])
}

async function addNote(context: OperationContext): Promise<string> {
  const { markers, tenant } = context
  const marker = markers.next(tenant.letter)
  return append(context, 'notes', marker, (notes) => `${typeof notes === 'string' ? `${notes}\n` : ''}Noted ${marker}`)
}

/** Something is added to what a field holds: nobody replaces it by adding something else. */
async function append(
  context: OperationContext,
  field: 'tags' | 'notes',
  marker: string,
  add: (value: unknown) => unknown,
): Promise<string> {
  const { device } = context
  const id = someCustomer(context)
  const detail = await device.ask('customers.get', { id })
  if (detail === null) return `${id} is not here`
  const before = detail.customer[field]
  const answer = await device.ask('customers.update', {
    id,
    changes: { [field]: add(before) },
    base: { [field]: before },
  })
  if (!answer.ok) return `${id} ${said(answer)}`
  context.writes.add({ ...written(context, id, `${field}-${marker}`, `${field} + ${marker}`), keys: [marker] })
  return `${id} ${marker}`
}

async function remove(context: OperationContext): Promise<string> {
  const id = someCustomer(context)
  // What was deleted or merged away can be deleted once more, which says nothing.
  if ((await context.device.ask('customers.get', { id })) === null) return `${id} is not here`
  const answer = await context.device.ask('customers.delete', { id })
  if (answer.ok) context.writes.add({ ...written(context, id, 'existence', 'delete'), keys: [`deleted:${id}`] })
  return `${id} ${said(answer)}`
}

async function restore(context: OperationContext): Promise<string> {
  const { writes, device } = context
  const deleted = writes.all.findLast(
    ({ what, person }) => what.startsWith('delete of') && person.id === device.person.id,
  )
  const id = deleted?.slot.split('.')[0]
  if (id === undefined) return 'nothing to restore'
  const answer = await device.ask('customers.restore', { id })
  // Taking a deletion back that was never sent leaves no trace anywhere.
  if (answer.ok) writes.add({ ...written(context, id, 'existence', 'restore'), keys: [] })
  return `${id} ${said(answer)}`
}

async function saveFilter(context: OperationContext): Promise<string> {
  const { device, markers, tenant, random, writes } = context
  const name = markers.next(tenant.letter)
  const mine = (await device.ask('filters.list', null)).filter(({ userId }) => userId === device.person.id)
  const id = mine.length > 0 && random.chance(0.5) ? random.pick(mine).id : null
  const fields = { name, filter: { search: name }, shared: random.chance(0.5) }
  const answer = await device.ask('records.change', { kind: 'filter.save', id, fields })
  if (!answer.ok) return said(answer)
  writes.add({ ...written(context, answer.value.id, 'filter', `filter ${name}`), keys: [name] })
  return `${answer.value.id} ${name}`
}

async function deleteFilter(context: OperationContext): Promise<string> {
  const { device, random, writes } = context
  const mine = (await device.ask('filters.list', null)).filter(({ userId }) => userId === device.person.id)
  if (mine.length === 0) return 'no filter'
  const { id } = random.pick(mine)
  const answer = await device.ask('records.change', { kind: 'filter.delete', id })
  if (answer.ok) writes.add({ ...written(context, id, 'existence', 'delete filter'), keys: [] })
  return `${id} ${said(answer)}`
}

async function noteInteraction(context: OperationContext): Promise<string> {
  const customerId = someCustomer(context)
  return record(context, 'interaction', {
    kind: 'interaction.note',
    customerId,
    type: context.random.pick(['call', 'email', 'meeting']),
  })
}

async function requestQuote(context: OperationContext): Promise<string> {
  const note = context.markers.next(context.tenant.letter)
  return record(context, note, { kind: 'quote.request', customerId: someCustomer(context), quoteId: null, note }, [
    note,
  ])
}

async function merge(context: OperationContext): Promise<string> {
  const [targetId, source] = [someCustomer(context), anyCustomer(context)]
  if (targetId === source) return 'one customer'
  return record(context, 'merge', { kind: 'merge.make', targetId, sourceIds: [source], choices: {} })
}

async function undoMerge(context: OperationContext): Promise<string> {
  const made = context.writes.all.filter(
    ({ what, person }) => what.startsWith('merge ') && person.companyId === context.tenant.id,
  )
  if (made.length === 0) return 'no merge'
  const mergeId = context.random.pick(made).slot.split('.')[0] ?? ''
  const answer = await context.device.ask('records.change', { kind: 'merge.undo', mergeId })
  // Before it was sent it leaves no trace.
  if (answer.ok) context.writes.add({ ...written(context, mergeId, 'existence', 'delete merge'), keys: [] })
  return `${mergeId} ${said(answer)}`
}

async function linkChat(context: OperationContext): Promise<string> {
  const { device, tenant, random, writes } = context
  const conversationId = random.pick(tenant.chats)
  const customerId = someCustomer(context)
  const answer = await device.ask('records.change', { kind: 'chat.link', conversationId, customerId })
  if (answer.ok) {
    const keys = [`link:${conversationId}:${customerId}`]
    writes.add({ ...written(context, conversationId, 'customer', `link to ${customerId}`), keys })
  }
  return `${conversationId} → ${customerId} ${said(answer)}`
}

async function importFile(context: OperationContext): Promise<string> {
  const { device, markers, tenant, random } = context
  const names = Array.from({ length: random.int(3, 30) }, () => markers.next(tenant.letter))
  const lines = names.map((name) => `Imported ${name},${name}@import.example`)
  const report = await importEverybody(device, `name,email\n${lines.join('\n')}\n`, ['name', 'email']).catch(String)
  if (typeof report === 'string') return report
  if (report.state !== 'done' || report.counts.created !== names.length)
    return `broken off: ${report.counts.created} rows`
  for (const name of names) context.writes.add({ ...written(context, name, 'import', 'import'), keys: [name] })
  return `${names.length} rows ${names[0]} …`
}

/** Works off "Needs attention": sends again, gives up, settles. */
async function attend(context: OperationContext): Promise<string> {
  const { device, random, writes } = context
  const items = await device.ask('attention.list', null)
  const refused = await device.ask('attention.records', null)
  if (refused.length > 0 && random.chance(0.4)) {
    const { key } = random.pick(refused)
    if (random.chance(0.5)) return `resend ${key} ${said(await device.ask('attention.resendRecord', { key }))}`
    const id = key.slice(key.indexOf(':') + 1)
    const mine = writes.all.filter((write) => write.person.id === device.person.id && write.slot.startsWith(id))
    const answer = await device.ask('attention.discardRecord', { key })
    if (answer.ok)
      writes.excuse(
        device.person.id,
        mine.flatMap(({ keys }) => keys),
      )
    return `discard ${key} ${said(answer)}`
  }
  if (items.length === 0) return 'nothing'
  const item = random.pick(items)
  const { customerId } = item
  if (item.kind === 'conflict') {
    const { field, mine, theirs, shown } = item.conflict
    const keep = random.pick(['mine', 'theirs'] as const)
    const answer = await device.ask('conflict.settle', { customerId, field, keep })
    if (answer.ok) {
      // Both: what is kept is written once more, over whatever has come since.
      writes.excuse(device.person.id, markersIn(JSON.stringify([mine, theirs])))
      if (keep !== shown) writes.add({ ...written(context, customerId, field, `settled ${field}`), keys: [] })
    }
    return `settle ${customerId} ${field} ${keep} ${said(answer)} of ${JSON.stringify([mine, theirs])}`
  }
  if (random.chance(0.5)) {
    const answer = await device.ask('attention.resend', { customerId })
    // Written once more, also over what its author wrote since.
    if (answer.ok && item.mergedInto === null)
      for (const [field, value] of Object.entries(item.changes))
        writes.add({
          ...written(context, customerId, field, `resent ${field}`),
          keys: [...markersIn(JSON.stringify(value))].filter((key) => !writes.isExcused(device.person.id, key)),
        })
    return `resend ${customerId} ${said(answer)} ${JSON.stringify(item.changes)}`
  }
  const answer = await device.ask('attention.discard', { customerId })
  if (answer.ok) {
    const given = new Set([...markersIn(JSON.stringify([item.customerName, item.changes])), customerId])
    // Whatever else was refused with it goes with it.
    given.add(`deleted:${customerId}`)
    // A customer that the server doesn't know goes with its open conflicts.
    if (item.op === 'create')
      for (const key of markersIn(JSON.stringify(items.filter((other) => other.customerId === customerId))))
        given.add(key)
    writes.excuse(device.person.id, given)
  }
  return `discard ${customerId} ${said(answer)} ${JSON.stringify(item.changes)}`
}

async function look(context: OperationContext): Promise<string> {
  const id = someCustomer(context)
  await context.device.ask('customers.get', { id })
  await context.device.ask('customers.history', { id })
  return id
}

async function record(
  context: OperationContext,
  what: string,
  change: RecordChange,
  keys: readonly string[] = [],
): Promise<string> {
  const answer = await context.device.ask('records.change', change)
  if (!answer.ok) return said(answer)
  const { id } = answer.value
  context.writes.add({ ...written(context, id, 'creation', what), keys: [id, ...keys] })
  return id
}

function written({ device, step }: OperationContext, id: string, field: string, what: string) {
  return { person: device.person, step, what: `${what} of ${id}`, slot: `${id}.${field}` }
}

function someCustomer({ tenant, random }: OperationContext): string {
  return random.chance(0.6) ? random.pick(tenant.customers.slice(0, HOT)) : random.pick(tenant.customers)
}

function anyCustomer({ tenant, random }: OperationContext): string {
  return random.pick(tenant.customers)
}

function said(answer: Result<unknown>): string {
  return answer.ok ? 'ok' : `refused: ${answer.error.code}`
}
