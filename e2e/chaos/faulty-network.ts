import type { Random } from '#database/embedded/seed/random.ts'
import {
  captivePortal,
  gatewayFailure,
  isPull,
  isPush,
  type NetworkFault,
  NO_NETWORK,
  part,
  RATE_LIMITED,
} from './network-faults.ts'

/** A request as it would have gone out. */
export interface Outgoing {
  readonly url: string
  readonly init: RequestInit
  readonly body: string
}

/** What a network is between. */
export interface NetworkDeps {
  readonly random: Random
  /** Whether the server can be reached at all. */
  readonly isServerUp: () => boolean
  /** A token that the server finds expired. */
  readonly expiredToken: string
  /** Called when a fault has struck. */
  readonly onFault: (fault: NetworkFault) => void
  /** The laptop loses its power, in front of an answer. */
  readonly onPowerLoss: () => void
  /** Told each push that the server has answered. */
  readonly onPushed: (request: Outgoing, answer: string) => void
}

/** The way from one laptop to the server: a `fetch` that strikes when it is told to. */
export class FaultyNetwork {
  readonly #deps: NetworkDeps
  readonly #armed: NetworkFault[] = []
  readonly #late: Outgoing[] = []
  readonly #copies: Outgoing[] = []
  readonly #expired = new Set<string>()
  #cut = Promise.withResolvers<never>()
  #heals = 0
  isOffline = false
  /** The server speaks a later version for so long. */
  isServerNewer = false
  /** Called when a push has met a conflict, of which copies stay under way; null: none do. */
  onCopied: (() => void) | null = null
  /** The server stumbles over every push that holds one of these. */
  readonly poison = new Set<string>()
  /** Requests under way, and the most there ever were at a time. */
  inFlight = 0
  mostInFlight = 0
  /** Requests that the server may be working on, also those that nobody waits for any more. */
  sending = 0
  /** Requests that have begun, by kind. */
  pushes = 0
  pulls = 0

  constructor(deps: NetworkDeps) {
    this.#deps = deps
    this.#cut.promise.catch(() => undefined)
  }

  /** The next request that the fault fits is struck. */
  arm(fault: NetworkFault): void {
    this.#armed.push(fault)
  }

  /** Nothing strikes any more, and what was held back on the way is dropped. */
  heal(): void {
    this.#heals += 1
    this.#armed.length = 0
    this.#late.length = 0
    this.#copies.length = 0
    this.onCopied = null
    this.isServerNewer = false
    this.isOffline = false
    this.poison.clear()
  }

  /** Connections die: the process was killed, or the machine slept. */
  cut(): void {
    this.#cut.reject(new TypeError('fetch failed'))
    this.#cut = Promise.withResolvers<never>()
    this.#cut.promise.catch(() => undefined)
  }

  /** Delivers what was held back: behind what was sent after it. */
  async deliverLate(): Promise<void> {
    for (const request of this.#late.splice(0)) await this.#send(request).catch(() => undefined)
  }

  /** Delivers pushes that met a conflict once more, long after their answers. */
  async deliverCopies(): Promise<void> {
    for (const request of this.#copies) await this.#send(request).catch(() => undefined)
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    const request = { url, init, body: typeof init.body === 'string' ? init.body : '' }
    if (isPush(url)) this.pushes += 1
    if (isPull(url)) this.pulls += 1
    this.inFlight += 1
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight)
    try {
      return await Promise.race([this.#deliver(request), this.#cut.promise])
    } finally {
      this.inFlight -= 1
    }
  }

  async #deliver(request: Outgoing): Promise<Response> {
    if (this.isOffline || !this.#deps.isServerUp()) throw NO_NETWORK
    if (isPush(request.url) && [...this.poison].some((marker) => request.body.includes(marker))) {
      return gatewayFailure(500)
    }
    const fault = this.#takeFault(request)
    const answer = fault === null ? await this.#send(request) : await this.#strike(fault, request)
    return this.isServerNewer ? newer(answer) : answer
  }

  #takeFault({ url }: Outgoing): NetworkFault | null {
    const index = this.#armed.findIndex((fault) => (NEEDS_PUSH.has(fault) ? isPush(url) : isPush(url) || isPull(url)))
    if (index < 0) return null
    const [fault = null] = this.#armed.splice(index, 1)
    // Whether the power goes shows only behind the server's answer.
    if (fault !== null && fault !== 'killAfterCommit') this.#deps.onFault(fault)
    return fault
  }

  async #strike(fault: NetworkFault, request: Outgoing): Promise<Response> {
    const { random } = this.#deps
    switch (fault) {
      case 'requestLost':
        throw NO_NETWORK
      case 'responseLost':
        await this.#send(request)
        throw NO_NETWORK
      case 'killAfterCommit': {
        const heals = this.#heals
        await this.#send(request)
        // Healed meanwhile: only the answer is lost.
        if (heals === this.#heals) {
          this.#deps.onFault(fault)
          this.#deps.onPowerLoss()
        }
        throw NO_NETWORK
      }
      case 'duplicated': {
        if (random.chance(0.5)) return (await Promise.all([this.#send(request), this.#send(request)]))[1]
        await this.#send(request)
        return this.#send(request)
      }
      case 'reordered':
        this.#late.push(request)
        throw NO_NETWORK
      case 'partialBatch':
        return this.#send(part(request))
      case 'serverError': {
        if (random.chance(0.4)) await this.#send(request)
        return gatewayFailure(random.pick([500, 502, 503, 504]))
      }
      case 'rateLimited':
        return RATE_LIMITED()
      case 'captivePortal':
        return captivePortal(random)
      case 'tokenExpired':
        this.#expired.add(tokenOf(request))
        return this.#send(request)
    }
  }

  async #send(request: Outgoing): Promise<Response> {
    const headers = new Headers(request.init.headers)
    if (this.#expired.has(tokenOf(request))) headers.set('authorization', `Bearer ${this.#deps.expiredToken}`)
    this.sending += 1
    try {
      return await this.#exchange(request, headers)
    } finally {
      this.sending -= 1
    }
  }

  async #exchange(request: Outgoing, headers: Headers): Promise<Response> {
    const answer = await fetch(request.url, {
      ...request.init,
      body: request.body === '' ? null : request.body,
      headers,
    })
    const text = await answer.text()
    if (isPush(request.url) && answer.ok) {
      this.#deps.onPushed(request, text)
      this.#copy(request, text)
    }
    return new Response(text === '' ? null : text, { status: answer.status, headers: answer.headers })
  }

  #copy(request: Outgoing, answer: string): void {
    const isWanted = this.onCopied !== null && /"status"\s*:\s*"conflict"/.test(answer)
    if (!isWanted || this.#copies.includes(request)) return
    this.#copies.push(request)
    this.onCopied?.()
  }
}

/** Faults that say something about writes only. */
const NEEDS_PUSH: ReadonlySet<NetworkFault> = new Set(['killAfterCommit', 'reordered'])

function tokenOf({ init }: Outgoing): string {
  return new Headers(init.headers).get('authorization') ?? ''
}

/** The answer of a server that speaks the next version of the protocol. */
async function newer(answer: Response): Promise<Response> {
  const text = (await answer.text())
    .replaceAll('"protocol":1', '"protocol":2')
    .replaceAll('"protocol" : 1', '"protocol" : 2')
  return new Response(text, { status: answer.status, headers: answer.headers })
}
