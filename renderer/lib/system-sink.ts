import type { CrmBridge } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/util/result.ts'
import { askMain } from './ask-main.ts'
import type { FileSink } from './file-sink.ts'

/** Opens a file at a place that the person chooses in the system's dialog. Null: given up. Its functions reject where main could not write. */
export async function openSystemSink(bridge: CrmBridge, name: string): Promise<FileSink | null> {
  const id = await askMain(bridge, 'crm:save-open', { name })
  if (id === null) return null
  const end = (keep: boolean) => askMain(bridge, 'crm:save-end', { id, keep }).then(orThrow)
  return {
    write: (text) => askMain(bridge, 'crm:save-write', { id, text }).then(orThrow),
    close: () => end(true),
    abort: () => end(false),
  }
}

function orThrow(answer: Result<null>): void {
  if (!answer.ok) throw new Error(answer.error.message)
}
