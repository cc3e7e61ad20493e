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
    const { field, mine, theirs } = item.conflict
    const keep = random.pick(['mine', 'theirs'] as const)
    const answer = await device.ask('conflict.settle', { customerId, field, keep })
    if (answer.ok) {
      // The other value only: what is kept must be somewhere, and what has come since, too.
      const [value, given] = keep === 'mine' ? [mine, theirs] : [theirs, mine]
      const kept = markersIn(JSON.stringify(value))
      const isGiven = (key: string) => !kept.has(key)
      writes.excuse(device.person.id, [...markersIn(JSON.stringify(given))].filter(isGiven))
      writes.edits.push({ person: device.person, customerId, field, value: String(value), seen: String(given) })
      writes.add({ ...written(context, customerId, field, `settled ${field}`), keys: [...kept], isAgain: true })
    }
    return `settle ${customerId} ${field} ${keep} ${said(answer)} of ${JSON.stringify([mine, theirs])}`
  }
  if (random.chance(0.5)) {
    const base = item.mergedInto === null ? item.current : null
    const answer = await device.ask('attention.resend', { customerId, base })
    // Written once more; what its author wrote since must be kept beside it.
    const current: Readonly<Record<string, unknown>> = item.current ?? {}
    if (answer.ok && item.mergedInto === null)
      for (const [field, change] of Object.entries(item.changes)) {
        const [value, seen] = [String(change), String(current[field])]
        writes.edits.push({ person: device.person, customerId, field, value, seen })
        const keys = [...markersIn(JSON.stringify(change))]
        writes.add({ ...written(context, customerId, field, `resent ${field}`), keys, isAgain: true })
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
