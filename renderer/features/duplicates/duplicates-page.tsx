import { Button, SegmentedControl } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { tellRefusal } from '../../components/refusal-toast.ts'
import { usePageFocus } from '../../hooks/use-page-focus.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useStore } from '../../hooks/use-store.ts'
import {
  currentGroup,
  INITIAL_REVIEW,
  openCount,
  openGroups,
  type ReviewState,
  sittingCounts,
  stepped,
} from '../../lib/review-queue.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './duplicates-page.module.css'
import { GroupList } from './group-list.tsx'
import { GroupReview } from './group-review.tsx'
import { namesOf } from './names-of.ts'
import { ScanProgress } from './scan-progress.tsx'
import { useReview } from './use-review.ts'

const words = strings.duplicates

/** The duplicates inbox: one group after the other, decided by a key each. */
export function DuplicatesPage() {
  const { review: store, duplicates } = useReplica()
  const state = useStore(store)
  const status = useStore(duplicates)
  const review = useReview()
  const permission = customerPermission(useActor(), 'merge')
  const [, navigate] = useLocation()
  const group = currentGroup(state)
  const heading = usePageFocus(group === null ? 'none' : 'some')
  useDocumentTitle(`${words.title} · ${strings.appName}`)

  /** With a group and the right to decide about it; else says why not. */
  const decide = (action: (group: DuplicateGroup) => void) => () => {
    if (group === null) return
    if (permission.allowed) action(group)
    else tellRefusal(permission.reason)
  }
  const edit = (one: DuplicateGroup): void => navigate(routes.mergeDuplicates(one.members.map(({ id }) => id)))
  const step = (by: 1 | -1) => () => store.set(stepped(state, by))
  const show = (likely: ReviewState['likely']): void =>
    store.set({ ...INITIAL_REVIEW, decisions: state.decisions, likely })
  useShortcuts({
    a: decide(review.accept),
    r: decide(review.dismiss),
    s: () => group !== null && review.skip(group),
    e: () => group !== null && edit(group),
    u: review.undo,
    j: step(1),
    arrowdown: step(1),
    k: step(-1),
    arrowup: step(-1),
    escape: () => navigate(routes.customers),
  })

  const counts = { suggested: status.suggested, asked: status.groups - status.suggested }
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        <SegmentedControl
          aria-label={words.likelyLabel}
          value={state.likely}
          onChange={show}
          data={(['suggested', 'asked'] as const).map((value) => ({
            value,
            label: `${words.likely[value]} ${counts[value]}`,
          }))}
        />
        <ScanProgress status={status} />
      </header>
      {permission.allowed ? null : <Notice tone="plain">{words.readOnly(spoken(permission.reason))}</Notice>}
      <Sitting state={state} onUndo={review.undo} />
      {state.known === null ? (
        <div aria-busy="true" />
      ) : group === null ? (
        <NothingLeft state={state} asked={counts.asked} onShow={show} onShowSkipped={review.showSkipped} />
      ) : (
        <div className={classes.split}>
          <GroupReview
            group={group}
            permission={permission}
            onAccept={decide(review.accept)}
            onEdit={() => edit(group)}
            onDismiss={decide(review.dismiss)}
            onSkip={() => review.skip(group)}
          />
          <GroupList
            groups={openGroups(state)}
            count={openCount(state)}
            current={group}
            onLook={(current) => store.set({ ...state, current })}
          />
        </div>
      )}
    </div>
  )
}

/** What was decided last, with the way back, and how much it is by now. */
function Sitting({ state, onUndo }: { readonly state: ReviewState; readonly onUndo: () => void }) {
  const last = state.decisions.at(-1)
  if (last === undefined) return null
  const { merged, dismissed, skipped } = sittingCounts(state)
  return (
    <div className={classes.sitting}>
      <output className={classes.said}>{words.said[last.kind](namesOf(last.group))}</output>
      <Button variant="default" size="compact-xs" onClick={onUndo}>
        {strings.actions.undo} <kbd className={classes.key}>U</kbd>
      </Button>
      <span className={classes.counts}>{words.sitting(merged, dismissed, skipped)}</span>
    </div>
  )
}

function NothingLeft({
  state,
  asked,
  onShow,
  onShowSkipped,
}: {
  readonly state: ReviewState
  readonly asked: number
  readonly onShow: (likely: ReviewState['likely']) => void
  readonly onShowSkipped: () => void
}) {
  const { skipped } = sittingCounts(state)
  const action =
    skipped > 0 ? (
      <Button onClick={onShowSkipped}>{words.showSkipped(skipped)}</Button>
    ) : state.likely === 'suggested' && asked > 0 ? (
      <Button onClick={() => onShow('asked')}>{words.emptyOther(asked)}</Button>
    ) : undefined
  return (
    <EmptyState title={words.emptyTitle} {...(action === undefined ? {} : { action })}>
      {words.emptyBody}
    </EmptyState>
  )
}
