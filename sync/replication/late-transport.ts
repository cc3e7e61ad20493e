import type { HintSource } from './hints.ts'
import { SyncError } from './sync-error.ts'
import type { Transport } from './transport.ts'

/** A transport whose server may become known only later: until then nobody answers. Its code may be on its way. */
export function lateTransport(transport: () => Transport | null | Promise<Transport>): Transport {
  const get = async (): Promise<Transport> => {
    const present = await transport()
    if (present === null) {
      throw new SyncError(
        'unreachable',
        'The address of the server is not known yet. Open the app once with a network.',
      )
    }
    return present
  }
  return {
    pull: async (...args) => (await get()).pull(...args),
    push: async (...args) => (await get()).push(...args),
    pushRecords: async (...args) => (await get()).pushRecords(...args),
    companies: async () => (await get()).companies(),
    registerDevice: async (...args) => (await get()).registerDevice(...args),
    acknowledgeErasure: async (...args) => (await get()).acknowledgeErasure(...args),
    ask: async (...args) => (await get()).ask(...args),
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
