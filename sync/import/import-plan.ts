import { IMPORT_KINDS, type ImportAction, type ImportKind, type RowOutcome } from '#shared/replica-api/import.ts'
import type { ImportFile } from './import-file.ts'
import { customerIdOf, type ImportPlan } from './import-journal.ts'
import { ACTIONS, type Rehearsal } from './rehearsal.ts'

/** What a rehearsal decided, as it is stored. */
export function planOf(
  rehearsal: Rehearsal,
  file: ImportFile,
  of: Pick<ImportPlan, 'mapping' | 'at' | 'country'>,
): ImportPlan {
  const { table, rows } = rehearsal
  const plan = {
    numbers: [] as ImportPlan['numbers'],
    matches: [] as ImportPlan['matches'],
    failed: [] as ImportPlan['failed'],
  }
  const kinds: number[] = []
  const actions: number[] = []
  let expected = 0
  for (let place = 0; place < rows; place++) {
    const kind = rehearsal.kindOf(place)
    kinds.push(IMPORT_KINDS.indexOf(kind))
    actions.push(ACTIONS.indexOf(rehearsal.actionOf(place)))
    const { row, cells } = table.rows.at(place)
    if (row !== expected) plan.numbers.push([place, row])
    expected = row + 1
    const target = rehearsal.matchOf(place)?.target
    if (target !== undefined) plan.matches.push([place, target])
    if (kind !== 'invalid' && kind !== 'notAllowed') continue
    if (rehearsal.actionOf(place) !== 'skip') continue
    const reason = rehearsal.row(place).reasons[0]?.message ?? 'The row could not be imported.'
    plan.failed.push([place, reason, [...cells]])
  }
  return {
    ...plan,
    ...of,
    fileName: file.fileName,
    digest: file.digest,
    reading: file.reading,
    headers: [...file.headers],
    rows,
    kinds: kinds.join(''),
    actions: actions.join(''),
    fixes: [...table.fixes],
  }
}

/** A plan, ready to be asked about its rows. */
export class PlanRows {
  readonly plan: ImportPlan
  readonly #importId: string
  readonly #matches: ReadonlyMap<number, string | number>

  constructor(importId: string, plan: ImportPlan) {
    this.plan = plan
    this.#importId = importId
    this.#matches = new Map(plan.matches)
  }

  kindOf(place: number): ImportKind {
    return IMPORT_KINDS[Number(this.plan.kinds[place])] ?? 'invalid'
  }

  actionOf(place: number): ImportAction {
    return ACTIONS[Number(this.plan.actions[place])] ?? 'skip'
  }

  /** The customer that a row makes, changes or is; null: none, or the row that it repeats is left out. */
  customerOf(place: number): string | null {
    for (const at of this.#places(place)) {
      const action = this.actionOf(at)
      if (action === 'create') return customerIdOf(this.#importId, at)
      // Whom a row that is left out may be nobody has confirmed: what repeats it must not be written there.
      if (action === 'skip' && at !== place) return null
      const next = this.#matches.get(at)
      if (typeof next !== 'number') return next ?? null
    }
    return null
  }

  /** All customers whom a row may be about, also those whom nobody has confirmed. */
  mayBeAbout(place: number): string[] {
    return [...this.#places(place)].flatMap((at) => {
      const next = this.#matches.get(at)
      return [customerIdOf(this.#importId, at), ...(typeof next === 'string' ? [next] : [])]
    })
  }

  /** A row, the row that it repeats, and so on. */
  *#places(place: number): Generator<number, void> {
    for (let at = place; ; ) {
      yield at
      const next = this.#matches.get(at)
      // A match stands further up, so that this ends.
      if (typeof next !== 'number' || next >= at) return
      at = next
    }
  }

  /** What a row that is left out counts as. */
  outcomeOfSkipped(place: number): RowOutcome {
    const kind = this.kindOf(place)
    if (kind === 'invalid' || kind === 'notAllowed') return 'failed'
    if (kind === 'unchanged') return 'unchanged'
    return kind === 'duplicateInFile' || kind === 'duplicateOfExisting' ? 'duplicate' : 'skipped'
  }

  /** Numbers of all rows in the file. */
  numbers(): number[] {
    const starts = new Map(this.plan.numbers)
    const numbers: number[] = []
    let next = 1
    for (let place = 0; place < this.plan.rows; place++) {
      next = starts.get(place) ?? next
      numbers.push(next)
      next += 1
    }
    return numbers
  }
}
