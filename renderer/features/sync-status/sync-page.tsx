import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import classes from './sync-page.module.css'
import { SyncStory } from './sync-story.tsx'

/** The whole story about sync. */
export function SyncPage() {
  return (
    <Page title={strings.sync.title}>
      <div className={classes.story}>
        <SyncStory />
      </div>
    </Page>
  )
}
