import type { Customer, CustomerField } from '#shared/domain/customer.ts'
import type { ImportRow } from '#shared/replica-api/import.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { spoken } from '../../texts/spoken.ts'

const words = strings.import

/** What becomes of a row, in a sentence; `detail`: why. */
export function whatHappens(row: ImportRow): { readonly text: string; readonly detail: string | null } {
  const { match } = row
  const name = match?.customer?.name ?? (match?.row == null ? '' : words.sameRow(match.row))
  const why = match === null || match.reasons.length === 0 ? null : match.reasons.map(spoken).join(', ')
  switch (row.kind) {
    case 'invalid':
    case 'notAllowed':
      return { text: row.reasons.map(({ message }) => spoken(message)).join(' '), detail: null }
    case 'new':
      return {
        text: row.action === 'skip' ? words.leaves : words.newCustomer,
        detail: row.isFixed ? words.fixed : null,
      }
    case 'unchanged':
      return { text: row.action === 'create' ? words.newCustomer : words.same(name), detail: why }
    case 'duplicateInFile':
      return { text: name, detail: why }
    case 'duplicateOfExisting':
      return { text: words.looksLike(name, match?.probability ?? 0), detail: why }
    case 'update':
      return { text: updateText(row, name), detail: why }
    default:
      return assertNever(row.kind)
  }
}

function updateText({ action, match }: ImportRow, name: string): string {
  const customer = match?.customer ?? null
  const differences = match?.differences ?? []
  switch (action) {
    case 'create':
      return words.newCustomer
    case 'skip':
      return words.leaves
    case 'overwrite':
      return words.overwrites(fieldNames(differences), name)
    case 'updateEmpty': {
      const empty = differences.filter((field) => customer === null || isEmpty(customer, field))
      return empty.length === 0 ? words.nothingToFill(name) : words.fills(fieldNames(empty), name)
    }
    default:
      return assertNever(action)
  }
}

function fieldNames(fields: readonly CustomerField[]): string {
  return fields.map((field) => words.inSentence(strings.fields[field])).join(', ')
}

/** Tags are always joined, whatever is there. */
function isEmpty(customer: Customer, field: CustomerField): boolean {
  return field === 'tags' || customer[field] === null || customer[field] === ''
}
