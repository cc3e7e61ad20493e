import type { Dashboard } from '#shared/replica-api/dashboard.ts'
import { strings } from '../../app/strings.ts'
import { formatCount } from '../../lib/format.ts'
import { ListLink } from './list-link.tsx'
import { ShareList } from './share-list.tsx'

const words = strings.dashboard

/** How long ago customers were last seen: each of them counts once. */
export function LastSeen({ lastSeen, neverSeen, total }: Pick<Dashboard, 'lastSeen' | 'neverSeen' | 'total'>) {
  const shares = lastSeen.map(({ from, to, count }, n) => ({
    key: `${from}`,
    count,
    name: words.seenLabels[n],
    rest: <ListLink filter={{ lastSeen: { kind: 'between', from, to } }}>{formatCount(count)}</ListLink>,
  }))
  const never = { key: 'never', count: neverSeen, name: words.never, rest: formatCount(neverSeen) }
  return <ShareList shares={[...shares, never]} of={total} />
}
