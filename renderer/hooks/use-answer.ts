import { useEffect, useState } from 'react'
import type { RequestInput, RequestName, RequestOutput } from '#shared/replica-api/contract.ts'
import { useReplica } from './use-replica.ts'
import { useStore } from './use-store.ts'

/**
 * What the replica answers, asked again whenever the customers change, the question does, or `again` is
 * another one; null until the first answer. The last one stays while the next is made.
 */
export function useAnswer<N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  again: unknown = null,
): RequestOutput<N> | null {
  const { client, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const [answer, setAnswer] = useState<RequestOutput<N> | null>(null)
  const question = JSON.stringify(input)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` and `again` say that it may be another answer.
  useEffect(() => {
    let isCurrent = true
    client.request(name, JSON.parse(question) as RequestInput<N>).then(
      (next) => {
        if (isCurrent) setAnswer(next)
      },
      // It stays as it was; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, name, question, version, again])

  return answer
}
