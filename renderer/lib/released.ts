/**
 * Resolves once nothing is pressed, and the click of what was has been told: at once where nothing is. What moves the
 * page waits for it: moved away between the press and the release, a button would never hear of its click.
 */
export async function released(): Promise<void> {
  if (document.querySelector(':active') === null) return
  await new Promise((done) => {
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, done, { once: true })
  })
  // The click comes in the same breath as the release.
  await new Promise((done) => setTimeout(done))
}
