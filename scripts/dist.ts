/**
 * `npm run dist`: the installers of this platform in dist/, from electron-builder.yml.
 *   npm run dist -- [--dir]
 * Signing and notarisation take their keys from the environment (docs/administrator.md);
 * TRADESPHERE_UPDATES_URL is where the installed app looks for updates.
 */
import { z } from 'zod'
import { endWith, readOptions } from './cli.ts'
import { electronBinary } from './electron-binary.ts'
import { builderArguments } from './installers/builder-arguments.ts'
import { runTool } from './run-tool.ts'

const { dir = false } = readOptions('npm run dist -- [--dir]', { dir: { type: 'boolean' } })
const updatesUrl = process.env.TRADESPHERE_UPDATES_URL
if (updatesUrl !== undefined && !z.url({ protocol: /^https$/ }).safeParse(updatesUrl).success) {
  endWith(`TRADESPHERE_UPDATES_URL takes an address that starts with https://, not "${updatesUrl}".`)
}
if (electronBinary() === null) {
  endWith(
    "No installer can be built here: Electron's runtime is not installed. Run `npx install-electron` where github.com can be reached, then `npm run dist` again.",
  )
}
if (updatesUrl === undefined) {
  process.stderr.write('TRADESPHERE_UPDATES_URL is not set: the app that is built will not look for updates.\n')
}
const tools = [
  ['electron-vite', 'build', '--logLevel', 'warn'],
  ['electron-builder', ...builderArguments({ dir, platform: process.platform, arch: process.arch, updatesUrl })],
] as const
for (const tool of tools) {
  const { status } = runTool(tool, { stdio: 'inherit' })
  if (status !== 0) endWith(`${tool[0]} failed; its output is above.`)
}
