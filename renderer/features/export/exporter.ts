import type { ChosenCustomers } from '#shared/replica-api/bulk.ts'
import type { ExportColumn } from '#shared/replica-api/export.ts'
import { strings } from '../../app/strings.ts'
import { type FileSink, openFileSink } from '../../lib/file-sink.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createStore, type Store } from '../../lib/store.ts'

const words = strings.export

/** What is exported, and how. */
export interface ExportChoice {
  readonly format: 'csv' | 'vcard'
  readonly scope: ChosenCustomers
  readonly columns: readonly ExportColumn[]
}

/** Where an export stands. */
export type ExportState =
  | { readonly kind: 'idle'; readonly problem: string | null }
  | { readonly kind: 'running'; readonly done: number; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number; readonly fileName: string }

/** The export of one signed-in session: one may go elsewhere while it runs. */
export interface Exporter {
  readonly state: Store<ExportState>
  /** Asks where to, and reads customers out piece by piece; one at a time. Call it in answer to a click. */
  readonly start: (choice: ExportChoice) => Promise<void>
  /** Gives up the one under way, also while the system asks where to: no file is left. */
  readonly stop: () => void
  /** What became of the last one has been seen. */
  readonly dismiss: () => void
}

const AT_REST: ExportState = { kind: 'idle', problem: null }
const MIME = { csv: 'text/csv;charset=utf-8', vcard: 'text/vcard;charset=utf-8' } as const
const ENDING = { csv: 'csv', vcard: 'vcf' } as const

/** Makes the export of a session. */
export function createExporter(client: ReplicaClient): Exporter {
  const state = createStore<ExportState>(AT_REST)
  let isWanted = true

  /** Null: the file is there; empty: it was not wanted any more; else why there is none. */
  async function write(sink: FileSink, { format, scope, columns }: ExportChoice, fileName: string) {
    const opened = await client.request('export.open', { format, scope, columns: [...columns] })
    if (!opened.ok) return opened.error.message
    const { exportId, rows } = opened.value
    try {
      while (isWanted) {
        const piece = await client.request('export.next', { exportId })
        if (!piece.ok) return piece.error.message
        const { text, done } = piece.value
        if (text === null) {
          await sink.close()
          state.set({ kind: 'done', rows, fileName })
          return null
        }
        await sink.write(text)
        state.set({ kind: 'running', done, rows })
      }
      return ''
    } finally {
      await client.request('export.close', { exportId }).catch(() => null)
    }
  }

  return {
    state,
    start: async (choice) => {
      if (state.get().kind === 'running') return
      isWanted = true
      const fileName = `customers-${new Date().toLocaleDateString('sv')}.${ENDING[choice.format]}`
      const sink = await openFileSink(fileName, MIME[choice.format])
      if (sink === null) return
      if (!isWanted) return sink.abort()
      state.set({ kind: 'running', done: 0, rows: 0 })
      const problem = await write(sink, choice, fileName).catch(() => words.failed)
      if (problem === null) return
      await sink.abort().catch(() => undefined)
      state.set({ kind: 'idle', problem: problem === '' ? null : problem })
    },
    stop: () => {
      isWanted = false
    },
    dismiss: () => {
      if (state.get().kind !== 'running') state.set(AT_REST)
    },
  }
}
