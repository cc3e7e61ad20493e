import type { SessionState } from '#shared/replica-api/session-state.ts'
import { strings } from '../../app/strings.ts'
import { DeadEnd } from '../../components/dead-end.tsx'
import { HandoverBox } from '../../components/handover-box.tsx'
import { useHandovers } from '../../hooks/use-handovers.ts'

const words = strings.accessLost

/** The user no longer belongs to the company: what left, what is kept, and where to go on. */
export function AccessLostPage({ lost }: { readonly lost: Extract<SessionState, { kind: 'accessLost' }> }) {
  const { handovers, reload } = useHandovers()
  return (
    <DeadEnd title={words.title(lost.company.name)} company={lost.company} retry={words.checkAgain}>
      <p>{words.lead}</p>
      {handovers?.map((handover) => (
        <HandoverBox key={handover.id} handover={handover} onDone={reload} />
      ))}
      {handovers?.length === 0 ? <p>{words.nothingUnsent}</p> : null}
    </DeadEnd>
  )
}
