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
    await nextTask()
    started = performance.now()
  }
}

/** Resolves in a task of its own. Browsers make timers in a row wait 4 ms each, a third of a slice; messages they don't. */
const nextTask: () => Promise<void> = 'WorkerGlobalScope' in globalThis ? byMessage() : byTimer

function byTimer(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function byMessage(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.addEventListener('message', () => waiting.shift()?.())
  port1.start()
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      port2.postMessage(null)
    })
}
