import { Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { CompanyChoice } from '#shared/replica-api/handover.ts'
import { useReplica, useSignedIn } from '../hooks/use-replica.ts'
import { useSignOut } from '../hooks/use-sign-out.ts'
import { initials } from '../lib/format.ts'
import { routes } from '../lib/routes.ts'
import classes from './account-menu.module.css'
import { strings } from './strings.ts'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { user, workspace } = useSignedIn()
  const [, navigate] = useLocation()
  const signOut = useSignOut()
  const { client } = useReplica()
  const [companies, setCompanies] = useState<readonly CompanyChoice[]>([])
  const others = companies.filter((company) => !company.isOpen)

  function reload(): void {
    client.request('session.companies', null).then(setCompanies, () => setCompanies([]))
  }

  async function switchTo(companyId: string): Promise<void> {
    const answer = await client.request('session.switchCompany', { companyId }).catch(() => null)
    // Another company starts at the front, not at a customer it doesn't have.
    if (answer?.ok === true) navigate(routes.customers, { replace: true })
    else notifications.show({ color: 'red', title: strings.nav.switchFailed, message: answer?.error.message ?? '' })
  }

  return (
    <Menu position="bottom-end" width={220} onOpen={reload} shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={classes.me}
          aria-label={strings.nav.account(user.name)}
          data-initials={initials(user.name)}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who ?? ''}>
          <strong>{user.name}</strong>
          <span>
            {strings.roles[workspace.role]} · {workspace.companyName}
          </span>
        </Menu.Label>
        <Menu.Divider />
        {others.length === 0 ? null : (
          <>
            <Menu.Label>{strings.nav.switchTo}</Menu.Label>
            {others.map(({ companyId, companyName, unsent }) => (
              <Menu.Item
                key={companyId}
                onClick={() => void switchTo(companyId)}
                rightSection={unsent === 0 ? null : strings.pill.waiting(unsent)}
              >
                {companyName}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        <Menu.Item onClick={() => navigate(routes.settings)}>{strings.nav.settings}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{strings.actions.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
