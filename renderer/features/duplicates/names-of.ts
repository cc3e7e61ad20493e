import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'

/** The names in a group, each once. */
export function namesOf({ members }: DuplicateGroup): string {
  return [...new Set(members.map(({ name }) => name))].join(', ')
}
