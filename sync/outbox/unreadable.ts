import type { UnreadableItem } from '#shared/replica-api/storage-incident.ts'

/** A stored document that can't be read any more, as far as a person can make something of it. */
export function unreadableItem(document: unknown): UnreadableItem {
  const { name, local } = fieldsOf(document)
  const { mutations, rejected } = fieldsOf(local)
  const queued = [...listOf(fieldsOf(rejected).mutations), ...listOf(mutations)]
  // A change of a customer has its fields under `changes`, one of another collection under `mutation`.
  const changes = queued.map(fieldsOf).flatMap((one) => [one.changes, fieldsOf(one.mutation).changes])
  const lines = changes.flatMap((fields) =>
    Object.entries(fieldsOf(fields)).map(([field, value]) => ({ field, value: textOf(value) })),
  )
  return { title: typeof name === 'string' ? name : null, lines, stored: JSON.stringify(document, null, 2) }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value)
}
