import type { Backend, CreateBackend } from './backend.ts'
import { lateTransport } from './late-transport.ts'
import { loadCode } from './load-code.ts'

/** A backend whose code is loaded when something is first asked of it: no start waits for it. */
export function lateBackend(load: () => Promise<CreateBackend>): CreateBackend {
  return (config, secrets) => {
    let loading: Promise<Backend> | null = null
    const get = (): Promise<Backend> => {
      loading ??= loadCode(load).then(
        (create) => create(config, secrets),
        (error) => {
          loading = null
          throw error
        },
      )
      return loading
    }
    return {
      transportFor: (userId) => lateTransport(async () => (await get()).transportFor(userId)),
      hintsFor: (userId) => ({
        open: (companyId, listener) => {
          let isOpen = true
          let close = () => {
            isOpen = false
          }
          get().then(
            (backend) => {
              if (isOpen) close = backend.hintsFor(userId).open(companyId, listener)
            },
            () => listener.onEnd(),
          )
          return () => close()
        },
      }),
      signIn: async (email, password) => (await get()).signIn(email, password),
      changePassword: async (email, current, next) => (await get()).changePassword(email, current, next),
      signOut: async () => (await get()).signOut(),
    }
  }
}
