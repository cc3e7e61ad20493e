import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { prepareNotes } from '../../components/notes-view.tsx'
import { Notice } from '../../components/notice.tsx'
import { useIsBulkRunning } from '../../hooks/use-bulk.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { commandKey } from '../../lib/platform.ts'
import { routes } from '../../lib/routes.ts'
import { BulkBar } from './bulk-bar.tsx'
import { CustomerList } from './customer-list.tsx'
import classes from './customer-list-pane.module.css'
import { FilterChips } from './filter-chips.tsx'
import { FirstSync } from './first-sync.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import { NothingFound } from './nothing-found.tsx'
import { ChosenProvider, useChosen } from './use-chosen.tsx'

const words = strings.list

/** The list with its toolbar, or what stands in its place when there is nothing to list. */
export function CustomerListPane() {
  useDocumentTitle(`${strings.nav.customers} · ${strings.appName}`)
  // Whoever is opened from here may have notes.
  useEffect(prepareNotes, [])
  return (
    <section className={classes.pane} aria-label={words.label}>
      <h1 className="for-readers">{strings.nav.customers}</h1>
      <ListToolbar />
      <FilterChips />
      <SearchProgress />
      <ChosenProvider>
        <ListBody />
        <Foot />
      </ChosenProvider>
    </section>
  )
}

/** What can be done with those who are chosen, or is being done; else with the keyboard. */
function Foot() {
  const isChoosing = useChosen().count > 0
  const isRunning = useIsBulkRunning()
  const isNarrow = useIsNarrow()
  if (isChoosing || isRunning) return <BulkBar />
  return isNarrow ? null : <Hints />
}

function ListBody() {
  const { rows, sync } = useReplica()
  const state = useStore(rows)
  const { phase } = useStore(sync)
  const [, navigate] = useLocation()

  if (state.kind === 'loading') return <Skeleton />
  if (state.kind === 'failed' && state.total === 0) {
    return (
      <EmptyState title={words.failed} action={<Button onClick={rows.refresh}>{strings.actions.tryAgain}</Button>} />
    )
  }
  if (state.total > 0) return <CustomerList />
  if (state.all === 0) {
    const isFirstSync = phase.kind === 'firstSync' || phase.kind === 'offline' || phase.kind === 'failed'
    if (isFirstSync) return <FirstSync />
    return (
      <EmptyState
        title={words.emptyTitle}
        action={<Button onClick={() => navigate(routes.import)}>{strings.actions.import}</Button>}
      >
        {words.emptyBody}
      </EmptyState>
    )
  }
  // What is not looked through yet is not "nothing found".
  return state.indexing === undefined ? <NothingFound /> : null
}

/** Says that the search has not looked through everybody yet; results follow by themselves. */
function SearchProgress() {
  const { indexing } = useStore(useReplica().rows)
  return (
    <div role="status">
      {indexing === undefined ? null : (
        <Notice tone="plain">{words.searchGettingReady(indexing.done, indexing.total)}</Notice>
      )}
    </div>
  )
}

/** Only ever seen before the very first answer of the replica. */
function Skeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label={words.loading}>
      {[62, 48, 55, 40, 66, 51, 45, 58].map((width) => (
        <div key={width} style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  )
}

function Hints() {
  const { hints } = words
  return (
    <div className={classes.hints} aria-hidden="true">
      <span>
        <kbd>J</kbd> <kbd>K</kbd> {hints.move}
      </span>
      <span>
        <kbd>Enter</kbd> {hints.open}
      </span>
      <span>
        <kbd>E</kbd> {hints.edit}
      </span>
      <span>
        <kbd>X</kbd> {strings.listTools.hints.select}
      </span>
      <span>
        <kbd>N</kbd> {hints.create}
      </span>
      <span>
        <kbd>{commandKey()} K</kbd> {hints.everything}
      </span>
      <span>
        <kbd>?</kbd> {hints.help}
      </span>
    </div>
  )
}
