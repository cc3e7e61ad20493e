import { matchParts } from '../lib/match-parts.ts'

/** A text with the ranges marked that the search matched. Digits keep their order where the writing goes from right to left. */
export function MarkedText({
  text,
  ranges,
}: {
  readonly text: string
  readonly ranges?: ReadonlyArray<readonly [number, number]> | undefined
}) {
  if (ranges === undefined || ranges.length === 0) return <bdi>{text}</bdi>
  // The parts of one text never change places, so their offset is a good key.
  let offset = 0
  const parts = matchParts(text, ranges).map((part) => {
    const key = offset
    offset += part.text.length
    return part.marked ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>
  })
  return <bdi>{parts}</bdi>
}
