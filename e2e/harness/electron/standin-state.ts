import type { EventEmitter } from 'node:events'
import type { BrowserContext, Page } from '@playwright/test'
import type * as Electron from 'electron'
import type { StandinApp } from './standin-app.ts'
import type { StandinWindow } from './standin-window.ts'

export type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1]
export type IpcHandler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
export type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
export type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0]

/** What the parts of the stand-in share: what the app registered, and what it did, for the specs. */
export interface StandinState {
  readonly context: BrowserContext
  /** Tells main what pages do beyond their own storage. */
  readonly session: EventEmitter
  readonly schemes: Set<string>
  readonly protocolHandlers: Map<string, ProtocolHandler>
  readonly ipcHandlers: Map<string, IpcHandler>
  readonly app: StandinApp
  windows: StandinWindow[]
  /** The page of the first window that the app opens. */
  readonly firstPage: PromiseWithResolvers<Page>
  permissionCheck: PermissionCheck
  permissionRequest: PermissionRequest
  readonly record: {
    /** Links handed to the operating system. */
    readonly external: string[]
    /** Popups that the app refused. */
    readonly popupsDenied: string[]
    /** Navigations that the app prevented. */
    readonly navigationsPrevented: string[]
    /** Errors on the pages' consoles, and uncaught ones. */
    readonly pageErrors: string[]
    /** Times that it was asked where to save. */
    saveDialogs: number
    /** Paths that dialogs for saving ended with. */
    readonly savedAs: string[]
    /** Boxes of `dialog.showErrorBox`. */
    readonly errorBoxes: { readonly title: string; readonly content: string }[]
    /** Notifications of the system. A test presses one by `click`. */
    readonly notifications: { readonly title: string; readonly body: string; readonly click: () => void }[]
    /** Menus in the tray, by their labels. */
    readonly trays: Electron.MenuItemConstructorOptions[][]
  }
  /** The menu bar, for specs that press it. */
  menu: readonly Electron.MenuItemConstructorOptions[]
  /** What a person chooses in dialogs. */
  readonly chosen: {
    openFiles: string[]
    /** The folder that files are saved in, under the name that the app offers; null: the dialog is given up. */
    saveFolder: string | null
  }
}
