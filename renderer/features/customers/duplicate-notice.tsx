import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'

const words = strings.duplicates

/** Says on a customer whom it looks like, and leads to where both are seen side by side. */
export function DuplicateNotice({ customerId }: { readonly customerId: string }) {
  const group = useGroup(customerId)
  const [, navigate] = useLocation()
  if (group === null) return null
  const others = group.members.filter(({ id }) => id !== customerId)
  const [first] = others
  if (first === undefined) return null
  return (
    <Notice
      tone="warn"
      action={
        <Button variant="default" onClick={() => navigate(routes.merge([customerId, ...others.map(({ id }) => id)]))}>
          {words.review}
        </Button>
      }
    >
      {words.noticeStart} <strong>{first.name}</strong>
      {others.length === 1 ? '' : ` + ${words.others(others.length - 1)}`} {words.looksLike(group.probability)}:{' '}
      {group.reasons.map(spoken).join(', ')}
    </Notice>
  )
}

/** The group of duplicates that a customer is in, asked for again when groups or data change. */
function useGroup(id: string): DuplicateGroup | null {
  const { duplicates, dataVersion } = useReplica()
  const { dedupe } = useReplica().services
  const status = useStore(duplicates)
  const version = useStore(dataVersion)
  const [found, setFound] = useState<{ readonly id: string; readonly group: DuplicateGroup | null } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `status` and `version` say that something changed.
  useEffect(() => {
    let isCurrent = true
    dedupe.duplicatesOf(id).then(
      (group) => {
        if (isCurrent) setFound({ id, group })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [dedupe, id, status, version])
  return found?.id === id ? found.group : null
}
