import { markersIn } from './markers.ts'
import { type OperationContext, said, written } from './operation.ts'

/** Works off "Needs attention": sends again, gives up, settles. */
export async function attend(context: OperationContext): Promise<string> {
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
      if (keep !== shown) {
        const [value, seen] = [String(item.conflict[keep]), String(item.conflict[shown])]
        writes.edits.push({ person: device.person, customerId, field, value, seen })
        writes.add({ ...written(context, customerId, field, `settled ${field}`), keys: [] })
      }
    }
    return `settle ${customerId} ${field} ${keep} ${said(answer)} of ${JSON.stringify([mine, theirs])}`
  }
  if (random.chance(0.5)) {
    const answer = await device.ask('attention.resend', { customerId, base: item.current })
    // Written once more, also over what its author wrote since.
    const current: Readonly<Record<string, unknown>> = item.current ?? {}
    if (answer.ok && item.mergedInto === null)
      for (const [field, change] of Object.entries(item.changes)) {
        const [value, seen] = [String(change), String(current[field])]
        writes.edits.push({ person: device.person, customerId, field, value, seen })
        writes.add({
          ...written(context, customerId, field, `resent ${field}`),
          keys: [...markersIn(JSON.stringify(change))].filter((key) => !writes.isExcused(device.person.id, key)),
        })
      }
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
