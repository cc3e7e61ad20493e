/** Whoever waits for the mirror waits no longer than this. */
const LIMIT_MS = 5_000

/** Waits for work of the mirror, and `moreMs` longer where there is much of it. @throws also when it takes too long */
export async function inTime<T>(work: PromiseLike<T>, moreMs = 0): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => {
    const late = () => reject(new Error('The second place of what waits does not answer.'))
    timer = setTimeout(late, LIMIT_MS + moreMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
