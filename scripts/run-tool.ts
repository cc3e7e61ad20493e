import { type SpawnSyncOptions, type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Runs a tool of `node_modules/.bin` in the project's folder and waits for it. */
export function runTool(
  [name, ...args]: readonly [string, ...string[]],
  options: Omit<SpawnSyncOptions, 'cwd' | 'encoding' | 'shell'>,
): SpawnSyncReturns<string> {
  return spawnSync(join(root, 'node_modules/.bin', name), args, {
    ...options,
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
}
