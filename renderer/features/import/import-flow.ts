import type { CustomerChanges } from '#shared/domain/customer.ts'
import type {
  FileLike,
  ImportAction,
  ImportKind,
  ImportProgress,
  ImportReading,
  ImportRow,
  ImportSummary,
  ImportTarget,
  ImportUnderstood,
  UnfinishedImport,
} from '#shared/replica-api/import.ts'
import type { Result } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createStore, type Store } from '../../lib/store.ts'

const words = strings.import

/** The parts of a browser's `File` that an import needs. */
export interface ImportFile extends FileLike {
  readonly name: string
}

/** A file that was understood, with the columns as they are chosen. */
interface Columns {
  readonly understood: ImportUnderstood
  readonly mapping: ReadonlyArray<ImportTarget | null>
  readonly reading: ImportReading
}

/** Where an import stands. It lives outside of the screen: one may go elsewhere while it runs. */
export type ImportFlow =
  | { readonly kind: 'choose'; readonly problem: string | null }
  | { readonly kind: 'reading'; readonly fileName: string }
  | (Columns & { readonly kind: 'columns'; readonly problem: string | null })
  | (Columns & { readonly kind: 'judging'; readonly done: number })
  | (Columns & {
      readonly kind: 'rehearsal'
      readonly summary: ImportSummary
      /** The rows that are shown; null: all. */
      readonly shown: ImportKind | null
      /** Grows when rows change: ask for them again. */
      readonly version: number
      readonly problem: string | null
    })
  | {
      readonly kind: 'running'
      readonly progress: ImportProgress
      readonly isStopping: boolean
    }
  | { readonly kind: 'report'; readonly importId: string; readonly fileName: string }

/** The import of one signed-in session. */
export interface Importer {
  readonly flow: Store<ImportFlow>
  /** Reads a file; nothing is written. */
  readonly read: (file: ImportFile) => Promise<void>
  /** Reads the same file in another way. */
  readonly reread: (reading: ImportReading) => Promise<void>
  readonly setTarget: (column: number, target: ImportTarget | null) => void
  /** Finds out what would become of each row; nothing is written. */
  readonly rehearse: () => Promise<void>
  /** From the rehearsal back to the columns. */
  readonly back: () => void
  /** Which rows of the rehearsal are shown. */
  readonly show: (kind: ImportKind | null) => void
  readonly choose: (action: ImportAction, which: { kind: ImportKind } | { rows: number[] }) => Promise<void>
  /** Corrects a row; answers it as it is judged now. */
  readonly fix: (row: number, fields: CustomerChanges) => Promise<Result<ImportRow>>
  readonly apply: () => Promise<void>
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Stops a rehearsal or an import; what was written stays. */
  readonly stop: () => Promise<void>
  /** Goes on with an import that was broken off; with its file where that is needed. */
  readonly goOn: (unfinished: UnfinishedImport, file?: ImportFile) => Promise<void>
  /** Leaves an import that was broken off as it is. */
  readonly giveUp: (unfinished: UnfinishedImport) => Promise<void>
  readonly showReport: (importId: string, fileName: string) => void
  readonly startOver: () => void
}

const AT_START: ImportFlow = { kind: 'choose', problem: null }

/** Whether enough columns are mapped to make customers of the rows. */
export function isMappingUsable(mapping: ReadonlyArray<ImportTarget | null>): boolean {
  return mapping.some((target) => target === 'name' || target === 'email' || target === 'phone')
}

/** Whether something would get lost if another file were opened now. */
export function isUnderWay({ kind }: ImportFlow): boolean {
  return kind === 'judging' || kind === 'rehearsal' || kind === 'running'
}

/** Rows that would be written. */
export function plannedRows({ planned }: ImportSummary): number {
  return planned.create + planned.updateEmpty + planned.overwrite
}

