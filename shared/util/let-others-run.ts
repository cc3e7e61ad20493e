/** How long work may go on before messages must be heard, in milliseconds. */
const SLICE_MS = 12

/**
 * Makes a function to be awaited between pieces of long work: it lets messages and timers run whenever
 * a slice of time (in milliseconds) is used up, and returns at once otherwise.
 */
export function slices(sliceMs = SLICE_MS): () => Promise<void> {
  let started = performance.now()
  return async () => {
    if (performance.now() - started < sliceMs) return
    await new Promise((resolve) => setTimeout(resolve))
    started = performance.now()
  }
}
