import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { strings } from '../../app/strings.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { useCompanies } from '../../hooks/use-companies.ts'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { useSignOut } from '../../hooks/use-sign-out.ts'
import { useStore } from '../../hooks/use-store.ts'
import { storagePersistence } from '../../lib/storage-persistence.ts'
import classes from './settings-page.module.css'

const words = strings.settings

/** Account, appearance, and signing out. */
export function SettingsPage() {
  const { user, workspace } = useSignedIn()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const { companies, switchTo } = useCompanies()
  const [problem, setProblem] = useState<string | null>(null)
  const others = companies.filter((company) => !company.isOpen)
  const persistence = useStore(storagePersistence)
  return (
    <Page title={words.title}>
      <section className={classes.section} aria-labelledby="settings-account">
        <h2 id="settings-account">{words.account}</h2>
        <Facts>
          <Fact label={words.name}>{user.name}</Fact>
          <Fact label={words.email}>{user.email}</Fact>
          <Fact label={words.company}>{workspace.companyName}</Fact>
          {others.length === 0 ? null : (
            <Fact label={words.otherCompanies}>
              <div className={classes.companies}>
                {others.map(({ companyId, companyName, unsent }) => (
                  <Button key={companyId} variant="default" onClick={() => void switchTo(companyId).then(setProblem)}>
                    {words.switchTo(companyName, unsent)}
                  </Button>
                ))}
              </div>
            </Fact>
          )}
          <Fact label={words.role}>{strings.roles[workspace.role]}</Fact>
        </Facts>
        {problem === null ? null : (
          <Notice tone="bad" isAlert>
            {problem}
          </Notice>
        )}
      </section>
      <section className={classes.section} aria-labelledby="settings-appearance">
        <h2 id="settings-appearance">{words.appearance}</h2>
        <SegmentedControl
          aria-label={words.appearance}
          value={colorScheme}
          onChange={setColorScheme}
          data={[
            { value: 'auto' as const, label: words.schemes.auto },
            { value: 'light' as const, label: words.schemes.light },
            { value: 'dark' as const, label: words.schemes.dark },
          ]}
        />
      </section>
      <section className={classes.section} aria-labelledby="settings-data">
        <h2 id="settings-data">{words.data}</h2>
        {persistence === 'unknown' ? null : <p>{words.storage[persistence]}</p>}
        <p>{words.signOutLead}</p>
        <Button variant="default" onClick={() => void signOut()}>
          {strings.actions.signOut}
        </Button>
      </section>
    </Page>
  )
}
