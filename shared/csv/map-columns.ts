import { EMAIL_PATTERN } from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { headerRole } from './header-role.ts'

/** The target of each column by its header; null: not imported. */
export function mapHeaders(headers: readonly string[]): (ImportTarget | null)[] {
  const roles = headers.map(headerRole)
  const has = (part: string) => roles.some((role) => role?.target === 'name' && role.part === part)
  const isPerson = has('first') || has('last') || has('whole')
  return roles.map((role) => {
    if (role === null) return null
    if (role.target === 'name') {
      // A company is the customer only where no person is; a whole name makes its parts superfluous.
      if (role.part === 'company' && isPerson) return null
      if (role.part !== 'whole' && role.part !== 'company' && has('whole')) return null
    }
    return role.target
  })
}

/** The target of each column by what stands in it: for files without a header. */
export function mapByContent(rows: readonly (readonly string[])[]): (ImportTarget | null)[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const taken = new Set<ImportTarget>()
  return Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '')
    const target = targetOf(cells)
    if (target === null || taken.has(target)) return null
    taken.add(target)
    return target
  })
}

/** Whether a record names columns rather than holding a customer. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0 || filled.some(looksLikeData)) return false
  return filled.some((cell) => headerRole(cell) !== null) || new Set(filled).size === filled.length
}

function targetOf(cells: readonly string[]): ImportTarget | null {
  const share = (test: (cell: string) => boolean) => cells.filter(test).length / Math.max(1, cells.length)
  if (cells.length === 0) return null
  if (share((cell) => EMAIL_PATTERN.test(cell)) > 0.5) return 'email'
  if (share(isPhone) > 0.5) return 'phone'
  if (share((cell) => /^\p{L}[\p{L} .'’-]+$/u.test(cell)) > 0.5) return 'name'
  if (share((cell) => /\d/.test(cell) && /\p{L}{3}/u.test(cell)) > 0.5) return 'address'
  return null
}

function looksLikeData(cell: string): boolean {
  return EMAIL_PATTERN.test(cell) || isPhone(cell)
}

function isPhone(cell: string): boolean {
  return /^[+(\d][\d\s()./-]+$/.test(cell) && cell.replace(/\D/g, '').length >= 7
}
