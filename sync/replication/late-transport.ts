import type { HintSource } from './hints.ts'
import { SyncError } from './sync-error.ts'
import type { Transport } from './transport.ts'

/** A transport whose server may become known only later: until then nobody answers. */
export function lateTransport(transport: () => Transport | null): Transport {
  const get = (): Transport => {
    const present = transport()
    if (present === null) {
      throw new SyncError(
        'unreachable',
        'The address of the server is not known yet. Open the app once with a network.',
      )
    }
    return present
  }
  return {
    pull: async (...args) => get().pull(...args),
    push: async (...args) => get().push(...args),
    pushRecords: async (...args) => get().pushRecords(...args),
    companies: async () => get().companies(),
    registerDevice: async (...args) => get().registerDevice(...args),
    acknowledgeErasure: async (...args) => get().acknowledgeErasure(...args),
    ask: async (...args) => get().ask(...args),
  }
}

/** The same for hints: until the server is known nobody tells anything. */
export function lateHints(hints: () => HintSource | null): HintSource {
  return {
    open: (companyId, listener) => {
      const present = hints()
      if (present !== null) return present.open(companyId, listener)
      listener.onEnd()
      return () => undefined
    },
  }
}
