import type { RecordChange } from '#shared/replica-api/records.ts'
import { anyCustomer, type OperationContext, said, someCustomer, written } from './operation.ts'

export async function saveFilter(context: OperationContext): Promise<string> {
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

export async function deleteFilter(context: OperationContext): Promise<string> {
  const { device, random, writes } = context
  const mine = (await device.ask('filters.list', null)).filter(({ userId }) => userId === device.person.id)
  if (mine.length === 0) return 'no filter'
  const { id } = random.pick(mine)
  const answer = await device.ask('records.change', { kind: 'filter.delete', id })
  if (answer.ok) writes.add({ ...written(context, id, 'existence', 'delete filter'), keys: [] })
  return `${id} ${said(answer)}`
}

export async function noteInteraction(context: OperationContext): Promise<string> {
  const customerId = someCustomer(context)
  return record(context, 'interaction', {
    kind: 'interaction.note',
    customerId,
    type: context.random.pick(['call', 'email', 'meeting']),
  })
}

export async function requestQuote(context: OperationContext): Promise<string> {
  const note = context.markers.next(context.tenant.letter)
  return record(context, note, { kind: 'quote.request', customerId: someCustomer(context), quoteId: null, note }, [
    note,
  ])
}

export async function merge(context: OperationContext): Promise<string> {
  const [targetId, source] = [someCustomer(context), anyCustomer(context)]
  if (targetId === source) return 'one customer'
  return record(context, 'merge', { kind: 'merge.make', targetId, sourceIds: [source], choices: {} })
}

export async function undoMerge(context: OperationContext): Promise<string> {
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

export async function linkChat(context: OperationContext): Promise<string> {
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
