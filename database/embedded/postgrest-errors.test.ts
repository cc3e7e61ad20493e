import { expect, test } from 'vitest'
import { asPostgrestError } from './postgrest-errors.ts'

test.each([
  ['P0001', 400],
  ['23503', 409],
  ['23514', 400],
  ['25006', 405],
  ['28000', 403],
  ['40P01', 500],
  ['53300', 503],
  ['57014', 500],
])('DB-9: %s becomes status %i, with its words', (code, status) => {
  expect(asPostgrestError({ code, message: 'm', detail: 'd', hint: 'h' })).toEqual({
    code: 'PGRST',
    message: JSON.stringify({ code, message: 'm', details: 'd', hint: 'h' }),
    detail: JSON.stringify({ status, headers: {} }),
  })
})

test('DB-9: what is no SQL error, or is mapped elsewhere, stays as it came', () => {
  const same = [
    new Error('x'),
    'text',
    null,
    { code: 'PT402', message: 'm' },
    { code: '42501', message: 'm' },
    { code: 'PGRST', message: 'm' },
  ]
  for (const error of same) expect(asPostgrestError(error)).toBe(error)
})
