/** A piece of a text, marked or not. */
export interface TextPart {
  readonly text: string
  readonly marked: boolean
}

/**
 * Cuts a text at the ranges that a search matched (half-open UTF-16 offsets). Ranges may come
 * unsorted, overlapping or beyond the text; the parts always join to the whole text again.
 */
export function matchParts(
  text: string,
  ranges: ReadonlyArray<readonly [number, number]> | undefined,
): readonly TextPart[] {
  if (ranges === undefined || ranges.length === 0) return text === '' ? [] : [{ text, marked: false }]
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const parts: TextPart[] = []
  let at = 0
  for (const [from, to] of sorted) {
    const start = Math.max(at, Math.min(from, text.length))
    const end = Math.min(to, text.length)
    if (end <= start) continue
    if (start > at) parts.push({ text: text.slice(at, start), marked: false })
    parts.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}
