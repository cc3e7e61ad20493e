import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../node_modules/electron')

/** Electron's binary, or null where it could not be had. Never by `require('electron')`, which tries to download it. */
export function electronBinary(): string | null {
  const named = join(folder, 'path.txt')
  if (!existsSync(named)) return null
  const file = join(folder, 'dist', readFileSync(named, 'utf8').trim())
  return existsSync(file) ? file : null
}
