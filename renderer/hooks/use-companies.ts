import { notifications } from '@mantine/notifications'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { CompanyChoice } from '#shared/replica-api/handover.ts'
import { strings } from '../app/strings.ts'
import { routes } from '../lib/routes.ts'
import { useReplica } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** The companies of the user, and the way from one to another. */
export interface Companies {
  readonly companies: readonly CompanyChoice[]
  readonly reload: () => void
  /** Opens another company. Resolves to what was in the way, or null. */
  readonly switchTo: (companyId: string) => Promise<string | null>
}

/** Asks for the companies of the user, again with each change of the session. */
export function useCompanies(): Companies {
  const { client, session } = useReplica()
  const now = useStore(session)
  const [, navigate] = useLocation()
  const [companies, setCompanies] = useState<readonly CompanyChoice[]>([])
  const reload = useCallback(() => {
    client.request('session.companies', null).then(setCompanies, () => setCompanies([]))
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has other companies.
  useEffect(reload, [reload, now])

  async function switchTo(companyId: string): Promise<string | null> {
    const answer = await client.request('session.switchCompany', { companyId }).catch(() => null)
    if (answer?.ok !== true) return answer?.error.message ?? strings.nav.switchFailed
    // Another company starts at the front, not at a customer it doesn't have.
    navigate(routes.customers, { replace: true })
    return answer.value.kind === 'locked' ? strings.storageLocked.stillLocked : null
  }

  return { companies, reload, switchTo }
}

/** Opens another company and tells what was in the way. */
export async function openCompany(switchTo: Companies['switchTo'], companyId: string): Promise<void> {
  const problem = await switchTo(companyId)
  if (problem !== null) notifications.show({ color: 'red', title: strings.nav.switchFailed, message: problem })
}
