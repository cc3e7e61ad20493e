/** A key as people read it: `lastSeenAt` → "last seen at", `quote_id` → "quote id". */
export function wordsOf(key: string): string {
  return key
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase()
}
