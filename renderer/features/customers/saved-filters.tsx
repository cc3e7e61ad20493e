import { Menu } from '@mantine/core'
import { useState } from 'react'
import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import { readSavedList } from '#shared/domain/saved-list.ts'
import { strings } from '../../app/strings.ts'
import { useApplyFilter } from '../../hooks/use-apply-filter.ts'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { useSavedFilters } from '../../hooks/use-saved-filters.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { ownerName } from '../../lib/filter-text.ts'
import toolbar from './list-toolbar.module.css'
import { SaveFilterDialog } from './save-filter-dialog.tsx'
import classes from './saved-filters.module.css'

const words = strings.filters.saved

/** Filters that somebody keeps: applies one, saves what the list shows, changes one's own. */
export function SavedFilters() {
  const filters = useSavedFilters()
  const { user, workspace } = useSignedIn()
  const apply = useApplyFilter()
  const [isOpen, setIsOpen] = useState(false)
  const [appliedId, setAppliedId] = useState<string | null>(null)
  /** What the dialog is about; `new`: what the list shows. */
  const [editing, setEditing] = useState<SavedFilter | 'new' | null>(null)
  useShortcuts({ v: () => setIsOpen(true) })

  const mine = filters.filter((filter) => filter.userId === user.id)
  const others = filters.filter((filter) => filter.userId !== user.id)
  const applied = mine.find((filter) => filter.id === appliedId)

  function choose(filter: SavedFilter): void {
    apply(filter)
    setAppliedId(filter.id)
  }

  return (
    <>
      <Menu position="bottom-start" width={260} opened={isOpen} onChange={setIsOpen}>
        <Menu.Target>
          <button type="button" className={toolbar.chip} aria-label={words.label} aria-keyshortcuts="v">
            {words.open}
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu ?? ''}>
          {filters.length === 0 ? <Menu.Label>{words.none}</Menu.Label> : null}
          {mine.length === 0 ? null : <Menu.Label>{words.mine}</Menu.Label>}
          {mine.map((filter) => (
            <FilterItem key={filter.id} filter={filter} note={filter.shared ? words.isShared : null} onApply={choose} />
          ))}
          {others.length === 0 ? null : <Menu.Label>{words.shared}</Menu.Label>}
          {others.map((filter) => (
            <FilterItem
              key={filter.id}
              filter={filter}
              note={words.by(ownerName(filter.userId, workspace.members))}
              onApply={choose}
            />
          ))}
          <Menu.Divider />
          {applied === undefined ? null : (
            <Menu.Item onClick={() => setEditing(applied)}>{words.manage(applied.name)}</Menu.Item>
          )}
          <Menu.Item onClick={() => setEditing('new')}>{words.saveThis}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing === null ? null : (
        <SaveFilterDialog
          filter={editing === 'new' ? null : editing}
          onClose={(savedId) => {
            setEditing(null)
            if (savedId !== null) setAppliedId(savedId)
          }}
        />
      )}
    </>
  )
}

function FilterItem({
  filter,
  note,
  onApply,
}: {
  readonly filter: SavedFilter
  readonly note: string | null
  readonly onApply: (filter: SavedFilter) => void
}) {
  const aside = readSavedList(filter.filter) === null ? words.unreadable : note
  return (
    <Menu.Item onClick={() => onApply(filter)}>
      <span className={classes.name}>{filter.name}</span>
      {aside === null ? null : <span className={classes.note}> {aside}</span>}
    </Menu.Item>
  )
}
