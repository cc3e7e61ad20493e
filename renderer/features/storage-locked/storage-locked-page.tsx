import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { strings } from '../../app/strings.ts'
import { DeadEnd } from '../../components/dead-end.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { spoken } from '../../texts/spoken.ts'

const words = strings.storageLocked

/** What is stored here can't be opened: what to do about it, or what starting afresh would cost. */
export function StorageLockedPage({ locked }: { readonly locked: Extract<SessionState, { kind: 'locked' }> }) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)
  const { company, unsent } = locked

  async function startAfresh(): Promise<void> {
    const answer = await client.request('session.startAfresh', null).catch(() => null)
    if (answer?.ok !== true) setProblem(answer?.error.message ?? words.failed)
  }

  function confirm(): void {
    modals.openConfirmModal({
      title: words.confirmTitle,
      children: [words.unsent(unsent), ' ', words.confirmBody],
      labels: { confirm: words.confirm, cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void startAfresh(),
    })
  }

  return (
    <DeadEnd title={words.title(company.name)} company={company} retry={strings.actions.tryAgain}>
      <p>{spoken(locked.error.message)}</p>
      <p>{words.unsent(unsent)}</p>
      <div>
        <Button variant="default" onClick={confirm}>
          {words.startAfresh}
        </Button>
      </div>
      <Problem text={problem} />
    </DeadEnd>
  )
}
