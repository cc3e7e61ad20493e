import type { QueuedMutation } from '#database/local/replica-customer.ts'
import { changedFields } from '../conflict/field-values.ts'
import type { HandoverContents, HandoverEntry } from './handover-contents.ts'

/** A hand-over as text for people: each customer with what was to be written, and why it was not. */
export function handoverText(contents: HandoverContents): string {
  const { user, company, lostAt, customers, records, unreadable } = contents
  const lines = [
    `Unsent changes of ${user.name} (${user.email}) in ${company.name}`,
    `Access ended ${lostAt}`,
    ...customers.flatMap(entryLines),
    ...records.flatMap(({ collection, id, local }) => [
      '',
      `${collection} ${id}`,
      ...(local?.mutations ?? []).map(({ mutation }) => `  ${JSON.stringify(mutation)}`),
      ...(local?.rejected?.mutations ?? []).map(({ mutation }) => `  refused: ${JSON.stringify(mutation)}`),
    ]),
    ...unreadable.flatMap((value) => ['', 'Unreadable', `  ${JSON.stringify(value)}`]),
  ]
  return `${lines.join('\n')}\n`
}

function entryLines({ id, name, mutations, rejected, conflicts }: HandoverEntry): string[] {
  return [
    '',
    `${name} (${id})`,
    ...mutations.flatMap(mutationLines),
    ...(rejected === null ? [] : [`  Refused ${rejected.at}: ${rejected.message}`]),
    ...(rejected?.mutations ?? []).flatMap(mutationLines),
    ...conflicts.map(
      ({ field, mine, theirs, theirsByName }) =>
        `  Open conflict in ${field}: ${show(mine)} or, from ${theirsByName ?? 'somebody else'}, ${show(theirs)}`,
    ),
  ]
}

const VERBS = { create: 'Make', update: 'Change', delete: 'Delete', restore: 'Bring back' } as const

function mutationLines(mutation: QueuedMutation): string[] {
  const head = `  ${VERBS[mutation.op]}, ${mutation.editedAt}`
  if (mutation.op === 'delete' || mutation.op === 'restore') return [head]
  const { changes } = mutation
  const before = mutation.op === 'update' ? mutation.base : {}
  return [
    head,
    ...changedFields(changes).map((field) => {
      const was = mutation.op === 'update' ? ` (was ${show(before[field])})` : ''
      return `    ${field}: ${show(changes[field])}${was}`
    }),
  ]
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  return Array.isArray(value) ? value.join(', ') || 'empty' : String(value).replaceAll('\n', '\n      ')
}
