/**
 * `npm run fresh-check`: what a newcomer does. Clones what is committed, with an empty home folder, and
 * runs the two commands of the README as they are written there: `npm start` until the app can be used
 * in a browser, `npm test` to its end.
 *   npm run fresh-check -- [--only start|test]
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { z } from 'zod'
import { CHROMIUM_FLAGS, chromiumExecutable } from './chromium.ts'
import { endWith, readOptions } from './cli.ts'

const { only } = readOptions('npm run fresh-check -- [--only start|test]', { only: { type: 'string' } })
if (only !== undefined && only !== 'start' && only !== 'test') endWith(`--only takes start or test, not "${only}".`)

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'tradesphere-fresh-'))
const clone = join(folder, 'clone')
const home = join(folder, 'home')
mkdirSync(home)
/** Of this machine only what a newcomer has: their PATH. */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  HOME: home,
  USERPROFILE: home,
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !path.startsWith(root))
    .join(delimiter),
}
const readySchema = z.object({
  url: z.url(),
  users: z.array(z.object({ email: z.string(), password: z.string() })).min(1),
})

// Also when it ends with a sentence, which no `finally` sees.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const cloned = spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' })
if (cloned.status !== 0) endWith('The project could not be cloned; the message above says why.')
const commands = readmeCommands()
if (commands.join() !== 'npm start,npm test') {
  endWith(`The README's start section should name "npm start" and "npm test", not: ${commands.join(', ')}.`)
}
if (only !== 'test') await checkStart()
if (only !== 'start') checkTests()
console.log('fresh-check: a clean clone works as the README says.')

/** The commands in the fenced blocks of "Start". */
function readmeCommands(): string[] {
  const section = /\n## Start\n(.*?)\n## /s.exec(readFileSync(join(clone, 'README.md'), 'utf8'))?.[1] ?? ''
  return [...section.matchAll(/```\n(.*?)\n```/gs)].map(([, command]) => command ?? '')
}

function checkTests(): void {
  const { status } = spawnSync('npm test', { cwd: clone, env, stdio: 'inherit', shell: true })
  if (status !== 0) throw new Error(`npm test ended with ${status} in a clean clone.`)
}

async function checkStart(): Promise<void> {
  // A group of its own, as a terminal would make: Ctrl-C reaches all of it.
  const app = spawn('npm start', {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: true,
    detached: process.platform !== 'win32',
  })
  const exited = once(app, 'exit')
  try {
    const { url, users } = await readyLine(app)
    const executablePath = chromiumExecutable()
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS],
    })
    try {
      const page = await browser.newPage()
      await page.goto(url)
      await page.getByLabel('Email').fill(users[0]?.email ?? '')
      await page.getByLabel('Password', { exact: true }).fill(users[0]?.password ?? '')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('grid', { name: 'Customers' }).waitFor({ timeout: 60_000 })
    } finally {
      await browser.close()
    }
  } finally {
    if (app.pid !== undefined && app.exitCode === null)
      process.kill(process.platform === 'win32' ? app.pid : -app.pid, 'SIGINT')
    await exited
  }
  console.log('npm start: ready, signed in, customers shown, ended by Ctrl-C')
}

/** What `npm start` prints when the app can be used. */
async function readyLine(app: ChildProcess): Promise<z.output<typeof readySchema>> {
  if (app.stdout === null) throw new Error('npm start has no output.')
  for await (const line of createInterface(app.stdout)) {
    if (line.startsWith('ready ')) return readySchema.parse(JSON.parse(line.slice('ready '.length)))
  }
  throw new Error('npm start ended before it was ready; its output is above.')
}
