import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { CrmBridge, IpcChannel } from '#shared/ipc/contract.ts'
import { RESUME_CHANNEL } from '#shared/ipc/notices.ts'

// The contract is imported as types only: its schemas run in main, which can't be tampered with,
// and the preload stays a few lines that one can read.
const invoke = (channel: IpcChannel, input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input)

const bridge: CrmBridge = {
  config: () => invoke('crm:config', null),
  secretGet: (key) => invoke('crm:secret-get', { key }),
  secretSet: (key, value) => invoke('crm:secret-set', { key, value }),
  secretRemove: (key) => invoke('crm:secret-remove', { key }),
  onResume: (listener) => {
    // The event object would give the page a way to the sender: it is not passed on.
    const heard = (_event: IpcRendererEvent): void => listener()
    ipcRenderer.on(RESUME_CHANNEL, heard)
    return () => void ipcRenderer.off(RESUME_CHANNEL, heard)
  },
}

contextBridge.exposeInMainWorld('crm', bridge)
