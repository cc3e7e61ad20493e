import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomically } from './atomic-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-file-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('EL-2: a file is replaced as a whole, and nothing else is left', () => {
  const file = join(folder, 'new/state.json')
  writeFileAtomically(file, 'a long first content')
  writeFileAtomically(file, 'short')
  expect(readFileSync(file, 'utf8')).toBe('short')
  expect(readdirSync(join(folder, 'new'))).toEqual(['state.json'])
})

test('EL-2: a write that fails throws and leaves nothing beside the file', () => {
  mkdirSync(join(folder, 'state.json/in-the-way'), { recursive: true })
  expect(() => writeFileAtomically(join(folder, 'state.json'), 'x')).toThrow()
  expect(readdirSync(folder)).toEqual(['state.json'])
})
