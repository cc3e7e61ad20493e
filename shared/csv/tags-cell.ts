/** Several tags in one cell: `vip; lead`. A tag that would be taken apart again stands in quotes. */
export function tagsToCell(tags: readonly string[]): string {
  return tags.map((tag) => (isPlain(tag) ? tag : `"${tag.replaceAll('"', '""')}"`)).join('; ')
}

function isPlain(tag: string): boolean {
  return tag === tag.trim() && !/[;,|\n\r"]|:::|^\*\s|^'/.test(tag)
}

/** The tags of a cell, of our own exports or of others (Google's groups: `* myContacts ::: * Friends`). */
export function tagsFromCell(cell: string): string[] {
  if (cell === '') return []
  const parts = cell.matchAll(/:::|\s*"((?:[^"]|"")*)"\s*(?=[;,|\n]|:::|$)|((?:(?!:::)[^;,|\n])+)/g)
  const tags = [...parts].map(([, inQuotes, plain = '']) =>
    inQuotes === undefined ? plain.trim().replace(/^\*\s/, '').trim() : inQuotes.replaceAll('""', '"'),
  )
  return [...new Set(tags.filter((tag) => tag.trim() !== ''))]
}
