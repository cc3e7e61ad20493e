import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TEXTS } from '../texts/texts.ts'
import { type ConfigSources, loadBackendConfig, machineConfigFile } from './load-backend-config.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backend-config-'))
  file = join(folder, 'config.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const load = (sources: ConfigSources) => loadBackendConfig(sources, TEXTS.en.cantStart)
const config = (supabaseUrl: string) => JSON.stringify({ supabaseUrl, publishableKey: 'k' })

test.each(['https://abc.supabase.co', 'http://127.0.0.1:4180', 'http://localhost:1', 'http://[::1]:80'])(
  'EL-1: %s is a server that tokens may travel to',
  (url) => {
    writeFileSync(file, `\uFEFF${config(url)}`)
    expect(load({ files: [file], override: undefined })).toEqual({
      ok: true,
      value: { supabaseUrl: url, publishableKey: 'k' },
    })
  },
)

test.each(['http://crm.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'https://a:b@crm.example.com'])(
  'EL-1: %s is refused',
  (url) => {
    writeFileSync(file, config(url))
    expect(load({ files: [file], override: undefined })).toMatchObject({
      ok: false,
      error: { code: 'config_bad' },
    })
  },
)

test.each(['', 'not json', '{}', '{"supabaseUrl":"ftp://x","publishableKey":"k"}', '{"supabaseUrl":"https://x.co"}'])(
  'EL-2: the file %j is refused with a sentence that names it',
  (text) => {
    writeFileSync(file, text)
    const answer = load({ files: [file], override: undefined })
    expect(answer).toMatchObject({ ok: false, error: { code: 'config_bad' } })
    if (!answer.ok) expect(answer.error.message).toContain(file)
  },
)

test('EL-2: without any file the app has not been connected yet', () => {
  expect(load({ files: [file], override: undefined })).toEqual({ ok: true, value: null })
})

test('EL-2: what the administrator put on the machine goes before the file of the user, also when it is wrong', () => {
  const machine = join(folder, 'machine.json')
  writeFileSync(file, config('https://user.example.com'))
  const both = { files: [machine, file], override: undefined }
  expect(load(both)).toMatchObject({ value: { supabaseUrl: 'https://user.example.com' } })
  writeFileSync(machine, config('https://company.example.com'))
  expect(load(both)).toMatchObject({ value: { supabaseUrl: 'https://company.example.com' } })
  writeFileSync(machine, '{}')
  expect(load(both)).toMatchObject({ ok: false, error: { code: 'config_bad' } })
})

test('EL-2: each system has a place for the file of the machine', () => {
  expect(machineConfigFile('win32', 'D:\\Data')).toBe('D:\\Data\\TradeSphere Customers\\config.json')
  expect(machineConfigFile('win32', undefined)).toBe('C:\\ProgramData\\TradeSphere Customers\\config.json')
  expect(machineConfigFile('darwin', undefined)).toBe('/Library/Application Support/TradeSphere Customers/config.json')
  expect(machineConfigFile('linux', undefined)).toBe('/etc/tradesphere-customers/config.json')
})

test('EL-2: the development override goes before the file, and is checked as strictly', () => {
  writeFileSync(file, config('https://file.example.com'))
  expect(load({ files: [file], override: config('https://env.example.com') })).toMatchObject({
    value: { supabaseUrl: 'https://env.example.com' },
  })
  expect(load({ files: [file], override: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'config_bad' },
  })
  expect(load({ files: [file], override: config('http://a.example.com') })).toMatchObject({ ok: false })
})
