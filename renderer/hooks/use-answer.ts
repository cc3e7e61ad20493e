import { useEffect, useState } from 'react'
import type { RequestInput, RequestName, RequestOutput } from '#shared/replica-api/contract.ts'
import { useReplica } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** What the replica says to a question. The last answer stays while the next is made: then it is not `isCurrent`. */
type Answer<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly value: T; readonly isCurrent: boolean }

/** What the replica answers, asked again whenever the customers change, the question does, or `again` is another one. */
export function useAnswer<N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  again: unknown = null,
): Answer<RequestOutput<N>> {
  const { client, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const question = JSON.stringify(input)
  const [last, setLast] = useState<{ to: string; answer: { value: RequestOutput<N> } | null } | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` and `again` say that it may be another answer.
  useEffect(() => {
    let isCurrent = true
    const keep = (answer: { value: RequestOutput<N> } | null): void => {
      if (isCurrent) setLast({ to: question, answer })
    }
    client.request(name, JSON.parse(question) as RequestInput<N>).then(
      (value) => keep({ value }),
      () => keep(null),
    )
    return () => {
      isCurrent = false
    }
  }, [client, name, question, version, again])

  const isCurrent = last?.to === question
  if (last === null || (last.answer === null && !isCurrent)) return { kind: 'loading' }
  return last.answer === null ? { kind: 'failed' } : { kind: 'ready', value: last.answer.value, isCurrent }
}
