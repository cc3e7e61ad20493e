import { Drawer, Popover } from '@mantine/core'
import { useState } from 'react'
import { activeParts } from '#shared/domain/customer-filter.ts'
import { strings } from '../../app/strings.ts'
import { useClosing } from '../../hooks/use-closing.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import { WITHIN_WINDOW } from '../../lib/within-window.ts'
import classes from './filter-button.module.css'
import { FilterPanel } from './filter-panel.tsx'
import toolbar from './list-toolbar.module.css'

const words = strings.filters

/** Opens the filters: beside the button where there is room, else from below. */
export function FilterButton() {
  const filter = useStore(useReplica().list, (state) => state.filter)
  const isNarrow = useIsNarrow()
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  // The view has buttons of its own.
  const count = activeParts(filter).filter((part) => part !== 'view').length
  useClosing(isOpen, close)
  useShortcuts({ f: () => setIsOpen(true) })

  const button = (
    <button
      type="button"
      className={cx(toolbar.chip, count > 0 && toolbar.chosen)}
      aria-label={count === 0 ? words.open : words.openCount(count)}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-keyshortcuts="f"
      onClick={() => setIsOpen(!isOpen)}
    >
      {words.open} {count === 0 ? null : <b>{formatCount(count)}</b>}
    </button>
  )
  if (isNarrow) {
    return (
      <>
        {button}
        <Drawer
          opened={isOpen}
          onClose={close}
          position="bottom"
          size="85%"
          title={words.title}
          padding={0}
          overlayProps={{ backgroundOpacity: 0.25 }}
          classNames={{ content: classes.sheet ?? '', header: classes.sheetHead ?? '', body: classes.sheetBody ?? '' }}
          closeButtonProps={{ 'aria-label': strings.actions.close }}
          // A <header> in a dialog would count as the page's banner.
          attributes={{ header: { role: 'none' } }}
        >
          <FilterPanel onClose={close} />
        </Drawer>
      </>
    )
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-start"
      width={680}
      shadow="md"
      trapFocus
      returnFocus
      middlewares={WITHIN_WINDOW}
    >
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''}>
        <FilterPanel onClose={close} />
      </Popover.Dropdown>
    </Popover>
  )
}
