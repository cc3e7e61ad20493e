import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { App } from 'electron'

/** Folders of a launch. */
export interface StandinFolders {
  readonly userData: string
}

/** Electron's `app`, as far as main uses it. */
export class StandinApp extends EventEmitter {
  readonly #folders: StandinFolders
  readonly #ready = Promise.withResolvers<void>()
  readonly #exited = Promise.withResolvers<number>()
  #isReady = false
  readonly isPackaged = false satisfies App['isPackaged']

  constructor(folders: StandinFolders) {
    super()
    this.#folders = folders
  }

  /** Resolves with the exit code once the app quits. */
  get exited(): Promise<number> {
    return this.#exited.promise
  }

  becomeReady(): void {
    this.#isReady = true
    this.emit('ready', {}, {})
    this.#ready.resolve()
  }

  whenReady = (() => this.#ready.promise) satisfies App['whenReady']
  isReady = (() => this.#isReady) satisfies App['isReady']
  getName = (() => 'TradeSphere Customers') satisfies App['getName']
  getVersion = (() => '0.0.0') satisfies App['getVersion']
  getPreferredSystemLanguages = (() => ['en-GB']) satisfies App['getPreferredSystemLanguages']
  getPath = ((name) =>
    name === 'userData' ? this.#folders.userData : join(this.#folders.userData, name)) satisfies App['getPath']
  requestSingleInstanceLock = (() => true) satisfies App['requestSingleInstanceLock']
  enableSandbox = (() => {}) satisfies App['enableSandbox']
  quit = (() => {
    this.emit('before-quit', {})
    this.emit('will-quit', {})
    this.emit('quit', {}, 0)
    this.#exited.resolve(0)
  }) satisfies App['quit']
  exit = ((code) => {
    this.emit('quit', {}, code ?? 0)
    this.#exited.resolve(code ?? 0)
  }) satisfies App['exit']
}
