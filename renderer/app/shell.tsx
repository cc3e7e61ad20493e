import { useCallback } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { AttentionPage } from '../features/attention/attention-page.tsx'
import { ConversationsPage } from '../features/conversations/conversations-page.tsx'
import { CustomersPage } from '../features/customers/customers-page.tsx'
import { DashboardPage } from '../features/dashboard/dashboard-page.tsx'
import { DuplicatesPage } from '../features/duplicates/duplicates-page.tsx'
import { ExportBar } from '../features/export/export-bar.tsx'
import { ExportPage } from '../features/export/export-page.tsx'
import { DropAnywhere } from '../features/import/drop-anywhere.tsx'
import { ImportBar } from '../features/import/import-bar.tsx'
import { ImportPage } from '../features/import/import-page.tsx'
import { MergePage } from '../features/merge/merge-page.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { IncidentNotice } from '../features/sync-status/incident-notice.tsx'
import { SyncPage } from '../features/sync-status/sync-page.tsx'
import { SyncPillButton } from '../features/sync-status/sync-pill-button.tsx'
import { UndoPage } from '../features/undo/undo-page.tsx'
import { useFocusKept } from '../hooks/use-focus-kept.ts'
import { useIsNarrow } from '../hooks/use-media.ts'
import { routes } from '../lib/routes.ts'
import { AccountMenu } from './account-menu.tsx'
import { BottomBar, NavigationRail } from './navigation.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { Palette } from './palette.tsx'
import { SearchBox } from './search-box.tsx'
import classes from './shell.module.css'
import { ShortcutsHelp } from './shortcuts-help.tsx'
import { strings } from './strings.ts'
import { useAppShortcuts } from './use-app-shortcuts.ts'
import { useOpenings } from './use-openings.ts'

/** The frame around every screen: where one can go, the search, the truth about sync. */
export function Shell() {
  const isNarrow = useIsNarrow()
  useAppShortcuts()
  useOpenings()
  useFocusKept()
  const skip = useCallback(() => document.getElementById('content')?.focus(), [])

  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={skip}>
        {strings.nav.skipToContent}
      </button>
      {isNarrow ? null : <NavigationRail />}
      <header className={classes.top}>
        <SearchBox />
        <div className={classes.right}>
          <SyncPillButton />
          {isNarrow ? null : <AccountMenu />}
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.content}>
        <IncidentNotice />
        <ImportBar />
        <ExportBar />
        <Switch>
          <Route path="/">
            <Redirect to={routes.customers} replace />
          </Route>
          <Route path={routes.dashboard} component={DashboardPage} />
          <Route path="/customers/*?" component={CustomersPage} />
          <Route path={routes.duplicates} component={DuplicatesPage} />
          <Route path={`${routes.duplicates}/:ids`}>{({ ids }) => <MergePage key={ids} ids={ids} isReview />}</Route>
          <Route path="/merge/:ids">{({ ids }) => <MergePage key={ids} ids={ids} isReview={false} />}</Route>
          <Route path={routes.conversations} component={ConversationsPage} />
          <Route path={routes.import} component={ImportPage} />
          <Route path={routes.export} component={ExportPage} />
          <Route path={routes.undo} component={UndoPage} />
          <Route path={routes.attention} component={AttentionPage} />
          <Route path={routes.sync} component={SyncPage} />
          <Route path={`${routes.settings}/:section?`}>{({ section }) => <SettingsPage section={section} />}</Route>
          <Route component={NotFoundPage} />
        </Switch>
      </main>
      {isNarrow ? <BottomBar /> : null}
      <DropAnywhere />
      <Palette />
      <ShortcutsHelp />
    </div>
  )
}
