import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { CompanyChoice } from '#shared/replica-api/handover.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { strings } from '../../app/strings.ts'
import { HandoverBox } from '../../components/handover-box.tsx'
import { Notice } from '../../components/notice.tsx'
import { useHandovers } from '../../hooks/use-handovers.ts'
import { usePageFocus } from '../../hooks/use-page-focus.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useSignOut } from '../../hooks/use-sign-out.ts'
import classes from './access-lost-page.module.css'

const words = strings.accessLost

/** The user no longer belongs to the company: what left, what is kept, and where to go on. */
export function AccessLostPage({ lost }: { readonly lost: Extract<SessionState, { kind: 'accessLost' }> }) {
  const { client } = useReplica()
  const signOut = useSignOut()
  const heading = usePageFocus('access-lost')
  const { handovers, reload } = useHandovers()
  const [companies, setCompanies] = useState<readonly CompanyChoice[]>([])
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    client.request('session.companies', null).then(setCompanies, () => setCompanies([]))
  }, [client])

  async function goTo(companyId: string): Promise<void> {
    const answer = await client.request('session.switchCompany', { companyId }).catch(() => null)
    if (answer?.ok !== true) setProblem(answer?.error.message ?? words.failed)
  }

  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <h1 ref={heading} tabIndex={-1}>
          {words.title(lost.company.name)}
        </h1>
        <p>{words.lead}</p>
        {handovers?.map((handover) => (
          <HandoverBox key={handover.id} handover={handover} onDone={reload} />
        ))}
        {handovers?.length === 0 ? <p>{words.nothingUnsent}</p> : null}
        <div className={classes.actions}>
          {companies.map((company) => (
            <Button key={company.companyId} variant="default" onClick={() => void goTo(company.companyId)}>
              {words.goTo(company.companyName)}
            </Button>
          ))}
          <Button variant="default" onClick={() => void goTo(lost.company.id)}>
            {words.checkAgain}
          </Button>
          <Button variant="default" onClick={() => void signOut()}>
            {strings.actions.signOut}
          </Button>
        </div>
        {problem === null ? null : (
          <Notice tone="plain" isAlert>
            {problem}
          </Notice>
        )}
      </div>
    </main>
  )
}
