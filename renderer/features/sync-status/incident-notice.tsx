import { Button } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { NoticeBar } from '../../components/notice-bar.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { formatMoment } from '../../lib/format.ts'

const words = strings.incident

/** What happened to the copy on this device, what was made good and what may be missing, until its user knows. */
export function IncidentNotice() {
  const { client, sync } = useReplica()
  const { incident } = useStore(sync)
  if (incident === null) return null
  return (
    <NoticeBar
      tone="warn"
      isAlert
      action={
        // What the storage refuses shows in the sync status; the notice just stays then.
        <Button variant="default" onClick={() => void client.request('sync.dismissIncident', null)}>
          {words.dismiss}
        </Button>
      }
    >
      {words[incident.kind](formatMoment(incident.at), incident.unsent)}
    </NoticeBar>
  )
}
