import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { NoticeBar } from '../../components/notice-bar.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { useImporter } from './use-importer.ts'

const words = strings.import

/** The import that is being written while its page is not open. */
export function ImportBar() {
  const flow = useStore(useImporter().flow)
  const [location, navigate] = useLocation()
  if (location === routes.import || flow.kind !== 'running') return null
  const { fileName, done, rows, state } = flow.progress
  return (
    <NoticeBar
      tone={state === 'failed' ? 'bad' : 'plain'}
      action={
        <Button variant="default" onClick={() => navigate(routes.import)}>
          {words.showRunning}
        </Button>
      }
    >
      {words.runningAway[state === 'running' ? 'running' : 'resting'](fileName, done, rows)}
    </NoticeBar>
  )
}
