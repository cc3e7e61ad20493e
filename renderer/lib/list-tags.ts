type Ranges = ReadonlyArray<readonly [number, number]>

const BETWEEN = ', '

/** Tags as one text, and where in it the search matched; it counts in the tags with one space between them. */
export function tagsText(
  tags: readonly string[],
  found: Ranges | undefined,
): { readonly text: string; readonly ranges: Ranges | undefined } {
  const starts: number[] = []
  let length = 0
  for (const tag of tags) {
    starts.push(length)
    length += tag.length + 1
  }
  const moved = (offset: number) =>
    offset +
    (BETWEEN.length - 1) *
      Math.max(
        0,
        starts.findLastIndex((start) => start <= offset),
      )
  // The end belongs to the tag of what stands before it.
  const ranges = found?.map(([from, to]) => [moved(from), moved(to - 1) + 1] as const)
  return { text: tags.join(BETWEEN), ranges }
}
