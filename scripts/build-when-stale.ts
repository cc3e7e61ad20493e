import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { endWith } from './cli.ts'
import { runTool } from './run-tool.ts'

const SOURCES = [
  'renderer',
  'shared',
  'sync',
  'database/local',
  'electron',
  'package-lock.json',
  'vite.web.config.ts',
  'electron.vite.config.ts',
  'scripts/start-chunks.ts',
]

const BUILDS = {
  web: { output: 'out/web/index.html', command: ['vite', 'build', '-c', 'vite.web.config.ts'] },
  electron: { output: 'out/main/index.js', command: ['electron-vite', 'build'] },
} as const

/**
 * Builds what is missing or older than its sources. A failing build ends the process with a sentence.
 *
 * @param root the project's folder
 */
export function buildWhenStale(
  root: string,
  targets: readonly (keyof typeof BUILDS)[],
  say: (text: string) => void,
): void {
  const newest = Math.max(...SOURCES.map((source) => newestChange(join(root, source))))
  for (const target of targets) {
    const { output, command } = BUILDS[target]
    const file = join(root, output)
    if (existsSync(file) && statSync(file).mtimeMs >= newest) continue
    say(`Building the ${target} app…`)
    const result = runTool(command, {})
    if (result.status !== 0) {
      process.stderr.write(`${result.stdout}${result.stderr}`)
      endWith(`The ${target} build failed; its output is above.`)
    }
  }
}

/** The latest modification below a path, in milliseconds since the epoch; 0 where there is nothing. */
function newestChange(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newestChange(join(path, name))), found.mtimeMs)
}
