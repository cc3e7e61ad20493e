import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerEnrichment } from '#shared/services/customer-enrichment-service.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

const words = strings.detail.suggestionWords
/** More would push the profile away; the next one follows when one is settled. */
const SHOWN = 2

/** Contact data that a chat gave and the customer hasn't: to take over, or to leave. */
export function ChatSuggestions({ customer }: { readonly customer: Customer }) {
  const { enrichment } = useReplica().services
  const suggestions = useSuggestions(customer.id)
  const permission = customerPermission(useActor(), 'edit', customer)

  async function settle(id: string, status: 'accepted' | 'dismissed'): Promise<void> {
    const answer = await enrichment.settleSuggestion(id, status)
    if (!answer.ok) notifications.show({ color: 'red', title: words.failed, message: answer.error.message })
    else if (status === 'accepted') notifications.show({ message: words.accepted, autoClose: 3_000 })
  }

  return suggestions.slice(0, SHOWN).map(({ id, field, value }) => (
    <Notice
      key={id}
      tone="plain"
      action={
        <>
          <PermissionButton variant="default" permission={permission} onClick={() => void settle(id, 'accepted')}>
            {words.accept}
          </PermissionButton>
          <PermissionButton variant="subtle" permission={permission} onClick={() => void settle(id, 'dismissed')}>
            {words.dismiss}
          </PermissionButton>
        </>
      }
    >
      {words.said(strings.fields[field])} <strong>{value}</strong>
    </Notice>
  ))
}

/** What is open, asked for again when the data changes. */
function useSuggestions(id: string): CustomerEnrichment['suggestions'] {
  const { enrichment } = useReplica().services
  const version = useStore(useReplica().dataVersion)
  const [found, setFound] = useState<{ readonly id: string; readonly open: CustomerEnrichment['suggestions'] } | null>(
    null,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that something changed.
  useEffect(() => {
    let isCurrent = true
    enrichment.enrichCustomer(id).then(
      ({ suggestions }) => {
        if (isCurrent) setFound({ id, open: suggestions })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [enrichment, id, version])
  return found?.id === id ? found.open : []
}