/** Makes the import of a session and follows the worker's progress notices. `onEnd`: an import has written all it will. */
export function createImporter(client: ReplicaClient, onEnd: (progress: ImportProgress) => void): Importer {
  const flow = createStore<ImportFlow>(AT_START)

  client.onNotice('import.progress', (progress) => {
    const now = flow.get()
    if (now.kind === 'judging' && progress.stage === 'rehearsal' && progress.importId === now.understood.importId) {
      flow.set({ ...now, done: progress.done })
    }
    if (progress.stage === 'import' && progress.importId === importId()) follow(progress)
  })

  /** Shows where the writing stands; a finished one shows its report. */
  function follow(progress: ImportProgress): void {
    const now = flow.get()
    if (progress.state === 'done' || progress.state === 'cancelled') {
      flow.set({ kind: 'report', importId: progress.importId, fileName: progress.fileName })
      onEnd(progress)
    } else {
      const isStopping = now.kind === 'running' && now.isStopping && progress.state === 'running'
      flow.set({ kind: 'running', progress, isStopping })
    }
  }

  /** A request whose crash is an answer like any other. */
  async function ask<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
    return answer.catch(() => ({ ok: false, error: { code: 'crash', message: words.unexpected } }))
  }

  function understood(answer: Result<ImportUnderstood>, reading: ImportReading): void {
    if (!answer.ok) {
      flow.set({ kind: 'choose', problem: answer.error.code === 'crash' ? words.unreadable : answer.error.message })
      return
    }
    const mapping = answer.value.columns.map(({ target }) => target)
    flow.set({ kind: 'columns', understood: answer.value, mapping, reading, problem: null })
  }

  function importId(): string | null {
    const now = flow.get()
    if (now.kind === 'running') return now.progress.importId
    return 'understood' in now ? now.understood.importId : null
  }

  async function resume(id: string, file?: ImportFile): Promise<void> {
    const answer = await ask(client.request('import.resume', { importId: id, ...(file === undefined ? {} : { file }) }))
    const now = flow.get()
    if (answer.ok) follow(answer.value)
    else if (now.kind !== 'running') flow.set({ kind: 'choose', problem: answer.error.message })
    else flow.set({ ...now, progress: { ...now.progress, state: 'failed', error: answer.error } })
  }

  return {
    flow,
    read: async (file) => {
      flow.set({ kind: 'reading', fileName: file.name })
      understood(await ask(client.request('import.open', { file, fileName: file.name })), {})
    },
    reread: async (reading) => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      const answer = await ask(client.request('import.reread', { importId: now.understood.importId, reading }))
      // What can't be read like that stays as it was read before.
      if (answer.ok) understood(answer, reading)
      else flow.set({ ...now, problem: answer.error.message })
    },
    setTarget: (column, target) => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      flow.set({ ...now, mapping: now.mapping.map((old, index) => (index === column ? target : old)), problem: null })
    },
    rehearse: async () => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      const { understood: file, mapping, reading } = now
      flow.set({ kind: 'judging', understood: file, mapping, reading, done: 0 })
      const answer = await ask(client.request('import.rehearse', { importId: file.importId, mapping: [...mapping] }))
      // Somebody may have started over meanwhile.
      if (importId() !== file.importId) return
      if (answer.ok) {
        const shown = answer.value.kinds.find(({ kind, rows }) => kind === 'invalid' && rows > 0) ? 'invalid' : null
        const summary = answer.value
        flow.set({
          kind: 'rehearsal',
          understood: file,
          mapping,
          reading,
          summary,
          shown,
          version: 0,
          problem: null,
        })
      } else {
        flow.set({ ...now, problem: answer.error.code === 'cancelled' ? null : answer.error.message })
      }
    },
    back: () => {
      const now = flow.get()
      if (now.kind !== 'rehearsal') return
      const { understood: file, mapping, reading } = now
      flow.set({ kind: 'columns', understood: file, mapping, reading, problem: null })
    },
    show: (kind) => {
      const now = flow.get()
      if (now.kind === 'rehearsal') flow.set({ ...now, shown: kind })
    },
    choose: async (action, which) => {
      const id = importId()
      if (id === null) return
      const answer = await ask(client.request('import.choose', { importId: id, action, ...which }))
      const now = flow.get()
      if (now.kind !== 'rehearsal') return
      if (answer.ok) flow.set({ ...now, summary: answer.value, version: now.version + 1, problem: null })
      else flow.set({ ...now, problem: answer.error.message })
    },
    fix: async (row, fields) => {
      const answer = await ask(client.request('import.fix', { importId: importId() ?? '', row, fields }))
      const now = flow.get()
      if (answer.ok && now.kind === 'rehearsal') {
        flow.set({ ...now, summary: answer.value.summary, version: now.version + 1, problem: null })
      }
      return answer.ok ? { ok: true, value: answer.value.row } : answer
    },
    apply: async () => {
      const now = flow.get()
      if (now.kind !== 'rehearsal') return
      const answer = await ask(client.request('import.apply', { importId: now.summary.importId }))
      // The first progress may be here before the answer.
      if (flow.get().kind !== 'rehearsal') return
      if (answer.ok) follow(answer.value)
      else flow.set({ ...now, problem: answer.error.message })
    },
    pause: async () => {
      const id = importId()
      if (id !== null) await ask(client.request('import.pause', { importId: id }))
    },
    resume: async () => {
      const id = importId()
      if (id !== null) await resume(id)
    },
    stop: async () => {
      const id = importId()
      const now = flow.get()
      if (id === null) return
      if (now.kind === 'running') flow.set({ ...now, isStopping: true })
      const answer = await ask(client.request('import.cancel', { importId: id }))
      const after = flow.get()
      // One that was paused or had failed tells nothing more: its report says how far it came.
      const wasResting = now.kind === 'running' && now.progress.state !== 'running'
      if (answer.ok && wasResting && after.kind === 'running') {
        flow.set({ kind: 'report', importId: id, fileName: now.progress.fileName })
      }
    },
    goOn: (unfinished, file) => resume(unfinished.importId, file),
    giveUp: async ({ importId: id, fileName }) => {
      const answer = await ask(client.request('import.cancel', { importId: id }))
      if (answer.ok) flow.set({ kind: 'report', importId: id, fileName })
      else flow.set({ kind: 'choose', problem: answer.error.message })
    },
    showReport: (id, fileName) => flow.set({ kind: 'report', importId: id, fileName }),
    startOver: () => flow.set(AT_START),
  }
}
