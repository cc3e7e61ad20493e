import { expect, test } from 'vitest'
import { mergeChoicesSchema } from './merge-choices.ts'

const id = '0a000000-0000-4000-8000-000000000001'

test.each([
  { name: { from: id }, notes: { combine: true }, tags: { combine: true } },
  { email: { value: null }, phone: { value: '0400' }, tags: { value: ['a'] } },
  {},
])('DB-6: choices that the server takes pass: %j', (choices) => {
  expect(mergeChoicesSchema.safeParse(choices).success).toBe(true)
})

test.each([
  { name: { combine: true } },
  { name: { value: '' } },
  { email: { value: 'nobody' } },
  { tags: { value: 'a' } },
  { iban: { value: 'x' } },
  { name: { from: id, value: 'x' } },
  { name: { from: 'left' } },
])('DB-6: choices that the server refuses do not pass: %j', (choices) => {
  expect(mergeChoicesSchema.safeParse(choices).success).toBe(false)
})
