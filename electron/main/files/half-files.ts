import { lstatSync, rmSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import type { Log } from '../log/log.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { readJsonFile } from './read-json.ts'

const journalSchema = z.array(z.string()).max(1_000)
/** How half-written files of this app end, and hardly anything else. */
const ENDING = /\.[0-9a-f]{8}\.part$/

/** Where half-written files lie, remembered on the disk: after a crash the next start removes them. */
export interface HalfFiles {
  /** Before the file is there. Throws what the file system throws. */
  readonly add: (path: string) => void
  /** Once it is whole, or removed. */
  readonly delete: (path: string) => void
}

/** Where the half of a file is written: beside it, since only from there it can be renamed into place. */
export function halfOf(path: string, id: string): string {
  return `${path}.${id.slice(0, 8)}.part`
}

/**
 * Removes what an earlier run left half-written, then remembers what this one writes.
 * For the only instance of the app: it would take away what another one is writing.
 */
export function openHalfFiles(journal: string, log: Log): HalfFiles {
  const halves = new Set<string>()
  const keep = (): void => writeFileAtomically(journal, JSON.stringify([...halves]))
  // A name too many does no harm: at the next start there is no file of that name.
  const keepIfPossible = (): void => attempt(keep, log)

  const found = readJsonFile(journal, journalSchema)
  if (found.kind === 'unreadable') log.warn('file.half-left', { error: found.error })
  if (found.kind === 'value' && found.value.length > 0) {
    for (const path of found.value.filter(isOurs)) attempt(() => removeHalf(path), log)
    keepIfPossible()
  }
  return {
    add: (path) => {
      halves.add(path)
      keep()
    },
    delete: (path) => {
      halves.delete(path)
      keepIfPossible()
    },
  }
}

/** A damaged or planted journal must not name what is not ours. */
function isOurs(path: string): boolean {
  return isAbsolute(path) && ENDING.test(path)
}

function removeHalf(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true) rmSync(path)
}

function attempt(work: () => void, log: Log): void {
  try {
    work()
  } catch (error) {
    log.warn('file.half-left', { error })
  }
}
