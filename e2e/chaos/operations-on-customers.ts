import { type CustomerChanges, NO_FIELDS } from '#shared/domain/customer.ts'
import { importEverybody } from '#sync/testing/import-files.ts'
import { markersIn } from './markers.ts'
import { type OperationContext, said, someCustomer, written } from './operation.ts'

const SCALARS = ['name', 'phone', 'email', 'address'] as const

export async function create({ device, tenant, markers, writes, step, random }: OperationContext): Promise<string> {
  const [name, phone] = [markers.next(tenant.letter), markers.next(tenant.letter)]
  const answer = await device.ask('customers.create', {
    fields: { ...NO_FIELDS, name: `Made ${name}`, phone, ownerId: random.chance(0.3) ? device.person.id : null },
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

export async function editField(context: OperationContext): Promise<string> {
  // Mostly one and the same field, so that edits meet there, too.
  return edit(context, [context.random.chance(0.5) ? 'phone' : context.random.pick(SCALARS)])
}

export async function editTwoFields(context: OperationContext): Promise<string> {
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

export async function addTag(context: OperationContext): Promise<string> {
  const { markers, tenant } = context
  const marker = markers.next(tenant.letter)
  return append(context, 'tags', marker, (tags) => [...(Array.isArray(tags) ? tags.map(String) : []), `t-${marker}`])
}

export async function addNote(context: OperationContext): Promise<string> {
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

export async function remove(context: OperationContext): Promise<string> {
  const id = someCustomer(context)
  // What was deleted or merged away can be deleted once more, which says nothing.
  if ((await context.device.ask('customers.get', { id })) === null) return `${id} is not here`
  const answer = await context.device.ask('customers.delete', { id })
  if (answer.ok) context.writes.add({ ...written(context, id, 'existence', 'delete'), keys: [`deleted:${id}`] })
  return `${id} ${said(answer)}`
}

export async function restore(context: OperationContext): Promise<string> {
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

export async function importFile(context: OperationContext): Promise<string> {
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

export async function look(context: OperationContext): Promise<string> {
  const id = someCustomer(context)
  await context.device.ask('customers.get', { id })
  await context.device.ask('customers.history', { id })
  return id
}
