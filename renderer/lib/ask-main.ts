import { type CrmBridge, type IpcChannel, type IpcInput, type IpcOutput, ipcContract } from '#shared/ipc/contract.ts'

/** Asks Electron's main process over a channel of the contract; every answer is parsed. Rejects where main refuses. */
export async function askMain<C extends IpcChannel>(
  bridge: CrmBridge,
  channel: C,
  input: IpcInput<C>,
): Promise<IpcOutput<C>> {
  // The schema of this very channel parses the answer: TypeScript can't follow that through the union.
  return ipcContract[channel].output.parse(await bridge.invoke(channel, input)) as IpcOutput<C>
}
