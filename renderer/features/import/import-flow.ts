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
  /** How it was read, where somebody said so. */
  readonly reading: ImportReading
  /** What was chosen by hand, by `columnKey`: it holds however often the same table is read again. */
  readonly byHand: ReadonlyMap<string, ImportTarget | null>
}

/** Where an import stands. It lives outside of the screen: one may go elsewhere while it runs. */
export type ImportFlow =
  | { readonly kind: 'choose'; readonly problem: string | null }
  | { readonly kind: 'reading'; readonly fileName: string }
  | (Columns & {
      readonly kind: 'columns'
      /** How it shall be read instead: it is on the way, or can't be, as `problem` says. */
      readonly wanted: ImportReading | null
      readonly problem: string | null
    })
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
  /** Reads the same file in another way; of choices that follow each other quickly, the last one counts. */
  readonly reread: (reading: ImportReading) => Promise<void>
  /** Gives up another way that failed: the table that shows holds. */
  readonly keepReading: () => void
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
  /** The session is over: nothing is followed any more. */
  readonly end: () => void
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

/** Names a column of a file, however the file is read: two may bear one name. */
function columnKey({ header }: ImportUnderstood['columns'][number], place: number): string {
  return `${place} ${header}`
}

function columnsOf({ understood, mapping, reading, byHand }: Columns): Columns {
  return { understood, mapping, reading, byHand }
}

/** Makes the import of a session and follows the worker's progress notices. `onEnd`: an import has written all it will. */
export function createImporter(client: ReplicaClient, onEnd: (progress: ImportProgress) => void): Importer {
  const flow = createStore<ImportFlow>(AT_START)
  let isRereading = false

  const end = client.onNotice('import.progress', (progress) => {
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

  function showColumns(understood: ImportUnderstood, reading: ImportReading, byHand: Columns['byHand']): void {
    const mapping = understood.columns.map((column, place) => {
      const chosen = byHand.get(columnKey(column, place))
      return chosen === undefined ? column.target : chosen
    })
    flow.set({ kind: 'columns', understood, mapping, reading, byHand, wanted: null, problem: null })
  }

  /** Reads the file as it is wanted, one reading at a time, until nobody has wanted another one meanwhile. */
  async function rereadAsWanted(): Promise<void> {
    const now = flow.get()
    if (now.kind !== 'columns' || now.wanted === null) return
    const { understood, wanted } = now
    const answer = await ask(client.request('import.reread', { importId: understood.importId, reading: wanted }))
    const after = flow.get()
    if (after.kind !== 'columns' || after.wanted !== wanted) await rereadAsWanted()
    else if (answer.ok) {
      const isSameTable = answer.value.sheet === understood.sheet
      showColumns(answer.value, wanted, isSameTable ? after.byHand : new Map())
    } else flow.set({ ...after, problem: answer.error.message })
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
      const answer = await ask(client.request('import.open', { file, fileName: file.name }))
      if (answer.ok) showColumns(answer.value, {}, new Map())
      else
        flow.set({ kind: 'choose', problem: answer.error.code === 'crash' ? words.unreadable : answer.error.message })
    },
    reread: async (reading) => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      flow.set({ ...now, wanted: reading, problem: null })
      if (isRereading) return
      isRereading = true
      await rereadAsWanted()
      isRereading = false
    },
    keepReading: () => {
      const now = flow.get()
      if (now.kind === 'columns') flow.set({ ...now, wanted: null, problem: null })
    },
    setTarget: (column, target) => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      const chosen = now.understood.columns[column]
      if (chosen === undefined) return
      const byHand = new Map(now.byHand).set(columnKey(chosen, column), target)
      const mapping = now.mapping.with(column, target)
      // What was said of the columns may hold no more; what was said of a reading does.
      flow.set({ ...now, byHand, mapping, problem: now.wanted === null ? null : now.problem })
    },
    rehearse: async () => {
      const now = flow.get()
      if (now.kind !== 'columns') return
      const columns = columnsOf(now)
      const id = now.understood.importId
      flow.set({ kind: 'judging', ...columns, done: 0 })
      const answer = await ask(client.request('import.rehearse', { importId: id, mapping: [...now.mapping] }))
      // Somebody may have started over meanwhile.
      if (importId() !== id) return
      if (answer.ok) {
        const shown = answer.value.kinds.find(({ kind, rows }) => kind === 'invalid' && rows > 0) ? 'invalid' : null
        const summary = answer.value
        flow.set({ kind: 'rehearsal', ...columns, summary, shown, version: 0, problem: null })
      } else {
        flow.set({ ...now, problem: answer.error.code === 'cancelled' ? null : answer.error.message })
      }
    },
    back: () => {
      const now = flow.get()
      if (now.kind === 'rehearsal') flow.set({ kind: 'columns', ...columnsOf(now), wanted: null, problem: null })
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
    end,
  }
}
