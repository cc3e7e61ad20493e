import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPreferences } from './preferences.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preferences-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const log = { info: vi.fn(), warn: vi.fn() }

test('EL-2: choices survive a restart', () => {
  const file = join(folder, 'preferences.json')
  expect(openPreferences(file, log).get()).toEqual({ keepSyncing: false, notifications: true })
  expect(openPreferences(file, log).set({ keepSyncing: true, notifications: false })).toEqual({ ok: true, value: null })
  expect(openPreferences(file, log).get()).toEqual({ keepSyncing: true, notifications: false })
})

test('EL-2: a file that holds nonsense is as none; a disk that refuses leaves the old choices', () => {
  const file = join(folder, 'preferences.json')
  writeFileSync(file, '{"keepSyncing": "yes"}')
  const store = openPreferences(join(file), log)
  expect(store.get().keepSyncing).toBe(false)
  const refused = openPreferences(join(file, 'below-a-file'), log)
  expect(refused.set({ keepSyncing: true, notifications: true })).toMatchObject({ error: { code: 'not_saved' } })
  expect(refused.get().keepSyncing).toBe(false)
})
