import { expect, test } from 'vitest'
import { MOST_CUSTOMERS, roomForRows } from './room-for-rows.ts'

test('PF-7: a file that this computer can’t hold is refused with how many rows fit', () => {
  expect(roomForRows(1_000_000, 100_000)).toEqual({ ok: true, value: null })
  expect(roomForRows(MOST_CUSTOMERS, 0).ok).toBe(true)
  const refused = roomForRows(1_000_000, MOST_CUSTOMERS - 250_000)
  expect(refused).toMatchObject({ ok: false, error: { code: 'too_many' } })
  expect(refused.ok ? '' : refused.error.message).toMatch(/1,000,000 rows, and 250,000 more customers fit/)
  expect(roomForRows(1, MOST_CUSTOMERS + 5)).toMatchObject({ ok: false })
})
