import { EventEmitter } from 'node:events'
import type { BrowserContext } from '@playwright/test'
import type * as Electron from 'electron'
import { StandinApp } from './standin-app.ts'
import { guardNetwork } from './standin-network.ts'
import { standinServices } from './standin-services.ts'
import type { StandinState } from './standin-state.ts'
import { windowClass } from './standin-window.ts'
import { strict } from './strict.ts'

/**
 * Electron without Electron: the modules that main uses, over a Chromium that Playwright drives.
 * Every member `satisfies` Electron's own type, so a change of Electron fails the type check. It
 * can't prove the sandbox, real schemes, the keychain, the packaging or the fuses.
 */
export async function createStandin(context: BrowserContext, userData: string) {
  const app = new StandinApp({ userData })
  const state: StandinState = {
    context,
    session: new EventEmitter(),
    app,
    schemes: new Set(),
    protocolHandlers: new Map(),
    ipcHandlers: new Map(),
    windows: [],
    firstPage: Promise.withResolvers(),
    permissionCheck: null,
    permissionRequest: null,
    record: {
      external: [],
      popupsDenied: [],
      navigationsPrevented: [],
      pageErrors: [],
      saveDialogs: 0,
      savedAs: [],
      errorBoxes: [],
      notifications: [],
      trays: [],
    },
    chosen: { openFiles: [], saveFolder: userData },
    menu: [],
  }
  const openPage = await guardNetwork(state)
  const electron = {
    app: strict('app', app),
    BrowserWindow: strict('BrowserWindow', windowClass(state, openPage)),
    ...standinServices(state, userData),
  } satisfies Partial<Record<keyof typeof Electron, object>>
  return { electron, state }
}
export type Standin = Awaited<ReturnType<typeof createStandin>>
