import { Input } from '@mantine/core'
import { lazy, Suspense, useId } from 'react'
import classes from './notes-editor.module.css'

// The editor is as large as a third of the app: it comes when somebody writes notes.
const RichNotes = lazy(async () => ({ default: (await import('./rich-notes.tsx')).RichNotes }))

/** Notes to write: bold, italic, links and lists, stored as text with the marks of Markdown. */
export function NotesEditor({
  label,
  isLabelShown = true,
  description,
  value,
  error,
  autoFocus = false,
  onChange,
}: {
  readonly label: string
  readonly isLabelShown?: boolean
  readonly description?: string
  readonly value: string
  readonly error?: string | null
  readonly autoFocus?: boolean
  readonly onChange: (text: string) => void
}) {
  const id = useId()
  return (
    <Input.Wrapper
      {...(isLabelShown ? { label } : {})}
      labelElement="div"
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      {...(description === undefined ? {} : { description })}
      error={error}
      id={id}
    >
      <Suspense fallback={<div className={classes.loading} aria-busy="true" />}>
        <RichNotes
          label={label}
          describedBy={error == null ? undefined : `${id}-error`}
          value={value}
          autoFocus={autoFocus}
          onChange={onChange}
        />
      </Suspense>
    </Input.Wrapper>
  )
}
