import { EMAIL_PATTERN } from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { type ColumnPart, type HeaderRole, headerRole, headerRoles, plainHeader } from './header-role.ts'

/** What a column is suggested for, and how sure that is (0 to 1). */
export interface ColumnSuggestion {
  /** Null: not imported. */
  readonly target: ImportTarget | null
  readonly confidence: number
}

/** What the product sets itself, and what only the program that wrote it understands: not worth a line in the notes. */
const TECHNICAL =
  /^(source|created at|last seen at|owner id|import problem|record id|record id contact|associated (company|contact|deal) ids?|person id|organization id|is deleted|system modstamp|directory server|internet free busy|(email|phone|address|website|event|relation|custom field|organization|telefon|adresse) \d (label|type)|email (address )?(\d )?(type|typ|display name|angezeigter name)|(nom complet|nombre de pantalla) de .*|(type|tipo) de (messagerie|l adresse|correo).*)$/
/** Columns that say something in other files: technical only beside a column of that program. */
const TECHNICAL_BESIDE: readonly { readonly program: RegExp; readonly columns: RegExp }[] = [
  // Salesforce
  {
    program: /^(owner id|is deleted|system modstamp)$/,
    columns: /^((account|master record|reports to|record type|created by|last modified by|individual) )?id$/,
  },
  // Google and Outlook
  {
    program: /^(email \d (label|type|value)|directory server|internet free busy)$/,
    columns: /^(photo|initials|file as|short name|sensitivity|priority|private|mileage)$/,
  },
]

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
  const roles = headerRoles(headers)
  const technical = technicalColumns(headers.map(plainHeader))
  return roles.map((role, column) => byHeader(role, technical[column] === true, roles, contents[column] ?? []))
}

function technicalColumns(names: readonly string[]): boolean[] {
  const beside = TECHNICAL_BESIDE.filter(({ program }) => names.some((name) => program.test(name)))
  return names.map((name) => TECHNICAL.test(name) || beside.some(({ columns }) => columns.test(name)))
}

function byHeader(
  role: HeaderRole | null,
  isTechnical: boolean,
  roles: readonly (HeaderRole | null)[],
  cells: readonly string[],
): ColumnSuggestion {
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

/** Which names make the name: the first whole one and its parts; a second one and a person's company are notes. */
function nameColumn(role: HeaderRole, roles: readonly (HeaderRole | null)[]): ColumnSuggestion {
  const firstOf = (...parts: readonly ColumnPart[]) =>
    roles.find((each) => each?.target === 'name' && parts.includes(each.part))
  const isNote =
    role.part === 'whole'
      ? firstOf('whole') !== role
      : role.part === 'company' && firstOf('first', 'last', 'whole') !== undefined
  if (isNote) return { target: 'notes', confidence: 0.8 }
  return { target: 'name', confidence: role.part === 'company' ? 0.9 : 0.95 }
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
  if (share((cell) => /^(https?:\/\/|www\.)\S+$/i.test(cell)) > 0.5) return 'website'
  if (share((cell) => /^\p{L}[\p{L} .'’-]+$/u.test(cell)) > 0.5) return 'name'
  if (share((cell) => /\d/.test(cell) && /\p{L}{3}/u.test(cell)) > 0.5) return 'address'
  return null
}

const hasEmail = (cell: string) =>
  cell.split(/[\s;,<>]+/).some((part) => EMAIL_PATTERN.test(part.replace(/^mailto:/i, '')))

function isPhone(cell: string): boolean {
  return /^[+(\d][\d\s()./-]+/.test(cell) && cell.replace(/\D/g, '').length >= 7 && !/\p{L}{4}/u.test(cell)
}
