/** Ends of a press: by pointer or key, or where none is told because the system took the pointer or the keys. */
const ENDS = ['pointerup', 'pointercancel', 'keyup', 'dragend', 'blur'] as const
/** Longer than a click takes. Who presses on does not keep the page waiting. */
const PATIENCE_MS = 1_000

/**
 * Resolves once nothing is pressed, and the click of what was has been told: at once where nothing is, and after a
 * second at the latest. What moves the page waits for it: moved away between the press and the release, a button
 * would never hear of its click.
 */
export async function released(): Promise<void> {
  if (document.querySelector(':active') === null) return
  const over = new AbortController()
  await new Promise<unknown>((done) => {
    for (const end of ENDS) window.addEventListener(end, done, { signal: over.signal })
    setTimeout(done, PATIENCE_MS)
  })
  over.abort()
  // The click comes in the same breath as the release.
  await new Promise((done) => setTimeout(done))
}
