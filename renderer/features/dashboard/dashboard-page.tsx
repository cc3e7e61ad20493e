import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { routes } from '../../lib/routes.ts'
import { Completeness } from './completeness.tsx'
import classes from './dashboard.module.css'
import { GrowthSection } from './growth-section.tsx'
import { LastImports } from './last-imports.tsx'
import { LastSeen } from './last-seen.tsx'
import { ListLink } from './list-link.tsx'
import { ToDecide } from './to-decide.tsx'
import { type Overview, useDashboard } from './use-dashboard.ts'

const words = strings.dashboard

/** How good the data of the company is, and where each figure can be made better. */
export function DashboardPage() {
  const overview = useDashboard()
  return (
    <Page title={words.title} lead={words.lead} width="full">
      {overview === undefined ? (
        <div aria-busy="true" />
      ) : overview === null ? (
        <EmptyState title={words.failed} />
      ) : overview.figures.total === 0 ? (
        <Nobody />
      ) : (
        <Figures overview={overview} />
      )}
    </Page>
  )
}

function Figures({ overview: { figures, imports } }: { readonly overview: Overview }) {
  const { phase } = useStore(useReplica().sync)
  return (
    <>
      {phase.kind === 'firstSync' ? <Notice tone="plain">{words.partial}</Notice> : null}
      <p className={classes.total}>
        <ListLink filter={{}}>{words.customers(figures.total)}</ListLink>
      </p>
      <div className={classes.cards}>
        <Card title={words.complete}>
          <Completeness has={figures.has} total={figures.total} />
        </Card>
        <Card title={words.inbox}>
          <ToDecide solved={figures.solved} />
        </Card>
        <Card title={words.growth} isWide>
          <GrowthSection weeks={figures.weeks} months={figures.months} />
        </Card>
        <Card title={words.seen}>
          <LastSeen lastSeen={figures.lastSeen} neverSeen={figures.neverSeen} total={figures.total} />
        </Card>
        <Card title={words.imports}>
          <LastImports imports={imports} />
        </Card>
      </div>
    </>
  )
}

function Card({
  title,
  isWide = false,
  children,
}: {
  readonly title: string
  readonly isWide?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={cx(classes.card, isWide && classes.across)} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** No customer here: still on their way, or none at all. */
function Nobody() {
  const { phase } = useStore(useReplica().sync)
  const [, navigate] = useLocation()
  if (phase.kind === 'firstSync') {
    return (
      <EmptyState title={strings.firstSync.title}>{strings.firstSync.progress(phase.received, phase.total)}</EmptyState>
    )
  }
  if (phase.kind === 'offline' || phase.kind === 'failed') {
    return <EmptyState title={strings.firstSync.offlineTitle}>{strings.firstSync.offlineBody}</EmptyState>
  }
  return (
    <EmptyState
      title={strings.list.emptyTitle}
      action={<Button onClick={() => navigate(routes.import)}>{strings.actions.import}</Button>}
    >
      {words.emptyBody}
    </EmptyState>
  )
}
