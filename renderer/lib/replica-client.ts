import { z } from 'zod'
import {
  hostRequests,
  type NoticeBody,
  type NoticeName,
  type RequestName,
  replicaNotices,
  replicaRequests,
} from '#shared/replica-api/contract.ts'
import { type Message, messageSchema } from '#shared/replica-api/messages.ts'
import type { AskReplica } from '#shared/services/ask-replica.ts'
import { resultSchema } from '#shared/util/result.ts'
import { spoken } from '../texts/spoken.ts'
import type { HostSecrets } from './host-secrets.ts'

/** What the client needs of a `Worker`. */
export interface ReplicaPort {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'error', listener: () => void): void
}

/** The UI's side of the replica API. */
export interface ReplicaClient {
  /** Asks the worker. Rejects only for bugs (the worker crashed, or answered in another shape). */
  readonly request: AskReplica
  /** Listens to a kind of notice. Returns what takes the listener off again. */
  readonly onNotice: <N extends NoticeName>(name: N, listener: (body: NoticeBody<N>) => void) => () => void
  /** Calls back when the worker can't be loaded or died. */
  readonly onFailure: (listener: () => void) => () => void
}

interface Pending {
  readonly name: RequestName
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Speaks the replica API over a port. `secrets` answers what the worker asks of its host; null in a
 * browser, where the worker keeps its secrets itself and never asks.
 */
export function createReplicaClient(port: ReplicaPort, secrets: HostSecrets | null): ReplicaClient {
  const pending = new Map<number, Pending>()
  const listeners = new Map<NoticeName, Set<(body: unknown) => void>>()
  const failureListeners = new Set<() => void>()
  let lastId = 0

  function settle(id: number, finish: (waiting: Pending) => void): void {
    const waiting = pending.get(id)
    if (waiting === undefined) return
    pending.delete(id)
    try {
      finish(waiting)
    } catch (error) {
      waiting.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  function receive(message: Message): void {
    switch (message.type) {
      case 'answer':
        settle(message.id, (waiting) =>
          waiting.resolve(told(replicaRequests[waiting.name].output.parse(message.output))),
        )
        return
      case 'crash':
        settle(message.id, (waiting) => waiting.reject(new Error(message.message)))
        return
      case 'notice':
        deliver(message.name, message.body)
        return
      case 'request':
        void answerHostRequest(port, secrets, message)
        return
      case 'init':
        return
    }
  }

  function deliver(name: string, body: unknown): void {
    if (!isNoticeName(name)) return
    const parsed = replicaNotices[name].safeParse(body)
    if (!parsed.success) return
    for (const listener of listeners.get(name) ?? []) listener(parsed.data)
  }

  port.addEventListener('message', (event) => {
    const parsed = messageSchema.safeParse(event.data)
    if (parsed.success) receive(parsed.data)
  })
  port.addEventListener('error', () => {
    for (const [id] of pending) settle(id, (waiting) => waiting.reject(new Error('The replica worker stopped.')))
    for (const listener of failureListeners) listener()
  })

  return {
    request: (name, input) => {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        // The output was parsed with the schema of `name` before it is handed on.
        pending.set(id, { name, resolve: resolve as (output: unknown) => void, reject })
        port.postMessage({ type: 'request', id, name, input })
      })
    },
    onNotice: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      const entry = listener as (body: unknown) => void
      set.add(entry)
      return () => set.delete(entry)
    },
    onFailure: (listener) => {
      failureListeners.add(listener)
      return () => failureListeners.delete(listener)
    },
  }
}

const result = resultSchema(z.unknown())

/** An answer, its failure in the language of the window: here, where all come in, no screen can forget it. */
function told(output: unknown): unknown {
  const { data } = result.safeParse(output)
  return data === undefined || data.ok
    ? output
    : { ok: false, error: { ...data.error, message: spoken(data.error.message) } }
}

function isNoticeName(name: string): name is NoticeName {
  return Object.hasOwn(replicaNotices, name)
}

async function answerHostRequest(
  port: ReplicaPort,
  secrets: HostSecrets | null,
  request: Extract<Message, { type: 'request' }>,
): Promise<void> {
  const { id } = request
  try {
    port.postMessage({ type: 'answer', id, output: await hostAnswer(secrets, request.name, request.input) })
  } catch {
    port.postMessage({ type: 'crash', id, message: `The host could not answer ${request.name}.` })
  }
}

async function hostAnswer(secrets: HostSecrets | null, name: string, input: unknown): Promise<unknown> {
  if (secrets === null) throw new Error('This platform has no secret store.')
  switch (name) {
    case 'secret.get':
      return secrets.get(hostRequests['secret.get'].input.parse(input).key)
    case 'secret.set': {
      const { key, value } = hostRequests['secret.set'].input.parse(input)
      return secrets.set(key, value)
    }
    case 'secret.remove':
      await secrets.remove(hostRequests['secret.remove'].input.parse(input).key)
      return null
    default:
      throw new Error('Unknown host request.')
  }
}
