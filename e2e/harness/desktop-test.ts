import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { electronBinary } from '#scripts/electron-binary.ts'
import { type DesktopApp, type LaunchOptions, launchDesktop, type Runtime } from './electron/launch.ts'
import { NO_ELECTRON } from './loud-skip.ts'

/** Set per project: on what the desktop specs run. */
export interface DesktopOptions {
  readonly runtime: Runtime
}

interface DesktopFixtures {
  /** Skips the test, loudly, where real Electron is asked for and isn't here. */
  readonly electronGate: undefined
  /** Starts the app, in a new folder if none is given; everything started is closed and removed after the test. */
  readonly launch: (options?: Partial<Omit<LaunchOptions, 'runtime'>>) => Promise<DesktopApp>
  /** The app with a configured backend at an address where nothing listens. */
  readonly desktop: DesktopApp
  /** Its window. */
  readonly ui: Page
}

/** Port 9 (discard): no backend answers, as on a laptop without a network. */
export const NO_BACKEND = JSON.stringify({ supabaseUrl: 'http://127.0.0.1:9', publishableKey: 'sb_publishable_none' })

export const test = base.extend<DesktopFixtures & DesktopOptions>({
  runtime: ['standin', { option: true }],
  electronGate: [
    async ({ runtime }, use, info) => {
      if (runtime === 'electron' && electronBinary() === null) {
        const message = "Electron's binary is not installed"
        if (process.env.REQUIRE_ELECTRON === '1') throw new Error(`${message}: run npx install-electron.`)
        info.annotations.push({ type: NO_ELECTRON, description: message })
        info.skip(true, message)
      }
      await use(undefined)
    },
    { auto: true },
  ],
  launch: async ({ runtime, electronGate: _ }, use) => {
    const running: DesktopApp[] = []
    const folder = mkdtempSync(join(tmpdir(), 'tradesphere-desktop-'))
    await use(async (options = {}) => {
      const userData = mkdtempSync(join(folder, 'data-'))
      const app = await launchDesktop({ config: NO_BACKEND, userData, ...options, runtime })
      running.push(app)
      return app
    })
    for (const app of running) await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
  desktop: async ({ launch }, use) => use(await launch()),
  ui: async ({ desktop }, use) => use(await desktop.firstWindow()),
})

export { expect } from '@playwright/test'
