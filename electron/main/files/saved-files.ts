import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { WebContents } from 'electron'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Log } from '../log/log.ts'
import { type HalfFiles, halfOf } from './half-files.ts'

/** Files that the page saves, each at the place that the person chose in the system's dialog. */
export interface SavedFiles {
  /** Asks where to save a file of such a name. Null: the person gave up. */
  readonly open: (name: string) => Promise<string | null>
  /** Adds text to a file, as UTF-8. Fails with `not_saved`. */
  readonly write: (id: string, text: string) => Promise<Result<null>>
  /** The file appears whole under its name, or nothing of it stays. Fails with `not_saved`. */
  readonly end: (id: string, keep: boolean) => Promise<Result<null>>
  /** Nothing half-written stays behind when the page or the app ends. */
  readonly drop: () => void
}

/** What saving needs of its surroundings. */
export interface SavedFilesParts {
  /** The system's dialog, with a name to begin from. Resolves to an absolute path; null: given up. */
  readonly choose: (name: string) => Promise<string | null>
  /** Tells the person that a file could not be written. The dialog was the system's: so is this. */
  readonly sayNotSaved: () => void
  readonly halves: Pick<HalfFiles, 'add' | 'delete'>
  readonly log: Log
}

const NOT_SAVED = fail('not_saved', 'The file could not be written. Make room on the disk, or choose another folder.')

interface Saving {
  readonly path: string
  /** Written here until it is whole. */
  readonly beside: string
  file: FileHandle | null
}

/** Saves files for the page, which names none of them: it holds an id for what the person chose. */
export function openSavedFiles({ choose, sayNotSaved, halves, log }: SavedFilesParts): SavedFiles {
  const savings = new Map<string, Saving>()

  async function attempt(id: string, work: (saving: Saving) => Promise<void>): Promise<Result<null>> {
    const saving = savings.get(id)
    if (saving === undefined) return NOT_SAVED
    try {
      await work(saving)
      return ok(null)
    } catch (error) {
      log.warn('file.unsaved', { error })
      await discard(id, saving)
      sayNotSaved()
      return NOT_SAVED
    }
  }

  async function discard(id: string, { file, beside }: Saving): Promise<void> {
    savings.delete(id)
    // Not opened: then a file of this name is somebody else's.
    if (file !== null) {
      await file.close().catch(() => undefined)
      await rm(beside, { force: true })
    }
    halves.delete(beside)
  }

  function begin({ beside }: Saving): Promise<FileHandle> {
    halves.add(beside)
    return open(beside, 'wx')
  }

  return {
    open: async (name) => {
      const path = await choose(plainName(name))
      if (path === null) return null
      const id = randomUUID()
      savings.set(id, { path, beside: halfOf(path, id), file: null })
      return id
    },
    write: (id, text) =>
      attempt(id, async (saving) => {
        saving.file ??= await begin(saving)
        await saving.file.appendFile(text)
      }),
    end: (id, keep) =>
      attempt(id, async (saving) => {
        if (!keep) return discard(id, saving)
        saving.file ??= await begin(saving)
        await saving.file.sync()
        await saving.file.close()
        await rename(saving.beside, saving.path)
        savings.delete(id)
        halves.delete(saving.beside)
      }),
    drop: () => {
      for (const { beside, file } of savings.values()) {
        // Not opened, or just being opened: then it stays remembered, and the next start removes it.
        if (file === null) continue
        file.close().catch(() => undefined)
        rmSync(beside, { force: true })
        halves.delete(beside)
      }
      savings.clear()
    },
  }
}

/** Drops what a page was saving when that page is gone: loaded anew, crashed, or closed. */
export function dropWithPage(contents: Pick<WebContents, 'on'>, { drop }: Pick<SavedFiles, 'drop'>): void {
  // Another document: neither another screen of this one, nor a link that another app opens.
  contents.on('did-navigate', drop)
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)
}

/** A name that no system takes for a path. */
function plainName(name: string): string {
  const plain = [...name].map((letter) => (letter < ' ' || '/\\:*?"<>|'.includes(letter) ? '-' : letter)).join('')
  return plain.replace(/^\.+/, '')
}
