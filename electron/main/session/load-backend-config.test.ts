import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadBackendConfig } from './load-backend-config.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backend-config-'))
  file = join(folder, 'config.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const config = (supabaseUrl: string) => JSON.stringify({ supabaseUrl, publishableKey: 'k' })

test.each(['https://abc.supabase.co', 'http://127.0.0.1:4180', 'http://localhost:1', 'http://[::1]:80'])(
  'EL-1: %s is a server that tokens may travel to',
  (url) => {
    writeFileSync(file, `\uFEFF${config(url)}`)
    expect(loadBackendConfig({ file, override: undefined })).toEqual({
      ok: true,
      value: { supabaseUrl: url, publishableKey: 'k' },
    })
  },
)

test.each(['http://crm.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'https://a:b@crm.example.com'])(
  'EL-1: %s is refused',
  (url) => {
    writeFileSync(file, config(url))
    expect(loadBackendConfig({ file, override: undefined })).toMatchObject({ ok: false, error: { code: 'config_bad' } })
  },
)

test.each(['', 'not json', '{}', '{"supabaseUrl":"ftp://x","publishableKey":"k"}', '{"supabaseUrl":"https://x.co"}'])(
  'EL-2: the file %j is refused with a sentence that names it',
  (text) => {
    writeFileSync(file, text)
    const answer = loadBackendConfig({ file, override: undefined })
    expect(answer).toMatchObject({ ok: false, error: { code: 'config_bad' } })
    if (!answer.ok) expect(answer.error.message).toContain(file)
  },
)

test('EL-2: without a file the sentence says what to create', () => {
  const answer = loadBackendConfig({ file, override: undefined })
  expect(answer).toMatchObject({ ok: false, error: { code: 'config_missing' } })
  if (!answer.ok) expect(answer.error.message).toMatch(/Create the file .*config\.json with \{"supabaseUrl"/)
})

test('EL-2: the development override goes before the file, and is checked as strictly', () => {
  writeFileSync(file, config('https://file.example.com'))
  expect(loadBackendConfig({ file, override: config('https://env.example.com') })).toMatchObject({
    value: { supabaseUrl: 'https://env.example.com' },
  })
  expect(loadBackendConfig({ file, override: 'x' })).toMatchObject({ ok: false, error: { code: 'config_bad' } })
  expect(loadBackendConfig({ file, override: config('http://a.example.com') })).toMatchObject({ ok: false })
})
