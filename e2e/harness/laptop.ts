import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import type { TestBackend } from './backend.ts'
import { launchDesktop } from './electron/launch.ts'
import { type NetworkSwitch, startNetworkSwitch } from './network-switch.ts'
import { collectErrors, killBrowser, openPassingProfile, openProfile } from './profile.ts'

/** One person's machine with the app on it, behind its own network switch. */
export interface Laptop {
  /** The app's page; another one after `reopen`. */
  readonly page: () => Page
  readonly network: NetworkSwitch
  /** Errors on the page's console and uncaught ones, since the laptop was opened. */
  readonly pageErrors: readonly string[]
  /** No network: connections break, and the page knows (`navigator.onLine`). */
  readonly goOffline: () => Promise<void>
  readonly goOnline: () => Promise<void>
  /** SIGKILL to the app, with everything in it. Throws in a shared browser, which has the laptops of others. */
  readonly kill: () => Promise<void>
  /** Starts the app again on what it had stored, after `kill`. Throws in a shared browser, which stores nothing. */
  readonly reopen: () => Promise<Page>
  /** What `act` makes the app save: the name that it offers, and where the whole file lies. */
  readonly savedBy: (act: () => Promise<void>) => Promise<SavedFile>
  /** Ends the app and removes what it had stored. */
  readonly close: () => Promise<void>
}

/** A file that the app has saved. */
interface SavedFile {
  readonly name: string
  readonly path: string
}

/** How the app runs on a laptop: in a browser, or as the desktop app on the stand-in for Electron. */
export type LaptopRuntime = 'web' | 'standin'

/** The app while it runs, from one start to the next. */
interface RunningApp {
  readonly page: Page
  readonly pageErrors: readonly string[]
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
  readonly savedBy: Laptop['savedBy']
}

/** Opens the app of a backend on a new laptop; on the web in `browser`, in memory alone, or in one of its own with a disk. */
export async function openLaptop(
  backend: Pick<TestBackend, 'address' | 'publishableKey'>,
  runtime: LaptopRuntime,
  browser?: Browser,
): Promise<Laptop> {
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-laptop-'))
  const network = await startNetworkSwitch(backend.address)
  const earlierErrors: string[] = []
  let offline = false
  const mustHaveDisk = (): void => {
    if (runtime === 'web' && browser !== undefined)
      throw new Error('This laptop has no disk to start again from: open it with { disk: true }.')
  }

  const open = async (): Promise<RunningApp> => {
    const profile = { viewport: { width: 1280, height: 800 } }
    const openContext = () => (browser ? openPassingProfile(browser, profile) : openProfile(folder, profile))
    if (runtime === 'web') return openInBrowser(await openContext(), network.url, offline)
    const app = await openOnDesktop(folder, { supabaseUrl: network.url, publishableKey: backend.publishableKey() })
    await app.page.context().setOffline(offline)
    return app
  }

  let running = await open()
  return {
    page: () => running.page,
    network,
    get pageErrors() {
      return [...earlierErrors, ...running.pageErrors]
    },
    goOffline: async () => {
      if (runtime === 'web') await untilInstalled(running.page)
      offline = true
      network.set('cut')
      await running.page.context().setOffline(true)
    },
    goOnline: async () => {
      offline = false
      network.set('up')
      await running.page.context().setOffline(false)
    },
    kill: async () => {
      mustHaveDisk()
      await running.kill()
    },
    reopen: async () => {
      mustHaveDisk()
      earlierErrors.push(...running.pageErrors)
      running = await open()
      return running.page
    },
    savedBy: (act) => running.savedBy(act),
    close: async () => {
      await running.close()
      await network.close()
      // The last helpers of a browser may still be writing while it is removed.
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

async function openInBrowser(context: BrowserContext, url: string, offline: boolean): Promise<RunningApp> {
  const page = context.pages()[0] ?? (await context.newPage())
  const pageErrors = collectErrors(page)
  if (offline) await context.setOffline(true)
  await page.goto(url)
  return {
    page,
    pageErrors,
    kill: () => killBrowser(context),
    close: () => context.close(),
    savedBy: async (act) => {
      const downloading = page.waitForEvent('download')
      await act()
      const download = await downloading
      return { name: download.suggestedFilename(), path: await download.path() }
    },
  }
}

async function openOnDesktop(userData: string, config: object): Promise<RunningApp> {
  const app = await launchDesktop({ runtime: 'standin', userData, config: JSON.stringify(config) })
  const page = await app.firstWindow()
  const record = app.standin?.state.record
  if (record === undefined) throw new Error('runs on the stand-in')
  return {
    page,
    pageErrors: record.pageErrors,
    kill: app.kill,
    close: app.close,
    savedBy: async (act) => {
      const before = record.savedAs.length
      await act()
      await expect.poll(() => existsSync(record.savedAs[before] ?? '')).toBe(true)
      const path = record.savedAs[before] ?? ''
      return { name: basename(path), path }
    },
  }
}

/** Waits until the service worker has the app, so that it opens without a network. */
async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller !== null) return
    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}
