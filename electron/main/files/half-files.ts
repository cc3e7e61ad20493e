import { lstat, rm } from 'node:fs/promises'
import { dirname, isAbsolute } from 'node:path'
import { z } from 'zod'
import type { Log } from '../log/log.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { readJsonFile } from './read-json.ts'

const journalSchema = z.array(z.string()).max(1_000)
/** How half-written files of this app end, and hardly anything else. */
const ENDING = /\.[0-9a-f]{8}\.part$/

/** Where half-written files lie, remembered on the disk: after a crash the next start removes them. */
export interface HalfFiles {
  /** Before the file is there. */
  readonly add: (path: string) => void
  /** Once it is whole, or removed. */
  readonly delete: (path: string) => void
  /** Removes what an earlier run left half-written. What can't be reached now stays for the next start. */
  readonly removeLeft: () => Promise<void>
}

/** Where the half of a file is written: beside it, since only from there it can be renamed into place. */
export function halfOf(path: string, id: string): string {
  return `${path}.${id.slice(0, 8)}.part`
}

/**
 * Remembers what this run writes, and what an earlier one left.
 * For the only instance of the app: `removeLeft` would take away what another one is writing.
 */
export function openHalfFiles(journal: string, log: Log): HalfFiles {
  const found = readJsonFile(journal, journalSchema)
  if (found.kind === 'unreadable') log.warn('file.half-left', { error: found.error })
  const left = found.kind === 'value' ? found.value : []
  const halves = new Set(left.filter(isOurs))

  // What can't be remembered is written all the same. A name too many does no harm: there is no file of it.
  function keep(): void {
    try {
      writeFileAtomically(journal, JSON.stringify([...halves]))
    } catch (error) {
      log.warn('file.half-left', { error })
    }
  }

  return {
    add: (path) => {
      halves.add(path)
      keep()
    },
    delete: (path) => {
      halves.delete(path)
      keep()
    },
    removeLeft: async () => {
      if (left.length === 0) return
      for (const path of left.filter(isOurs)) {
        try {
          await removeHalf(path)
          halves.delete(path)
        } catch (error) {
          log.warn('file.half-left', { error })
        }
      }
      keep()
    },
  }
}

/** A damaged or planted journal must not name what is not ours. */
function isOurs(path: string): boolean {
  return isAbsolute(path) && ENDING.test(path)
}

/** Throws where the folder is not there: a stick that was pulled out, a share that is asleep. */
async function removeHalf(path: string): Promise<void> {
  await lstat(dirname(path))
  // Anything but a file is nothing that we wrote.
  if ((await lstat(path).catch(ignoreMissing))?.isFile() === true) await rm(path)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
