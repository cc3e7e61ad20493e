import type { SessionState } from '#shared/replica-api/session-state.ts'
import { strings } from '../../app/strings.ts'
import { DeadEnd } from '../../components/dead-end.tsx'
import { HandoverBox } from '../../components/handover-box.tsx'
import { useCompanies } from '../../hooks/use-companies.ts'
import { useHandovers } from '../../hooks/use-handovers.ts'

const words = strings.accessLost

/** The user no longer belongs to the company, or their device was signed out of it: what left, what is kept, and where to go on. */
export function AccessLostPage({ lost }: { readonly lost: Extract<SessionState, { kind: 'accessLost' }> }) {
  const { company, isSignedOut } = lost
  const { handovers, reload } = useHandovers()
  const { companies } = useCompanies()
  const isOnly = companies.every(({ companyId }) => companyId === company.id)
  const end = isSignedOut
    ? {
        title: words.signedOutTitle(company.name),
        retry: null,
        leave: isOnly ? words.signIn : strings.actions.signOut,
      }
    : { title: words.title(company.name), retry: words.checkAgain }
  return (
    <DeadEnd {...end} company={company}>
      <p>{isSignedOut ? words.signedOutLead : words.lead}</p>
      {isSignedOut && !isOnly ? <p>{words.signedOutOthers}</p> : null}
      {handovers?.map((handover) => (
        <HandoverBox key={handover.id} handover={handover} onDone={reload} />
      ))}
      {handovers?.length === 0 ? <p>{words.nothingUnsent}</p> : null}
    </DeadEnd>
  )
}
