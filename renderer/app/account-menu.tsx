import { Menu } from '@mantine/core'
import { useLocation } from 'wouter'
import { openCompany, useCompanies } from '../hooks/use-companies.ts'
import { useSignedIn } from '../hooks/use-replica.ts'
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
  const { companies, reload, switchTo } = useCompanies()
  const others = companies.filter((company) => !company.isOpen)

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
                onClick={() => void openCompany(switchTo, companyId)}
                rightSection={unsent === 0 ? null : strings.pill.waiting(unsent)}
              >
                {companyName}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        <Menu.Item onClick={() => navigate(routes.undo)}>{strings.undo.title}</Menu.Item>
        <Menu.Item onClick={() => navigate(routes.settings)}>{strings.nav.settings}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{strings.actions.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
