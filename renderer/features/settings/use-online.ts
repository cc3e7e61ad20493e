import { useCallback, useEffect, useState } from 'react'
import type {
  AdministrationAnswer,
  AdministrationName,
  AdministrationRequests,
} from '#shared/replica-api/administration.ts'
import type { RequestInput } from '#shared/replica-api/contract.ts'
import type { AskReplica } from '#shared/services/ask-replica.ts'
import { type AppError, fail, type Result } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** What is known of something that only the server knows. */
export type OnlineState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly value: T }

/** Something of the server, and what asks for it again. */
export interface Online<T> {
  readonly state: OnlineState<T>
  readonly reload: () => void
}

/** Asks the server through the replica; never rejects. */
export async function askOnline<N extends AdministrationName>(
  ask: AskReplica,
  name: N,
  input: RequestInput<N>,
): Promise<Result<AdministrationAnswer<N>>> {
  try {
    // The contract makes the output of each of them from its answer, which TypeScript can't follow.
    return (await ask(name, input)) as unknown as Result<AdministrationAnswer<N>>
  } catch {
    return fail('bug', strings.settings.failed)
  }
}

/** Names of the requests that ask for nothing in particular. */
type Question = {
  [N in AdministrationName]: null extends RequestInput<N> ? N : never
}[AdministrationName] &
  keyof AdministrationRequests

/** Asks the server when the screen opens, and again when the network is back. What is known stays while it is asked again. */
export function useOnline<N extends Question>(name: N): Online<AdministrationAnswer<N>> {
  const { client, sync } = useReplica()
  const isOffline = useStore(sync).phase.kind === 'offline'
  const [state, setState] = useState<OnlineState<AdministrationAnswer<N>>>({ kind: 'loading' })
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when told to, and when the network comes or goes.
  useEffect(() => {
    let isCurrent = true
    void askOnline(client.request, name, null as RequestInput<N>).then((answer) => {
      if (!isCurrent) return
      setState(answer.ok ? { kind: 'ready', value: answer.value } : { kind: 'failed', error: answer.error })
    })
    return () => {
      isCurrent = false
    }
  }, [client, name, asked, isOffline])
  const reload = useCallback(() => setAsked((before) => before + 1), [])
  return { state, reload }
}
