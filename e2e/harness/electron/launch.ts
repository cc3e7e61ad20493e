import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, chromium, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import { CHROMIUM_FLAGS, chromiumExecutable } from '#scripts/chromium.ts'
import { electronBinary } from '#scripts/electron-binary.ts'
import { PROJECT_ROOT } from '../project-root.ts'
import { loadMain } from './loader.ts'
import { createStandin, type Standin } from './standin.ts'

export type Runtime = 'electron' | 'standin'

/** A running desktop app, real or on the stand-in. */
export interface DesktopApp {
  readonly runtime: Runtime
  readonly userData: string
  /** What only the stand-in can tell; null on real Electron. */
  readonly standin: Standin | null
  /** The app's window, once it is loaded. */
  readonly firstWindow: () => Promise<Page>
  /** Runs in the main process. The function is sent as text, so it must not close over anything. */
  readonly evaluate: <R, A>(run: (electron: typeof Electron, arg: A) => R, arg: A) => Promise<Awaited<R>>
  readonly close: () => Promise<void>
}

/** What a launch needs. */
export interface LaunchOptions {
  readonly runtime: Runtime
  /** Text of `config.json`; null: none. */
  readonly config: string | null
  /** A folder of an earlier launch, to start again on; else a new one that `close` removes. */
  readonly userData?: string
}

/** Starts the built app (`out/`) in a folder of its own. */
export async function launchDesktop(options: LaunchOptions): Promise<DesktopApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'tradesphere-desktop-'))
  if (options.config !== null) writeFileSync(join(userData, 'config.json'), options.config)
  const tidy = (): void => {
    if (options.userData === undefined) rmSync(userData, { recursive: true, force: true })
  }
  return options.runtime === 'electron' ? launchElectron(userData, tidy) : launchStandin(userData, tidy)
}

async function launchElectron(userData: string, tidy: () => void): Promise<DesktopApp> {
  const binary = electronBinary()
  if (binary === null) throw new Error('Electron is not installed. Run npx install-electron.')
  const app = await _electron.launch({
    executablePath: binary,
    args: [PROJECT_ROOT, `--user-data-dir=${userData}`],
    cwd: PROJECT_ROOT,
  })
  return {
    runtime: 'electron',
    userData,
    standin: null,
    firstWindow: () => app.firstWindow(),
    evaluate: (run, arg) => app.evaluate(run as never, arg as never) as never,
    close: async () => {
      await app.close()
      tidy()
    },
  }
}

async function launchStandin(userData: string, tidy: () => void): Promise<DesktopApp> {
  const executablePath = chromiumExecutable()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS],
  })
  const standin = await createStandin(browser, userData)
  const { electron, state } = standin
  await loadMain(join(PROJECT_ROOT, 'out/main/index.js'), electron)
  state.app.becomeReady()
  return {
    runtime: 'standin',
    userData,
    standin,
    firstWindow: async () => {
      const page = await state.firstPage.promise
      await page.waitForURL(/^https:\/\/bundle\.app\.localhost\//)
      return page
    },
    evaluate: async (run, arg) => {
      // As text and back, so that a spec can't lean on what only the stand-in would let it do.
      const sent = new Function(`return (${run.toString()})`)() as typeof run
      const value: unknown = await sent(electron as unknown as typeof Electron, structuredClone(arg))
      return structuredClone(value) as never
    },
    close: async () => {
      for (const window of [...state.windows]) window.close()
      await browser.close()
      tidy()
    },
  }
}
