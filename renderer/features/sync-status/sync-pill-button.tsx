import { Popover } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { strings } from '../../app/strings.ts'
import { StatusDot } from '../../components/status-dot.tsx'
import { useClosing } from '../../hooks/use-closing.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { syncPill } from '../../lib/sync-pill.ts'
import classes from './sync-pill-button.module.css'
import { SyncStory } from './sync-story.tsx'

/** The truth about sync, always at the right of the top bar; a click tells the whole story. */
export function SyncPillButton() {
  const status = useStore(useReplica().sync)
  const [isOpen, setIsOpen] = useState(false)
  const pill = syncPill(status)
  const isNarrow = useIsNarrow()
  useClosing(isOpen, () => setIsOpen(false))
  return (
    // Escape gives the focus back by itself; where a link of it was pressed the new page has it.
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={340} shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.pill}
          aria-label={strings.pill.label(pill.text)}
          onClick={() => setIsOpen(!isOpen)}
        >
          <StatusDot tone={pill.tone} />
          <span>{isNarrow ? (pill.short ?? pill.text) : pill.text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={strings.sync.title} className={classes.story ?? ''}>
        <SyncStory />
        <Link href={routes.sync} className={classes.more}>
          {strings.sync.details}
        </Link>
      </Popover.Dropdown>
    </Popover>
  )
}
