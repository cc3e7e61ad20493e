/**
 * Whether a spreadsheet might take a text for a formula (OWASP, CSV injection), also once the `'`
 * before it that says otherwise is taken off.
 */
export function looksLikeFormula(text: string): boolean {
  return /^[\s']*[=+\-@\t\r]/.test(text)
}
