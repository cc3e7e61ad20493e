import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeLock, lockSchema } from './lock-file.ts'

const lock = lockSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')))

test('QA-1: the lock file names the optional packages of every platform, or npm ci refuses it', () => {
  expect(completeLock(lock).added).toEqual([])
})

test('QA-1: the lock file records no download addresses', () => {
  expect(JSON.stringify(lock)).not.toContain('"resolved"')
})

test('a missing package comes back with the platform of its name', () => {
  const { lock: whole, added } = completeLock({
    packages: {
      'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies: { '@tool/linux-x64-musl': '1.0.0' } },
    },
  })
  expect(added).toEqual(['@tool/linux-x64-musl'])
  expect(whole.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '1.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
})
