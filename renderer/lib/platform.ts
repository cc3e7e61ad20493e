import type { CrmBridge } from '#shared/ipc/contract.ts'

declare global {
  interface Window {
    /** The preload's bridge; only in Electron. */
    readonly crm?: CrmBridge
  }
}

/** The bridge to Electron's main process, or null in a browser. */
export function desktopBridge(): CrmBridge | null {
  return window.crm ?? null
}

/** How this platform writes the modifier of its shortcuts. */
export function commandKey(): '⌘' | 'Ctrl' {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
}
