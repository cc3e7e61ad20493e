import type { ReplicaStore } from '../replication/replica-store.ts'
import { journalTexts, type ReadState, readChunks, readPlan, readPosition } from './import-journal.ts'
import { type JournaledImport, ReportReader } from './import-report.ts'

/** An import that this computer has a journal of, and who reports on it. */
interface KnownImport {
  readonly journal: JournaledImport
  readonly reader: ReportReader
}

/** The imports that this computer made. */
export class KnownImports {
  readonly #store: ReplicaStore
  /** The one that was asked about last: a long one takes a moment to read. */
  #last: (KnownImport & { readonly texts: readonly unknown[] }) | null = null

  constructor(store: ReplicaStore) {
    this.#store = store
  }

  /** Null: it was made elsewhere, or its plan can't be read. */
  find(importId: string): KnownImport | null {
    const position = readPosition(this.#read, importId)
    if (position === null) return null
    // The same texts, not texts that are the same: nothing is compared letter by letter.
    const texts = journalTexts(this.#read, importId, position)
    if (this.#last?.texts.length === texts.length && texts.every((text, n) => text === this.#last?.texts[n])) {
      return this.#last
    }
    const plan = readPlan(this.#read, importId)
    if (plan === null) return null
    const read = readChunks(this.#read, importId, position)
    const chunks = read.filter((chunk) => chunk !== null)
    const journal = { importId, plan, position, chunks, isWhole: chunks.length === read.length }
    const reader = new ReportReader(journal, (id) => this.#store.shown.get(id))
    this.#last = { journal, reader, texts }
    return this.#last
  }

  readonly #read: ReadState = (key) => this.#store.state(key)
}
