import type { Person } from './tenants.ts'

/** Something the app said was saved. */
export interface AckedWrite {
  readonly person: Person
  readonly step: number
  /** In words, for a report. */
  readonly what: string
  /** All of these must be found somewhere: markers, ids, or facts such as `deleted:ID`. */
  readonly keys: readonly string[]
  /** What it was written to: `ID.field`. */
  readonly slot: string
  /** It was decided that a value is written once more: what its author wrote to that place since must be kept beside it. */
  readonly isAgain?: true
}

/** An edit of a field as its user saw it. */
export interface FieldEdit {
  readonly person: Person
  readonly customerId: string
  readonly field: string
  readonly value: string
  /** What the field showed when the edit began. */
  readonly seen: string | null
}

/** Everything that the app acknowledged, and what was given up since in a way that somebody decided. */
export class AckedWrites {
  readonly all: AckedWrite[] = []
  readonly edits: FieldEdit[] = []
  /** Keys that a person gave up themselves (`person id` → keys), and those that went with a restored backup (`*`). */
  readonly #excused = new Map<string, Set<string>>()

  add(write: AckedWrite): void {
    this.all.push(write)
  }

  /** Somebody decided against these: discarded them, or settled a conflict otherwise. */
  excuse(personId: string | '*', keys: Iterable<string>): void {
    const excused = this.#excused.get(personId) ?? new Set()
    for (const key of keys) excused.add(key)
    this.#excused.set(personId, excused)
  }

  isExcused(personId: string, key: string): boolean {
    return this.#excused.get(personId)?.has(key) === true || this.#excused.get('*')?.has(key) === true
  }

  /** Whether anybody has decided about a value since it was written: against it, or in a conflict for it. */
  isDecided(key: string): boolean {
    const isSettled = this.all.some(({ what, keys }) => what.startsWith('settled') && keys.includes(key))
    return isSettled || [...this.#excused.values()].some((keys) => keys.has(key))
  }

  /** A person's writes of which nothing is left in `found`, though they neither gave them up nor wrote over them. */
  lost(found: ReadonlySet<string>, person: Person): AckedWrite[] {
    const writes = this.all.filter((write) => write.person.id === person.id)
    return writes.filter((write, index) => {
      const missing = write.keys.filter((key) => !found.has(key) && !this.isExcused(person.id, key))
      return missing.length > 0 && !writes.slice(index + 1).some((later) => replaces(later, write))
    })
  }
}

/** A later edit of the same field by the same person; deleting a customer or a record covers all that was written to it. */
function replaces(later: AckedWrite, earlier: AckedWrite): boolean {
  if (later.slot === earlier.slot) return later.isAgain !== true
  const [id = ''] = earlier.slot.split('.')
  return later.slot === `${id}.existence` && later.what.startsWith('delete')
}
