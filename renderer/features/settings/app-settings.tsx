import { Button, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Preferences } from '#shared/ipc/desktop.ts'
import type { Result } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { useDesktop, useDesktopState } from '../../hooks/use-desktop.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { describePage } from '../../lib/diagnostics.ts'
import { saveTextFile } from '../../lib/save-file.ts'
import { spoken } from '../../texts/spoken.ts'
import { LockSettings } from './lock-settings.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const words = strings.desktop.settings

/** What the desktop app does on this computer, and what support needs to know of it. */
export function AppSettings() {
  const desktop = useDesktop()
  const state = useDesktopState()
  return (
    <Page title={strings.settings.sections.app} lead={desktop === null ? words.leadBrowser : words.lead}>
      {desktop === null || state === null ? null : (
        <>
          <UpdateNotice />
          <Facts className={classes.facts ?? ''}>
            <Fact label={words.server}>{state.server}</Fact>
          </Facts>
          <Background preferences={state.preferences} />
          <LockSettings afterMinutes={state.lock.afterMinutes} />
        </>
      )}
      <Support />
    </Page>
  )
}

/** Says what became of something that main was asked for. */
async function settle(asked: Promise<Result<null>> | undefined): Promise<void> {
  const answer = await asked?.catch(() => null)
  if (answer?.ok === true) return
  notifications.show({ color: 'red', title: words.didNotWork, message: spoken(answer?.error.message ?? words.failed) })
}

function UpdateNotice() {
  const desktop = useDesktop()
  const update = useDesktopState()?.update
  if (update?.kind !== 'ready') return null
  if (update.isHeld) return <Notice tone="plain">{strings.desktop.update.held(update.version)}</Notice>
  return (
    <Notice
      tone="plain"
      action={
        <Button onClick={() => void settle(desktop?.ask('crm:update-install', null))}>
          {strings.desktop.update.install}
        </Button>
      }
    >
      {strings.desktop.update.ready(update.version, update.onQuit)}
    </Notice>
  )
}

function Background({ preferences }: { readonly preferences: Preferences }) {
  const desktop = useDesktop()
  const set = (change: Partial<Preferences>): void =>
    void settle(desktop?.ask('crm:preferences-set', { ...preferences, ...change }))
  return (
    <Section title={words.background}>
      <Switch
        label={words.keepSyncing}
        description={words.keepSyncingLead}
        checked={preferences.keepSyncing}
        onChange={(event) => set({ keepSyncing: event.currentTarget.checked })}
      />
      <Switch
        mt={14}
        label={words.notifications}
        description={words.notificationsLead}
        checked={preferences.notifications}
        onChange={(event) => set({ notifications: event.currentTarget.checked })}
      />
    </Section>
  )
}

function Support() {
  const desktop = useDesktop()
  const { session, sync } = useReplica()
  async function save(): Promise<void> {
    const main = await desktop?.ask('crm:diagnostics', null).catch(() => null)
    const page = describePage(session.get(), sync.get(), navigator.userAgent)
    await saveTextFile(
      'tradesphere-diagnostics.json',
      JSON.stringify({ page, main: main == null ? null : JSON.parse(main) }, null, 2),
    )
  }
  return (
    <Section title={words.support}>
      <div className={classes.act}>
        <div>
          {words.diagnostics}
          <p>{words.diagnosticsLead}</p>
        </div>
        <Button variant="default" onClick={() => void save()}>
          {words.diagnostics}
        </Button>
      </div>
    </Section>
  )
}
