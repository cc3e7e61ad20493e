import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { NoticeBar } from '../../components/notice-bar.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { useExporter } from './use-exporter.ts'

const words = strings.export

/** The export that goes on, or has ended, while its page is not open. */
export function ExportBar() {
  const exporter = useExporter()
  const state = useStore(exporter.state)
  const [location] = useLocation()
  if (location === routes.export) return null
  if (state.kind === 'running') {
    return (
      <NoticeBar
        tone="plain"
        action={
          <Button variant="default" onClick={exporter.stop}>
            {words.stopExport}
          </Button>
        }
      >
        {words.runningAway(state.done, state.rows)}
      </NoticeBar>
    )
  }
  const text = state.kind === 'done' ? words.done(state.rows, state.fileName) : state.problem
  if (text === null) return null
  return (
    <NoticeBar
      tone={state.kind === 'done' ? 'plain' : 'bad'}
      isAlert
      action={
        <Button variant="default" onClick={exporter.dismiss}>
          {words.seen}
        </Button>
      }
    >
      {text}
    </NoticeBar>
  )
}
