import type { ReplicaClient } from './replica-client.ts'
import { type ReplicaModel, sessionKey } from './replica-model.ts'

/**
 * What goes on while one looks at other screens: it is made once for whoever is signed in, and ended when they
 * sign out or open another company. Answers what finds it.
 */
export function perSession<T>(
  create: (client: ReplicaClient) => T,
  end: (made: T) => void,
): (model: Pick<ReplicaModel, 'client' | 'session'>) => T {
  let current: { readonly made: T } | null = null
  return ({ client, session }) => {
    if (current !== null) return current.made
    const made = create(client)
    const key = sessionKey(session.get())
    const unsubscribe = session.subscribe(() => {
      if (sessionKey(session.get()) === key) return
      unsubscribe()
      current = null
      end(made)
    })
    current = { made }
    return made
  }
}
