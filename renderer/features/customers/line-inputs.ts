import type { TextInputProps } from '@mantine/core'
import { type CustomerFields, FIELD_LIMITS } from '#shared/domain/customer.ts'

/** The fields of one line that need no input of their own. */
export type LineField = Exclude<keyof CustomerFields, 'address' | 'notes' | 'tags' | 'ownerId'>

/** How they are typed, where it is not any text: what a keyboard on glass should offer. */
export const LINE_INPUTS: Readonly<Partial<Record<LineField, TextInputProps>>> = {
  // One letter more than fits, so that too long a name says so.
  name: { maxLength: FIELD_LIMITS.name + 1 },
  email: { type: 'email', inputMode: 'email' },
  phone: { type: 'tel', inputMode: 'tel' },
  // Not of type "url": the platform would refuse "example.com".
  website: { inputMode: 'url' },
}
