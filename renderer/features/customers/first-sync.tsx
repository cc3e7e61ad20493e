import { Progress } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './first-sync.module.css'

const words = strings.firstSync

/** Before the first customer is on this device: how far it is, or why it can't start. */
export function FirstSync() {
  const { phase } = useStore(useReplica().sync)
  if (phase.kind === 'failed') return <EmptyState title={words.offlineTitle}>{spoken(phase.error.message)}</EmptyState>
  if (phase.kind !== 'firstSync') return <EmptyState title={words.offlineTitle}>{words.offlineBody}</EmptyState>
  const percent = phase.total === null || phase.total === 0 ? 0 : (phase.received / phase.total) * 100
  const progress = words.progress(phase.received, phase.total)
  return (
    <EmptyState title={words.title}>
      <Progress value={percent} size={6} className={classes.bar ?? ''} aria-label={progress} />
      <strong className={classes.count}>{progress}</strong>
      {words.lead}
    </EmptyState>
  )
}
