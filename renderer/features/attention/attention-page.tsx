import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { HandoverBox } from '../../components/handover-box.tsx'
import { Page } from '../../components/page.tsx'
import { useHandovers } from '../../hooks/use-handovers.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import classes from './attention-page.module.css'
import { ConflictItem } from './conflict-item.tsx'
import { RefusedItem } from './refused-item.tsx'
import { RefusedRecordItem } from './refused-record-item.tsx'
import { UnreadableItem } from './unreadable-item.tsx'
import { useAskedAgain } from './use-asked-again.ts'

const words = strings.attention
const askRecords = (client: ReplicaClient) => client.request('attention.records', null)
const askUnreadable = (client: ReplicaClient) => client.request('attention.unreadable', null)

/** Everything a person has to settle: refused writes, and fields that two people changed. */
export function AttentionPage() {
  const items = useStore(useReplica().attention)
  const { items: records, reload } = useAskedAgain(askRecords)
  const { items: unreadable, reload: reloadUnreadable } = useAskedAgain(askUnreadable)
  const { handovers, reload: reloadHandovers } = useHandovers()
  const count = items.length + records.length + unreadable.length + (handovers?.length ?? 0)
  if (count === 0) {
    return (
      <Page title={words.title} focusKey={0}>
        <EmptyState title={words.emptyTitle}>{words.emptyBody}</EmptyState>
      </Page>
    )
  }
  return (
    <Page title={words.title} lead={words.lead} focusKey={count}>
      {handovers?.map((handover) => (
        <div key={handover.id} className={classes.handover}>
          <HandoverBox handover={handover} onDone={reloadHandovers} />
        </div>
      ))}
      <ul className={classes.items}>
        {items.map((item) =>
          item.kind === 'rejected' ? (
            <li key={`${item.customerId}-${item.op}-${item.at}`} className={classes.item}>
              <RefusedItem item={item} />
            </li>
          ) : (
            <li key={`${item.customerId}-${item.conflict.field}`} className={classes.item}>
              <ConflictItem item={item} />
            </li>
          ),
        )}
        {records.map((item) => (
          <li key={item.key} className={classes.item}>
            <RefusedRecordItem item={item} onSettled={reload} />
          </li>
        ))}
        {unreadable.map((item) => (
          <li key={item.stored} className={classes.item}>
            <UnreadableItem item={item} onSettled={reloadUnreadable} />
          </li>
        ))}
      </ul>
    </Page>
  )
}
