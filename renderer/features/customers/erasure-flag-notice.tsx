import { Button } from '@mantine/core'
import { useState } from 'react'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'

const words = strings.detail

/** Says that a customer may be somebody who was erased at their request, and what to do; an owner settles it here. */
export function ErasureFlagNotice({ customerId }: { readonly customerId: string }) {
  const { client } = useReplica()
  const isOwner = useActor().role === 'owner'
  const [problem, setProblem] = useState<string | null>(null)

  async function settle(): Promise<void> {
    const answer = await client.request('customers.settleErasureFlag', { id: customerId }).catch(() => null)
    setProblem(answer?.ok === true ? null : (answer?.error.message ?? words.settleFailed))
  }

  return (
    <Notice
      tone="warn"
      action={
        isOwner ? (
          <Button variant="default" onClick={() => void settle()}>
            {words.settleFlag}
          </Button>
        ) : undefined
      }
    >
      {words.maybeErased} {isOwner ? words.maybeErasedOwner : words.maybeErasedOthers}
      {problem === null ? null : <p role="alert">{problem}</p>}
    </Notice>
  )
}
