import { expect, test } from 'vitest'
import { changesBetween, emptyFormValues, fieldsOf, filledIn, formErrors } from './customer-form-values.ts'

const values = { ...emptyFormValues(null), name: 'Müller & Söhne', email: 'info@mueller.de' }

test('UI-2: an empty text is null, and texts are trimmed', () => {
  expect(fieldsOf({ ...values, name: '  Müller ', phone: '  ', tags: [' key ', 'key', ''] })).toMatchObject({
    name: 'Müller',
    phone: null,
    email: 'info@mueller.de',
    tags: ['key'],
  })
})

test('SY-4: only fields that were touched are written, so that others survive', () => {
  expect(changesBetween(values, { ...values, phone: '040 1', email: 'info@mueller.de ' })).toEqual({ phone: '040 1' })
  expect(changesBetween(values, { ...values, email: '' })).toEqual({ email: null })
  expect(changesBetween(values, { ...values, tags: ['a'] })).toEqual({ tags: ['a'] })
  expect(changesBetween(values, values)).toEqual({})
})

test('UI-2: each field at fault has its message from the shared schema', () => {
  expect(formErrors(values)).toEqual({})
  expect(formErrors({ ...values, name: ' ', email: 'nobody' })).toEqual({
    name: 'Give the customer a name.',
    email: expect.stringContaining('This is not an email address'),
  })
})

test('UI-2: a value that was wrong before does not stand in the way of an edit elsewhere', () => {
  const before = { ...values, email: 'nobody' }
  expect(formErrors({ ...before, phone: '1' }, before)).toEqual({})
  expect(Object.keys(formErrors({ ...before, email: 'still@wrong' }, before))).toEqual(['email'])
})

test('UI-3: typed about somebody who is here already: empty fields are filled, what differs goes to the notes', () => {
  const known = { ...values, phone: '040 1', notes: 'Rings early.', tags: ['key'] }
  const typed = {
    ...emptyFormValues('me'),
    name: 'Mueller',
    phone: '040 1',
    address: 'Elbstr. 1',
    tags: ['key', 'new'],
  }
  expect(filledIn(known, { ...typed, notes: 'Wants larch.' }, (field) => field)).toEqual({
    ...known,
    address: 'Elbstr. 1',
    notes: 'Rings early.\nname: Mueller\nWants larch.',
    tags: ['key', 'new'],
  })
  expect(filledIn(known, known, (field) => field)).toEqual(known)
})
