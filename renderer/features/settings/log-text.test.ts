import { expect, test } from 'vitest'
import type { LogEntry } from '#shared/replica-api/administration.ts'
import { LOG_GROUPS, logText } from './log-text.ts'

const entry: LogEntry = {
  id: 1,
  at: '2026-11-22T10:00:00Z',
  action: 'exported',
  by: 'Olivia',
  customer: null,
  about: null,
  changes: {},
}
const changed = (to: unknown, from: unknown = null) => ({ from, to })

test('UI-4: each action of the log is told in a sentence with who did it, and an unknown one by its name', () => {
  for (const action of Object.values(LOG_GROUPS).flat()) {
    const text = logText({ ...entry, action, about: 'Nora' })
    expect(text, action).toMatch(/^Olivia /)
    expect(text, action).not.toContain(`: ${action}`)
  }
  expect(logText({ ...entry, action: 'flown' })).toBe('Olivia: flown')
})

test('UI-4: roles, counts and years are told from what the log holds; what nobody did, the server did', () => {
  const role = { role: changed('manager', 'sales') }
  const made = logText({ ...entry, action: 'member_role_changed', about: 'Nora', changes: role })
  expect(made).toBe('Olivia made Nora manager, who was sales')
  expect(logText({ ...entry, changes: { what: changed('csv'), rows: changed(1200) } })).toBe(
    'Olivia exported 1,200 customers as CSV',
  )
  const person = { id: crypto.randomUUID(), name: 'Ada' }
  expect(logText({ ...entry, customer: person })).toBe('Olivia took out all personal data of Ada')
  const years = (to: number | null) =>
    logText({ ...entry, action: 'retention_changed', changes: { years: changed(to) } })
  expect([years(7), years(null)]).toEqual([
    'Olivia had customers kept for 7 years',
    'Olivia had customers kept for ever',
  ])
  const nightly = { ...entry, by: null, action: 'retention_applied', changes: { customers: changed(1) } }
  expect(logText(nightly)).toBe('The server erased 1 customer without a sign of life')
})
