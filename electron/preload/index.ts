import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { CrmBridge } from '#shared/ipc/contract.ts'
import { CHANGED_CHANNEL, RESUME_CHANNEL } from '#shared/ipc/notices.ts'

// The contract is imported as types only: its schemas run in main, which can't be tampered with,
// and the preload stays a few lines that one can read.
const on =
  (channel: string) =>
  (listener: () => void): (() => void) => {
    // The event object would give the page a way to the sender: it is not passed on.
    const heard = (_event: IpcRendererEvent): void => listener()
    ipcRenderer.on(channel, heard)
    return () => void ipcRenderer.off(channel, heard)
  }

const bridge: CrmBridge = {
  // Main answers to the channels of the contract only; this keeps the page off any other one.
  invoke: (channel, input) =>
    channel.startsWith('crm:') ? ipcRenderer.invoke(channel, input) : Promise.reject(new Error('Refused.')),
  onResume: on(RESUME_CHANNEL),
  onChanged: on(CHANGED_CHANNEL),
}

contextBridge.exposeInMainWorld('crm', bridge)
