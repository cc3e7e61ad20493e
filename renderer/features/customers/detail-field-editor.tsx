import { TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { Customer, CustomerField } from '#shared/domain/customer.ts'
import { strings } from '../../app/strings.ts'
import { NotesEditor } from '../../components/notes-editor.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { type CustomerFormValues, formValuesOf } from '../../lib/customer-form-values.ts'
import { commandKey } from '../../lib/platform.ts'
import { released } from '../../lib/released.ts'
import { AddressInput } from './customer-form-address.tsx'
import { OwnerSelect } from './customer-form-owner.tsx'
import classes from './detail-field.module.css'
import { LINE_INPUTS, type LineField } from './line-inputs.ts'
import { useCustomerTags } from './use-customer-tags.ts'
import { useSaveField } from './use-save-field.ts'

const words = strings.profile

/** What the editors of the fields have in common. */
interface FieldInput<Value> {
  readonly label: string
  readonly value: Value
  readonly error: string | null
  readonly autoFocus: boolean
  readonly onChange: (value: Value) => void
  readonly onSave: () => void
}

/** The name of the draft of a field that is edited where it stands. */
export function fieldForm(customerId: string, field: CustomerField): string {
  return `${customerId} ${field}`
}

/**
 * Edits one field where it stands: Enter saves, Esc backs out, and going elsewhere saves, too. What can't
 * be saved, or is taken off the screen before it was (a lock, a reload), stays in the drafts and opens
 * again from there. What it began with is what the edit is based on, also when the customer changes underneath.
 */
export function DetailFieldEditor({
  customer,
  field,
  onDone,
}: {
  readonly customer: Customer
  readonly field: CustomerField
  /** `wasKey`: ended by a key, so that the focus belongs back where it came from. */
  readonly onDone: (wasKey: boolean) => void
}) {
  const save = useSaveField(customer, field)
  const { drafts } = useReplica()
  const form = fieldForm(customer.id, field)
  const begun = `${form} begun with`
  const [draft] = useState(() => drafts.get(form))
  const [before] = useState(() => drafts.get(begun) ?? formValuesOf(customer))
  const [values, setValues] = useState(draft ?? before)
  const [error, setError] = useState<string | null>(draft === null ? null : words.unsaved)
  // What was typed last: a field that loses the focus tells its last change in the same breath.
  const latest = useRef(values)
  const isOver = useRef(false)

  function change<F extends CustomerField>(name: F, value: CustomerFormValues[F]): void {
    // On its way already: what is typed now would come back as unsaved.
    if (isOver.current) return
    latest.current = { ...latest.current, [name]: value }
    drafts.keep(begun, before)
    drafts.keep(form, latest.current)
    setValues(latest.current)
    setError(null)
  }

  function end(wasKey: boolean): void {
    isOver.current = true
    drafts.forget([form, begun])
    void released().then(() => onDone(wasKey))
  }

  /** A text that took minutes can be had back; a word is typed again sooner than a toast is read. */
  function backOut(): void {
    const written = latest.current
    end(true)
    if (field === 'notes' && written.notes !== before.notes) {
      showUndoToast(`dropped-${customer.id}`, words.notesDropped, () => void takeBack(written))
    }
  }

  async function takeBack(written: CustomerFormValues): Promise<void> {
    const fault = await save(before, written)
    if (fault === null) return
    drafts.keep(begun, before)
    drafts.keep(form, written)
    notifications.show({ color: 'red', title: words.notesKept, message: fault.message })
  }

  async function finish(wasKey: boolean): Promise<void> {
    if (isOver.current) return
    isOver.current = true
    const fault = await save(before, latest.current)
    if (fault === null) return end(wasKey)
    // The line that it adds moves the page, too.
    await released()
    isOver.current = false
    setError(fault.message)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    const isSave = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (event.key !== 'Escape' && !isSave) return
    event.preventDefault()
    if (isSave) void finish(true)
    else backOut()
  }

  function onBlur(event: FocusEvent): void {
    if (!event.currentTarget.contains(event.relatedTarget)) void finish(false)
  }

  const label = strings.fields[field]
  const onSave = () => void finish(true)
  // One that opens by itself must not take the keys from the list.
  const common = { label, error, onSave, autoFocus: draft === null }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of the input in it, on their way up.
    <div className={classes.editor} onKeyDown={onKeyDown} onBlur={onBlur}>
      {field === 'tags' ? (
        <TagsEditor {...common} value={values.tags} onChange={(tags) => change('tags', tags)} />
      ) : field === 'ownerId' ? (
        <OwnerSelect
          aria-label={label}
          error={error}
          autoFocus={common.autoFocus}
          defaultDropdownOpened={common.autoFocus}
          value={values.ownerId}
          onChange={(ownerId) => {
            change('ownerId', ownerId)
            onSave()
          }}
        />
      ) : field === 'notes' ? (
        <NotesEditor
          label={label}
          isLabelShown={false}
          description={words.notesKeys(commandKey())}
          autoFocus={common.autoFocus}
          value={values.notes}
          error={error}
          onChange={(notes) => change('notes', notes)}
        />
      ) : field === 'address' ? (
        <AddressEditor {...common} value={values.address} onChange={(address) => change('address', address)} />
      ) : (
        <TextEditor {...common} field={field} value={values[field]} onChange={(text) => change(field, text)} />
      )}
    </div>
  )
}

function TextEditor({
  field,
  label,
  value,
  error,
  autoFocus,
  onChange,
  onSave,
}: FieldInput<string> & { readonly field: LineField }) {
  return (
    <TextInput
      {...LINE_INPUTS[field]}
      aria-label={label}
      description={words.keys}
      inputWrapperOrder={['input', 'error', 'description']}
      autoComplete="off"
      autoFocus={autoFocus}
      value={value}
      error={error}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        onSave()
      }}
    />
  )
}

function AddressEditor({ label, value, error, autoFocus, onChange, onSave }: FieldInput<string>) {
  return (
    <AddressInput
      label={undefined}
      aria-label={label}
      description={words.keys}
      inputWrapperOrder={['input', 'error', 'description']}
      autoFocus={autoFocus}
      value={value}
      error={error}
      onChange={onChange}
      onKeyDown={(event) => {
        // With one chosen from the list, Enter takes that.
        const hasChoice = event.currentTarget.getAttribute('aria-activedescendant') !== null
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || hasChoice) return
        event.preventDefault()
        onSave()
      }}
    />
  )
}

function TagsEditor({ label, value, error, autoFocus, onChange, onSave }: FieldInput<string[]>) {
  const known = useCustomerTags()
  const [typed, setTyped] = useState('')
  return (
    <TagsInput
      aria-label={label}
      description={words.tagsKeys}
      inputWrapperOrder={['input', 'error', 'description']}
      data={[...known]}
      splitChars={[',', ';']}
      autoFocus={autoFocus}
      value={value}
      error={error}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      onKeyDown={(event) => {
        // With something typed, or chosen from the list, Enter adds that.
        const hasChoice = event.currentTarget.getAttribute('aria-activedescendant') !== null
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || typed.trim() !== '' || hasChoice) return
        event.preventDefault()
        onSave()
      }}
    />
  )
}
