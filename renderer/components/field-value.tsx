import type { ReactNode } from 'react'
import { usePhoneText } from '../hooks/use-phone-text.ts'
import { useSignedIn } from '../hooks/use-replica.ts'
import { valueText } from '../lib/value-text.ts'
import { NotesView } from './notes-view.tsx'

/** A field's value as a person reads it. Links of notes are text: it may stand in what is pressed as a whole. */
export function FieldValue({ field, value }: { readonly field: string; readonly value: unknown }): ReactNode {
  const { members } = useSignedIn().workspace
  const phoneText = usePhoneText()
  if (field === 'notes' && typeof value === 'string' && value !== '') return <NotesView text={value} hasLinks={false} />
  const text = valueText(field, value, members)
  // Digits keep their order where the writing goes from right to left.
  return <bdi>{field === 'phone' ? phoneText(text) : text}</bdi>
}
