import type { IpcMain } from 'electron'
import type { z } from 'zod'
import { type IpcChannel, type IpcContract, ipcContract } from '#shared/ipc/contract.ts'
import type { Log } from '../log/log.ts'
import { isTrustedSender } from '../security/trusted-sender.ts'
import type { IpcHandlers } from './ipc-handlers.ts'

/**
 * Connects the contract's channels: the one place that touches raw ipc. A message from anything
 * but the app's own top frame, or with an argument that the contract doesn't allow, is refused
 * before the handler runs; the renderer's call rejects with that message.
 */
export function registerIpc(ipcMain: Pick<IpcMain, 'handle'>, handlers: IpcHandlers, log: Log): void {
  for (const channel of Object.keys(ipcContract) as IpcChannel[]) register(ipcMain, channel, handlers, log)
}

function register<C extends IpcChannel>(
  ipcMain: Pick<IpcMain, 'handle'>,
  channel: C,
  handlers: IpcHandlers,
  log: Log,
): void {
  const { input, output } = ipcContract[channel]
  ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<unknown> => {
    if (!isTrustedSender(event.senderFrame)) {
      log.warn('ipc.refused')
      throw new Error('Refused: untrusted sender.')
    }
    const parsed = input.safeParse(args[0])
    if (!parsed.success || args.length > 1) {
      log.warn('ipc.refused')
      throw new Error(`Refused: ${channel} was called with an argument that its contract doesn't allow.`)
    }
    try {
      // The schema of this very channel made the value: TypeScript can't follow that through the union.
      return output.parse(await handlers[channel](parsed.data as z.output<IpcContract[C]['input']>))
    } catch (error) {
      // The cause may name files of this user: it stays in main.
      log.warn('ipc.failed', { error })
      throw new Error(`${channel} failed.`)
    }
  })
}
