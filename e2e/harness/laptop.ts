import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, chromiumExecutable } from '#scripts/chromium.ts'
import type { TestBackend } from './backend.ts'
import { type NetworkSwitch, startNetworkSwitch } from './network-switch.ts'

/** A browser with its own lasting profile, behind its own network switch: one person's machine. */
export interface Laptop {
  /** The app's page; another one after `reopen`. */
  readonly page: () => Page
  readonly network: NetworkSwitch
  /** Errors on the page's console and uncaught ones, since the laptop was opened. */
  readonly pageErrors: readonly string[]
  /** No network: connections break, and the browser knows (`navigator.onLine`). */
  readonly goOffline: () => Promise<void>
  readonly goOnline: () => Promise<void>
  /** SIGKILL to the browser, with everything in it. */
  readonly kill: () => Promise<void>
  /** Starts the browser again on the same profile, after `kill`, and opens the app. */
  readonly reopen: () => Promise<Page>
  /** Ends the browser and removes the profile. */
  readonly close: () => Promise<void>
}

interface Running {
  readonly context: BrowserContext
  readonly page: Page
  readonly pid: number
  readonly closed: Promise<void>
}

/** Opens the web app of a backend on a new laptop. */
export async function openLaptop(backend: Pick<TestBackend, 'address'>): Promise<Laptop> {
  const profile = mkdtempSync(join(tmpdir(), 'tradesphere-laptop-'))
  const network = await startNetworkSwitch(backend.address)
  const pageErrors: string[] = []
  let offline = false

  const open = async (): Promise<Running> => {
    const executablePath = chromiumExecutable()
    const context = await chromium.launchPersistentContext(profile, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS],
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
    })
    const closed = new Promise<void>((done) => context.once('close', () => done()))
    const page = context.pages()[0] ?? (await context.newPage())
    page.on('console', (message) => {
      if (message.type() === 'error') pageErrors.push(message.text())
    })
    page.on('pageerror', (error) => pageErrors.push(String(error)))
    const pid = await browserPid(context)
    if (offline) await context.setOffline(true)
    await page.goto(network.url)
    return { context, page, pid, closed }
  }

  let running = await open()
  return {
    page: () => running.page,
    network,
    pageErrors,
    goOffline: async () => {
      await untilInstalled(running.page)
      offline = true
      network.set('cut')
      await running.context.setOffline(true)
    },
    goOnline: async () => {
      offline = false
      network.set('up')
      await running.context.setOffline(false)
    },
    kill: async () => {
      process.kill(running.pid, 'SIGKILL')
      await running.closed
    },
    reopen: async () => {
      running = await open()
      return running.page
    },
    close: async () => {
      await running.context.close()
      await network.close()
      // The last helpers of a browser may still be writing while it is removed.
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** The process of the browser itself, which Playwright doesn't tell: asked over the debugging protocol. */
export async function browserPid(context: BrowserContext): Promise<number> {
  const browser = context.browser()
  if (browser === null)
    throw new Error('Playwright hides the browser of a persistent profile: its process is not known')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const main = processInfo.find(({ type }) => type === 'browser')
  if (main === undefined) throw new Error('the browser names no process of its own')
  return main.id
}

/** Waits until the service worker has the app, so that it opens without a network. */
async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller !== null) return
    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}
