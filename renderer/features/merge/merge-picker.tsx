import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { ContactLine } from '../../components/contact-line.tsx'
import { Page } from '../../components/page.tsx'
import { useFoundCustomers } from '../../hooks/use-found-customers.ts'
import classes from './merge-picker.module.css'

const words = strings.merge

/** Finds another customer for a merge: possible duplicates first, then whoever the search finds. */
export function MergePicker({
  first,
  chosen,
  group,
  onPick,
  onCancel,
}: {
  readonly first: Customer
  readonly chosen: readonly Customer[]
  readonly group: DuplicateGroup | null
  readonly onPick: (id: string) => void
  readonly onCancel: () => void
}) {
  const [search, setSearch] = useState('')
  const { rows: found, isAnswer } = useFoundCustomers(search)
  const taken = new Set(chosen.map(({ id }) => id))
  const choices = (search.trim() === '' ? (group?.members ?? []) : found).filter(({ id }) => !taken.has(id))

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const [best] = choices
    if (event.key === 'Escape') onCancel()
    else if (event.key === 'Enter' && isAnswer && best !== undefined) onPick(best.id)
    else return
    event.preventDefault()
  }

  return (
    <Page title={words.pickTitle(first.name)} lead={words.pickLead}>
      <TextInput
        className={classes.search ?? ''}
        aria-label={words.pickSearch}
        placeholder={words.pickSearch}
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoFocus
      />
      {search.trim() === '' && choices.length > 0 ? <h2 className={classes.title}>{words.suggested}</h2> : null}
      <ul className={classes.choices}>
        {choices.map((choice) => (
          <li key={choice.id}>
            <button type="button" className={classes.choice} onClick={() => onPick(choice.id)}>
              <strong>{choice.name}</strong>
              <span>
                <ContactLine {...choice} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {search.trim() !== '' && isAnswer && choices.length === 0 ? <p role="status">{words.pickNobody}</p> : null}
      <Button variant="default" onClick={onCancel}>
        {strings.actions.cancel}
      </Button>
    </Page>
  )
}
