import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import { type SavedFilter, savedFilterFieldsSchema } from '#shared/domain/saved-filter.ts'
import { readSavedList, savedListSchema } from '#shared/domain/saved-list.ts'
import type { RecordChange } from '#shared/replica-api/records.ts'
import { strings } from '../../app/strings.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { filterTexts } from '../../lib/filter-text.ts'
import { queryOf } from '../../lib/list-state.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './saved-filters.module.css'

const words = strings.filters.saved

/** Saves what the list shows under a name, or changes, replaces or deletes a saved filter. */
export function SaveFilterDialog({
  filter,
  onClose,
}: {
  /** Null: a new one. */
  readonly filter: SavedFilter | null
  /** `savedId`: the filter that was saved, or null. */
  readonly onClose: (savedId: string | null) => void
}) {
  const { client, list } = useReplica()
  const { members } = useSignedIn().workspace
  const shown = savedListSchema.parse(queryOf(list.get()))
  const saved = filter === null ? null : readSavedList(filter.filter)
  const isOther = saved !== null && JSON.stringify(saved) !== JSON.stringify(shown)
  const [name, setName] = useState(filter?.name ?? suggestedName())
  const [isShared, setIsShared] = useState(filter?.shared ?? false)
  const [replaces, setReplaces] = useState(false)
  const [error, setError] = useState<string | null>(null)

  function suggestedName(): string {
    const texts = filterTexts(shown.filter, members).map(({ text }) => text)
    return [...(shown.search.trim() === '' ? [] : [shown.search.trim()]), ...texts].join(', ').slice(0, 100)
  }

  async function change(input: RecordChange, done: string): Promise<void> {
    const answer = await client.request('records.change', input).catch(() => null)
    if (answer?.ok !== true) {
      setError(answer?.error.message ?? words.failed)
      return
    }
    notifications.show({ message: done, autoClose: 3_000 })
    onClose(input.kind === 'filter.save' ? answer.value.id : null)
  }

  function save(event: FormEvent): void {
    event.preventDefault()
    // What a newer app wrote goes back as it came.
    const content = filter === null || replaces ? shown : filter.filter
    const fields = savedFilterFieldsSchema.safeParse({ name, filter: content, shared: isShared })
    if (!fields.success) {
      setError(spoken(fields.error.issues[0]?.message ?? words.failed))
      return
    }
    void change({ kind: 'filter.save', id: filter?.id ?? null, fields: fields.data }, words.savedNow(fields.data.name))
  }

  return (
    <Modal opened onClose={() => onClose(null)} title={filter === null ? words.saveTitle : words.editTitle}>
      <form className={classes.form} onSubmit={save}>
        <TextInput
          data-autofocus
          label={words.name}
          value={name}
          maxLength={100}
          error={error}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setError(null)
          }}
        />
        <Checkbox
          label={words.share}
          checked={isShared}
          onChange={(event) => setIsShared(event.currentTarget.checked)}
        />
        {isOther ? (
          <Checkbox
            label={words.replace}
            checked={replaces}
            onChange={(event) => setReplaces(event.currentTarget.checked)}
          />
        ) : null}
        <div className={classes.buttons}>
          {filter === null ? null : (
            <Button
              variant="default"
              onClick={() => void change({ kind: 'filter.delete', id: filter.id }, words.deletedNow(filter.name))}
            >
              {words.delete}
            </Button>
          )}
          <Button variant="default" onClick={() => onClose(null)}>
            {strings.actions.cancel}
          </Button>
          <Button type="submit">{words.save}</Button>
        </div>
      </form>
    </Modal>
  )
}
