import type { CrmBridge } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/util/result.ts'
import { askMain } from './ask-main.ts'
import type { FileSink } from './file-sink.ts'

/** Characters that main is handed at once: what crosses over is held twice. */
const PIECE = 4_000_000

/** Opens a file at a place that the person chooses in the system's dialog. Null: given up. Its functions reject where main could not write. */
export async function openSystemSink(bridge: CrmBridge, name: string): Promise<FileSink | null> {
  const id = await askMain(bridge, 'crm:save-open', { name })
  if (id === null) return null
  const end = (keep: boolean) => askMain(bridge, 'crm:save-end', { id, keep }).then(orThrow)
  return {
    write: async (text) => {
      let from = 0
      while (from < text.length) {
        const to = endOfPiece(text, from + PIECE)
        orThrow(await askMain(bridge, 'crm:save-write', { id, text: text.slice(from, to) }))
        from = to
      }
    },
    close: () => end(true),
    abort: () => end(false),
  }
}

/** A letter of two code units is not cut in two: each half would be written as an unknown one. */
function endOfPiece(text: string, wanted: number): number {
  const last = text.charCodeAt(wanted - 1)
  return last >= 0xd800 && last <= 0xdbff ? wanted - 1 : wanted
}

function orThrow(answer: Result<null>): void {
  if (!answer.ok) throw new Error(answer.error.message)
}
