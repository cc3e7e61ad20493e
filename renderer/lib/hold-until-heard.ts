import type { ReplicaPort } from './replica-client.ts'

/** What is used of a `Worker`. */
type Source = Pick<Worker, 'addEventListener' | 'removeEventListener'> & { postMessage(message: unknown): void }
type Listener = (event: Event) => void

/**
 * The port of a worker that runs before the code which listens to it is loaded: what it says until then,
 * a failure included, is told right after the code that adds the first listener has run.
 */
export function holdUntilHeard(worker: Source): ReplicaPort {
  const listen = { message: hold(worker, 'message'), error: hold(worker, 'error') }
  return {
    postMessage: (message) => worker.postMessage(message),
    // Events go to the listeners of their kind, whose parameter `ReplicaPort` has checked.
    addEventListener: (kind: keyof typeof listen, listener: unknown) => listen[kind](listener as Listener),
  }
}

function hold(worker: Source, kind: string): (listener: Listener) => void {
  const held: Event[] = []
  const take = (event: Event) => void held.push(event)
  worker.addEventListener(kind, take)
  return (listener) => {
    worker.removeEventListener(kind, take)
    worker.addEventListener(kind, listener)
    queueMicrotask(() => {
      for (const event of held.splice(0)) listener(event)
    })
  }
}
