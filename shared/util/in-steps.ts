/** Long work that may be left between any two steps of a few milliseconds. */
export type Steps<T> = Generator<void, T>

/** Does all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/**
 * Does the steps with `nextSlice` (of `slices`) between them. Null: `isOver` said between two of them that
 * nobody needs the work any more.
 */
export async function inSlices<T>(
  steps: Steps<T>,
  nextSlice: () => Promise<void>,
  isOver: () => boolean = () => false,
): Promise<T | null> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await nextSlice()
    if (isOver()) return null
  }
}
