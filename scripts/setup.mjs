#!/usr/bin/env node
// Makes a fresh clone ready to run. No dependencies, and old syntax on purpose: it is the one
// script that runs before the install, on whatever Node (20 or later) the machine has.
//   node scripts/setup.mjs             npm packages, Electron's runtime where it can be had
//   node scripts/setup.mjs --browser   the above, and a Chromium for the end-to-end tests
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const say = (text) => process.stderr.write(`setup: ${text}\n`)

function stop(text) {
  say(text)
  process.exit(2)
}

function run(command, args, options = {}) {
  return spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    ...options,
  })
}

const major = Number(process.versions.node.split('.')[0])
if (major < 20) stop(`Node ${process.versions.node} is too old. Install Node 20 or later, then run the command again.`)

// 1. npm packages, when the lock file changed since the last install.
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const stamp = join(modules, '.setup-stamp')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
if (installed !== wanted) {
  say('installing npm packages (once, about a minute)…')
  const result = run('npm', ['ci', '--loglevel=error'])
  if (result.status !== 0)
    stop('npm ci failed. Its message above says why; check the network and run the command again.')
  mkdirSync(modules, { recursive: true })
  writeFileSync(stamp, wanted)
}

// 2. Electron's runtime: downloaded by its own installer; offline machines go without.
const electron = join(modules, 'electron')
const electronTried = join(modules, '.electron-tried')
const hasElectron = existsSync(join(electron, 'path.txt')) && existsSync(join(electron, 'dist'))
if (!hasElectron && process.env.ELECTRON_SKIP_BINARY_DOWNLOAD !== '1' && !existsSync(electronTried)) {
  const result = run('npx', ['--no-install', 'install-electron'], { stdio: 'ignore', timeout: 90_000 })
  if (result.status !== 0) {
    writeFileSync(electronTried, '')
    say(
      "Electron's runtime can't be downloaded here: the app will run in the browser, desktop tests on a stand-in. " +
        'Delete node_modules/.electron-tried to try again.',
    )
  }
}

// 3. A Chromium for the end-to-end tests, and its lighter form without windows, which they do without when there is none.
const shellTried = join(modules, '.headless-shell-tried')
const lacksShell =
  !process.env.CHROMIUM && !existsSync('/usr/bin/chromium-headless-shell') && isDebianRoot() && !existsSync(shellTried)
if (process.argv.includes('--browser') && (lacksShell || !findChromium())) {
  say('installing Chromium for the end-to-end tests…')
  if (isDebianRoot()) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    // Only what is missing: an installed browser is not upgraded unasked.
    if (!findChromium()) run('apt-get', ['install', '-y', '-qq', 'chromium'], { env, stdio: 'ignore' })
    if (lacksShell) run('apt-get', ['install', '-y', '-qq', 'chromium-headless-shell'], { env, stdio: 'ignore' })
    writeFileSync(shellTried, '')
  } else {
    run('npx', ['--no-install', 'playwright', 'install', 'chromium'])
  }
  if (!findChromium()) {
    stop(
      'No Chromium found. Install one (on Debian: sudo apt-get install chromium), or set CHROMIUM to its path, then run the command again.',
    )
  }
}

function isDebianRoot() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
}

/** The same places that scripts/chromium.ts looks at, or Playwright's own download. */
function findChromium() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM)
  for (const path of ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']) {
    if (existsSync(path)) return true
  }
  const probe = spawnSync(
    process.execPath,
    [
      '-e',
      "const p=require('@playwright/test').chromium.executablePath();process.exit(require('fs').existsSync(p)?0:1)",
    ],
    { cwd: root, stdio: 'ignore' },
  )
  return probe.status === 0
}
