import type { ReactNode } from 'react'
import { useSignedIn } from '../hooks/use-replica.ts'
import { valueText } from '../lib/value-text.ts'
import { NotesView } from './notes-view.tsx'

/** A field's value as a person reads it. Links of notes are text: it may stand in what is pressed as a whole. */
export function FieldValue({ field, value }: { readonly field: string; readonly value: unknown }): ReactNode {
  const { members } = useSignedIn().workspace
  if (field === 'notes' && typeof value === 'string' && value !== '') return <NotesView text={value} hasLinks={false} />
  return valueText(field, value, members)
}
