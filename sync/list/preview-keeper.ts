import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { DerivedKeeperDeps } from '../replication/derived-keeper.ts'
import { encodePreview, isPreviewable, PREVIEW_NAME } from './list-preview.ts'

/** What a keeper works with. */
export interface PreviewKeeperDeps extends DerivedKeeperDeps {
  readonly window: (query: ListQuery, offset: number, limit: number) => Omit<ListWindow, 'tookMs'>
}

/** So long nothing must have changed before the preview is saved, in milliseconds. */
export const QUIET_MS = 1_500
/** Writes after which it is saved although no customer has changed: a start looks through all later ones. */
const MANY_WRITES = 200
/** Rows at the top of the list, and around the place where the user was, in the pages that the UI asks for. */
const TOP_ROWS = 200
const ROWS_AROUND = 100

/** Keeps the preview of the next start up to date with what the list shows. */
export class PreviewKeeper {
  readonly #deps: PreviewKeeperDeps
  #shown: { readonly query: ListQuery; readonly offset: number; readonly limit: number } | null = null
  #isDue = false
  #writes = 0
  #cancel: (() => void) | null = null

  constructor(deps: PreviewKeeperDeps) {
    this.#deps = deps
  }

  /** The list showed these rows. */
  showed(query: ListQuery, offset: number, limit: number): void {
    if (!isPreviewable(query)) return
    const isNew = JSON.stringify(query) !== JSON.stringify(this.#shown?.query) || offset !== this.#shown?.offset
    this.#shown = { query, offset, limit }
    if (isNew) this.#soon()
  }

  /** Something was written; `customers`: customers, too. */
  changed({ customers }: { readonly customers: boolean }): void {
    this.#writes += 1
    if (customers || this.#writes >= MANY_WRITES) this.#soon()
  }

  /** Saves nothing any more. */
  stop(): void {
    this.#cancel?.()
    this.#shown = null
  }

  #soon(): void {
    this.#isDue = true
    this.#cancel?.()
    this.#cancel = this.#deps.timing.after(QUIET_MS, () => void this.#save().catch(() => undefined))
  }

  async #save(): Promise<void> {
    const { derived, window, atRest } = this.#deps
    const shown = this.#shown
    if (derived === null || shown === null || !this.#isDue) return
    this.#isDue = false
    this.#writes = 0
    const { query, offset, limit } = shown
    const around = Math.max(0, offset - ROWS_AROUND)
    let saved: { readonly seq: number; readonly bytes: Uint8Array<ArrayBuffer> } | null = null
    await atRest(() => {
      const top = window(query, 0, TOP_ROWS)
      const runs = [top, window(query, around, limit + 2 * ROWS_AROUND)].map((run) => ({
        offset: run.offset,
        rows: run.rows,
      }))
      saved = { seq: derived.head(), bytes: encodePreview({ query, total: top.total, all: top.all, runs }) }
    })
    if (saved !== null) await derived.save(PREVIEW_NAME, saved)
  }
}
