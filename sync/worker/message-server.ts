import { z } from 'zod'
import {
  type HostRequestName,
  type HostRequests,
  hostRequests,
  type NoticeBody,
  type NoticeName,
  type RequestName,
  replicaRequests,
} from '#shared/replica-api/contract.ts'
import { type Message, messageSchema } from '#shared/replica-api/messages.ts'

/** One end of a message channel. */
export interface Port {
  post(message: Message): void
}

/** What answers requests. */
export type RequestHandler = (name: RequestName, input: unknown) => Promise<unknown>

interface Waiting {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * The worker's end of the channel: parses whatever arrives, hands requests on, posts answers and
 * notices, and asks the host. What is no message of the contract is dropped.
 */
export class MessageServer {
  readonly #port: Port
  readonly #reportBug: (error: unknown) => void
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1
  #handle: RequestHandler | null = null
  #onInit: ((platform: 'browser' | 'electron') => RequestHandler) | null

  /** `onInit` is called once, with the first message; it makes what answers all later ones. */
  constructor(
    port: Port,
    onInit: (platform: 'browser' | 'electron') => RequestHandler,
    reportBug: (error: unknown) => void,
  ) {
    this.#port = port
    this.#onInit = onInit
    this.#reportBug = reportBug
  }

  /** Takes a message from the UI. */
  receive(data: unknown): void {
    const message = messageSchema.safeParse(data).data
    if (message === undefined) return
    switch (message.type) {
      case 'init':
        this.#handle ??= this.#onInit?.(message.platform) ?? null
        this.#onInit = null
        return
      case 'request':
        void this.#answer(message.id, message.name, message.input)
        return
      case 'answer':
        this.#settle(message.id, (waiting) => waiting.resolve(message.output))
        return
      case 'crash':
        this.#settle(message.id, (waiting) => waiting.reject(new Error(message.message)))
        return
      case 'notice':
        return
    }
  }

  /** Tells the UI something unasked. */
  notify<N extends NoticeName>(name: N, body: NoticeBody<N>): void {
    this.#port.post({ type: 'notice', name, body })
  }

  /** Asks the host; rejects when the host crashed or answered nonsense. */
  async ask<N extends HostRequestName>(
    name: N,
    input: z.input<HostRequests[N]['input']>,
  ): Promise<z.output<HostRequests[N]['output']>> {
    const id = this.#nextId++
    const output = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.post({ type: 'request', id, name, input })
    })
    return hostRequests[name].output.parse(output) as z.output<HostRequests[N]['output']>
  }

  async #answer(id: number, name: string, input: unknown): Promise<void> {
    try {
      if (this.#handle === null) throw new Error('The worker was asked before it was told its platform.')
      if (!isRequestName(name)) throw new Error(`Unknown request: ${name.slice(0, 60)}`)
      this.#port.post({ type: 'answer', id, output: await this.#handle(name, input) })
    } catch (error) {
      this.#reportBug(error)
      this.#port.post({ type: 'crash', id, message: describeBug(name, error) })
    }
  }

  #settle(id: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    this.#waiting.delete(id)
    settle(waiting)
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(replicaRequests, name)
}

/** Names the fault without what was asked: inputs hold personal data. */
function describeBug(name: string, error: unknown): string {
  if (error instanceof z.ZodError) {
    const where = error.issues.map((issue) => issue.path.join('.')).join(', ')
    return `${name}: the input does not fit the contract (${where})`
  }
  return `${name}: ${error instanceof Error ? error.name : 'unknown fault'}`
}
