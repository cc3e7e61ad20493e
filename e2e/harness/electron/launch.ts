import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import { electronBinary } from '#scripts/electron-binary.ts'
import { killBrowser, openProfile } from '../profile.ts'
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
  /** SIGKILL, with everything in it. The stand-in's main process lives on without a window: it is part of the test. */
  readonly kill: () => Promise<void>
  /** Ends the app; what it stored stays in its folder. */
  readonly close: () => Promise<void>
}

/** What a launch needs. */
export interface LaunchOptions {
  readonly runtime: Runtime
  /** Text of `config.json`; null: what is in the folder stays as it is. */
  readonly config: string | null
  /** The app's folder: a new one, or that of an earlier launch which has ended. */
  readonly userData: string
}

/** Starts the built app (`out/`) in a folder of its own. */
export async function launchDesktop({ runtime, config, userData }: LaunchOptions): Promise<DesktopApp> {
  if (config !== null) writeFileSync(join(userData, 'config.json'), config)
  return runtime === 'electron' ? launchElectron(userData) : launchStandin(userData)
}

async function launchElectron(userData: string): Promise<DesktopApp> {
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
    kill: () => killBrowser(app.context()),
    close: () => app.close(),
  }
}

async function launchStandin(userData: string): Promise<DesktopApp> {
  const context = await openProfile(join(userData, 'profile'), { serviceWorkers: 'block' })
  const standin = await createStandin(context, userData)
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
    kill: () => killBrowser(context),
    close: async () => {
      for (const window of [...state.windows]) window.close()
      await context.close()
    },
  }
}
