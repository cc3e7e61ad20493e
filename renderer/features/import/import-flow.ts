import type { FileLike, ImportPreview, ImportProgress, ImportTarget } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createStore, type Store } from '../../lib/store.ts'

const words = strings.import

/** The parts of a browser's `File` that an import needs. */
export interface ImportFile extends FileLike {
  readonly name: string
}

/** Where an import stands. It lives outside of the screen: one may go elsewhere while it runs. */
export type ImportFlow =
  | { readonly kind: 'choose'; readonly problem: string | null }
  | { readonly kind: 'reading'; readonly fileName: string }
  | {
      readonly kind: 'columns'
      readonly file: ImportFile
      readonly preview: ImportPreview
      readonly mapping: ReadonlyArray<ImportTarget | null>
      readonly problem: string | null
    }
  | {
      readonly kind: 'running'
      readonly fileName: string
      readonly rows: number
      /** Null until the first rows are written. */
      readonly progress: ImportProgress | null
      readonly isStopping: boolean
    }
  | { readonly kind: 'report'; readonly progress: ImportProgress }

/** The import of one signed-in session. */
export interface Importer {
  readonly flow: Store<ImportFlow>
  /** Reads a file; nothing is written. */
  readonly read: (file: ImportFile) => Promise<void>
  readonly setTarget: (column: number, target: ImportTarget | null) => void
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly startOver: () => void
}

const AT_START: ImportFlow = { kind: 'choose', problem: null }

/** Whether enough columns are mapped to make customers of the rows. */
export function isMappingUsable(mapping: ReadonlyArray<ImportTarget | null>): boolean {
  return mapping.some((target) => target === 'name' || target === 'email' || target === 'phone')
}

/** Makes the import of a session and follows the worker's progress notices. */
export function createImporter(client: ReplicaClient): Importer {
  const flow = createStore<ImportFlow>(AT_START)

  client.onNotice('import.progress', (progress) => {
    const now = flow.get()
    if (now.kind !== 'running') return
    if (now.progress !== null && now.progress.importId !== progress.importId) return
    flow.set(progress.state === 'running' ? { ...now, progress } : { kind: 'report', progress })
  })

  return {
    flow,
    read: async (file) => {
      flow.set({ kind: 'reading', fileName: file.name })
      try {
        const answer = await client.request('import.preview', { file, fileName: file.name })
        if (!answer.ok) {
          flow.set({ kind: 'choose', problem: answer.error.message })
          return
        }
        const preview = answer.value
        flow.set({ kind: 'columns', file, preview, mapping: preview.mapping, problem: null })
      } catch {
        flow.set({ kind: 'choose', problem: words.unreadable })
      }
    },
    setTarget: (column, target) => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      flow.set({ ...now, mapping: now.mapping.map((old, index) => (index === column ? target : old)), problem: null })
    },
    start: async () => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      const { file, mapping, preview } = now
      flow.set({ kind: 'running', fileName: file.name, rows: preview.rows, progress: null, isStopping: false })
      try {
        const answer = await client.request('import.run', { file, fileName: file.name, mapping: [...mapping] })
        // Refused before the first row: back to the columns, with the reason.
        if (!answer.ok) flow.set({ ...now, problem: answer.error.message })
        else if (answer.value.state !== 'running') flow.set({ kind: 'report', progress: answer.value })
      } catch {
        const last = flow.get()
        flow.set(
          last.kind === 'running' && last.progress !== null
            ? { kind: 'report', progress: { ...last.progress, state: 'failed' } }
            : { ...now, problem: words.unexpected },
        )
      }
    },
    stop: async () => {
      const now = flow.get()
      if (now.kind !== 'running' || now.progress === null) return
      flow.set({ ...now, isStopping: true })
      await client.request('import.cancel', { importId: now.progress.importId })
    },
    startOver: () => flow.set(AT_START),
  }
}
