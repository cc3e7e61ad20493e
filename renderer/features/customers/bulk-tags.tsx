import { Button, Popover, TagsInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { FIELD_LIMITS } from '#shared/domain/customer.ts'
import { toggled } from '#shared/domain/customer-filter.ts'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import type { ChosenSummary } from '#shared/replica-api/bulk.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useClosing } from '../../hooks/use-closing.ts'
import classes from './bulk-tags.module.css'
import { FilterChoices, FilterSection } from './filter-choices.tsx'
import { useFacets } from './use-facets.ts'

const words = strings.listTools.bulk

/** Adds tags to everybody who is chosen, and takes some away. */
export function BulkTags({
  isOpen,
  setIsOpen,
  permission,
  count,
  summary,
  onApply,
}: {
  readonly isOpen: boolean
  readonly setIsOpen: (isOpen: boolean) => void
  readonly permission: Permission
  readonly count: number
  readonly summary: ChosenSummary | null
  readonly onApply: (add: readonly string[], remove: readonly string[]) => void
}) {
  useClosing(isOpen, () => setIsOpen(false))
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="top-start"
      width={320}
      shadow="md"
      trapFocus
      returnFocus
      // There at once: what is typed right after the key or the click belongs to the field.
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <PermissionButton
          variant="default"
          permission={permission}
          aria-keyshortcuts="t"
          onClick={() => setIsOpen(!isOpen)}
        >
          {words.tags}
        </PermissionButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.tags}>
        <TagsForm
          count={count}
          summary={summary}
          onApply={(add, remove) => {
            setIsOpen(false)
            onApply(add, remove)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function TagsForm({
  count,
  summary,
  onApply,
}: {
  readonly count: number
  readonly summary: ChosenSummary | null
  readonly onApply: (add: readonly string[], remove: readonly string[]) => void
}) {
  const known = useFacets()?.tags.map(({ tag }) => tag) ?? []
  const [add, setAdd] = useState<readonly string[]>([])
  const [text, setText] = useState('')
  const [remove, setRemove] = useState<readonly string[]>([])
  const there = summary?.tags ?? []
  const isNothing = add.length + remove.length === 0

  function apply(event: FormEvent): void {
    event.preventDefault()
    if (!isNothing) onApply(add, remove)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || text !== '' || isNothing || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }

  return (
    <form className={classes.form} onSubmit={apply}>
      <TagsInput
        label={words.addTags}
        description={words.addTagsHint}
        data={known}
        splitChars={[',', ';']}
        maxTags={FIELD_LIMITS.tags}
        maxLength={FIELD_LIMITS.tag}
        value={[...add]}
        onChange={setAdd}
        searchValue={text}
        onSearchChange={setText}
        onKeyDown={onKeyDown}
        // Downwards, in the room that is there: upwards it would cover its own label.
        comboboxProps={{ withinPortal: false, position: 'bottom-start', middlewares: { flip: false } }}
        styles={{ options: { maxHeight: 132, overflowY: 'auto' } }}
        data-autofocus
        autoFocus
      />
      {there.length === 0 ? null : (
        <FilterSection title={words.removeTags}>
          <FilterChoices
            choices={there.map(({ tag, count: having }) => ({
              key: tag,
              text: tag,
              count: having,
              isOn: remove.includes(tag),
              toggle: () => setRemove(toggled(remove, tag) ?? []),
            }))}
          />
        </FilterSection>
      )}
      <Button type="submit" disabled={isNothing}>
        {words.apply(count)}
      </Button>
    </form>
  )
}
