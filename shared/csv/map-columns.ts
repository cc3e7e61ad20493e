import { EMAIL_PATTERN } from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { type HeaderRole, headerRole, plainHeader } from './header-role.ts'

/** What a column is suggested for, and how sure that is (0 to 1). */
export interface ColumnSuggestion {
  /** Null: not imported. */
  readonly target: ImportTarget | null
  readonly confidence: number
}

/** What the product sets itself, and what only other programs understand: not worth a line in the notes. */
const TECHNICAL =
  /^(source|created at|last seen at|owner id|import problem|photo|initials|file as|short name|sensitivity|priority|private|mileage|directory server|internet free busy|is deleted|system modstamp|last modified by|created by|unsubscribed)$|\b(id|ids|uuid|guid|owner|besitzer|proprietaire|propietario|phonetic|yomi|display name)\b|\b(e?mail|phone|address|website|event|custom field|organization|correo|messagerie)\b.*\b(label|type|typ)\b|^(type|tipo) de\b/

/**
 * Suggests what each column is for, by its header and by what stands in it. What the product has no
 * field for is suggested for the notes, so that nothing is lost. `headers` null: the file has none.
 */
export function suggestColumns(
  headers: readonly string[] | null,
  rows: readonly (readonly string[])[],
): ColumnSuggestion[] {
  const width = headers?.length ?? Math.max(0, ...rows.map((row) => row.length))
  const contents = Array.from({ length: width }, (_, column) =>
    rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== ''),
  )
  if (headers === null) return byContent(contents)
  const roles = headers.map(headerRole)
  return headers.map((header, column) => byHeader(header, roles[column] ?? null, roles, contents[column] ?? []))
}

function byHeader(
  header: string,
  role: HeaderRole | null,
  roles: readonly (HeaderRole | null)[],
  cells: readonly string[],
): ColumnSuggestion {
  const isTechnical = TECHNICAL.test(plainHeader(header))
  const found = contentOf(cells)
  if (role === null) {
    // A column of addresses is one whatever it is called.
    if (found === 'email') return { target: 'email', confidence: 0.8 }
    return isTechnical ? { target: null, confidence: 0.7 } : { target: 'notes', confidence: 0.4 }
  }
  if (role.target === 'name') return nameColumn(role, roles)
  if (role.target !== 'email' && role.target !== 'phone') return { target: role.target, confidence: 0.9 }
  if (found === role.target) return { target: role.target, confidence: 0.99 }
  if (found === 'email' || found === 'phone') return { target: found, confidence: 0.7 }
  // Names that mailboxes show are called after them in some exports.
  const isOdd = role.target === 'email' && cells.length >= MIN_CELLS && !cells.some(hasEmail)
  return isOdd ? { target: 'notes', confidence: 0.3 } : { target: role.target, confidence: 0.9 }
}

/** Which names make the name: a whole one makes its parts superfluous, a person the company a note. */
function nameColumn({ part }: HeaderRole, roles: readonly (HeaderRole | null)[]): ColumnSuggestion {
  const has = (wanted: string) => roles.some((role) => role?.target === 'name' && role.part === wanted)
  if (part === 'whole') return { target: 'name', confidence: 0.95 }
  if (part === 'company') {
    const isPerson = has('first') || has('last') || has('whole')
    return isPerson ? { target: 'notes', confidence: 0.8 } : { target: 'name', confidence: 0.9 }
  }
  return has('whole') ? { target: null, confidence: 0.9 } : { target: 'name', confidence: 0.95 }
}

/** For files without a header: the first column of a kind is the one. */
function byContent(contents: readonly (readonly string[])[]): ColumnSuggestion[] {
  const taken = new Set<ImportTarget>()
  return contents.map((cells) => {
    const target = contentOf(cells)
    if (target === null || taken.has(target)) return { target: 'notes', confidence: 0.3 }
    taken.add(target)
    return { target, confidence: target === 'email' ? 0.8 : 0.6 }
  })
}

/** Whether a record names columns rather than holding a customer. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0 || filled.some((cell) => EMAIL_PATTERN.test(cell) || isPhone(cell))) return false
  return filled.some((cell) => headerRole(cell) !== null) || new Set(filled).size === filled.length
}

/** Cells needed to say that a column is not what its header says. */
const MIN_CELLS = 3

/** What most cells of a column are. */
function contentOf(cells: readonly string[]): ImportTarget | null {
  if (cells.length === 0) return null
  const share = (test: (cell: string) => boolean) => cells.filter(test).length / cells.length
  if (share(hasEmail) > 0.5) return 'email'
  if (share(isPhone) > 0.5) return 'phone'
  if (share((cell) => /^\p{L}[\p{L} .'’-]+$/u.test(cell)) > 0.5) return 'name'
  if (share((cell) => /\d/.test(cell) && /\p{L}{3}/u.test(cell)) > 0.5) return 'address'
  return null
}

const hasEmail = (cell: string) =>
  cell.split(/[\s;,<>]+/).some((part) => EMAIL_PATTERN.test(part.replace(/^mailto:/i, '')))

function isPhone(cell: string): boolean {
  return /^[+(\d][\d\s()./-]+/.test(cell) && cell.replace(/\D/g, '').length >= 7 && !/\p{L}{4}/u.test(cell)
}
