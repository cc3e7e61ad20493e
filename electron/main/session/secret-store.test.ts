import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openSecretStore, type SecretStoreParts } from './secret-store.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-store-'))
  file = join(folder, 'data/secrets.json')
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

/** A key store whose cipher one can see through: what is on disk must not be the plain text. */
const backwards = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'kwallet6' as const,
  encryptString: (text: string) => Buffer.from(`sealed:${[...text].reverse().join('')}`),
  decryptString: (data: Buffer) => {
    const text = data.toString()
    if (!text.startsWith('sealed:')) throw new Error('not sealed by this computer')
    return [...text.slice(7)].reverse().join('')
  },
} satisfies SecretStoreParts['safeStorage']

function open(parts: Partial<SecretStoreParts> = {}) {
  const log = { info: vi.fn(), warn: vi.fn() }
  return { log, store: openSecretStore({ safeStorage: backwards, platform: 'linux', file, log, ...parts }) }
}

test('EL-1: secrets are kept over restarts, sealed, readable by this user only', () => {
  expect(open().store.set('session', 'token of ada')).toEqual({ ok: true, value: null })
  expect(open().store.set('other', 'x')).toMatchObject({ ok: true })
  expect(open().store.get('session')).toBe('token of ada')
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('token of ada')
  expect(text).not.toContain(Buffer.from('token of ada').toString('base64'))
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'data'))).toEqual(['secrets.json'])
})

test('EL-1: a removed secret is gone, the others stay', () => {
  const { store } = open()
  store.set('a', '1')
  store.set('b', '2')
  store.remove('a')
  store.remove('never there')
  expect([store.get('a'), store.get('b'), store.isEmpty()]).toEqual([null, '2', false])
  store.remove('b')
  expect(store.isEmpty()).toBe(true)
})

test('EL-1: names such as __proto__ are names like others', () => {
  const { store, log } = open()
  expect([store.get('__proto__'), store.get('constructor')]).toEqual([null, null])
  expect(log.warn).not.toHaveBeenCalled()
  store.set('constructor', 'kept')
  expect(store.get('constructor')).toBe('kept')
})

test.each([
  ['no key store', { safeStorage: { ...backwards, isEncryptionAvailable: () => false } }],
  ['basic_text', { safeStorage: { ...backwards, getSelectedStorageBackend: () => 'basic_text' as const } }],
  ['unknown', { safeStorage: { ...backwards, getSelectedStorageBackend: () => 'unknown' as const } }],
])('EL-1: with %s nothing is stored, and nothing is read', (_name, parts) => {
  open().store.set('session', 'from better days')
  const before = readFileSync(file, 'utf8')
  const { store, log } = open(parts)
  expect(store.set('session', 'token')).toMatchObject({ ok: false, error: { code: 'no_secret_store' } })
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(store.get('session')).toBeNull()
  expect(log.warn).toHaveBeenCalledWith('secret.unavailable')
})

test('EL-1: outside of Linux there is no such fallback to ask about', () => {
  const safeStorage = {
    ...backwards,
    getSelectedStorageBackend: () => {
      throw new Error('Linux only')
    },
  }
  for (const platform of ['darwin', 'win32'] as const) {
    const { store } = open({ safeStorage, platform })
    expect(store.set('session', platform)).toMatchObject({ ok: true })
    expect(store.get('session')).toBe(platform)
  }
})

test.each([
  ['half a file', '{"version":1,"secr'],
  ['another shape', '[]'],
  ['text that is not base64', '{"version":1,"secrets":{"session":"%%%"}}'],
  [
    'a secret of another computer',
    `{"version":1,"secrets":{"session":"${Buffer.from('foreign').toString('base64')}"}}`,
  ],
])('EL-1: %s means: sign in again', (_name, content) => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(file, content)
  const { store, log } = open()
  expect(store.get('session')).toBeNull()
  expect(log.warn).toHaveBeenCalledWith('secret.unreadable', expect.anything())
  expect(store.set('session', 'new')).toMatchObject({ ok: true })
  expect(store.get('session')).toBe('new')
})

test('EL-1: a disk that refuses is a failure with a sentence, and leaves no half file', () => {
  writeFileSync(join(folder, 'data'), 'a file where the folder should be')
  expect(open().store.set('session', 'x')).toMatchObject({ ok: false, error: { code: 'secret_not_saved' } })
  expect(readdirSync(folder)).toEqual(['data'])
})
