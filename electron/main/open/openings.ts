import { resolve } from 'node:path'
import type { Opening } from '#shared/ipc/desktop.ts'
import type { Log } from '../log/log.ts'
import { LINK_SCHEME, readLink } from './read-link.ts'
import { isTablePath, readTableFile } from './read-table-file.ts'

/** What waits to be opened: the window may not be there yet, or be busy starting. */
export interface Openings {
  /** A `tradesphere:` link. Anything else is refused. */
  readonly link: (url: string) => void
  /** A file that the system or its dialog named. */
  readonly file: (path: string) => void
  /** The arguments of a start of the app: links and files among switches; `folder` is where it was started from. */
  readonly commandLine: (args: readonly string[], folder: string) => void
  readonly add: (opening: Opening) => void
  /** Hands out what waits, once. */
  readonly take: () => readonly Opening[]
}

/** Keeps at most this many: links are free for whoever sends them. */
const MOST = 20

/** Collects what is to be opened; `changed` tells the window that something waits. */
export function collectOpenings(log: Log, changed: () => void): Openings {
  let waiting: Opening[] = []
  const add = (opening: Opening | null): void => {
    if (opening === null) {
      log.warn('opening.refused')
      return
    }
    waiting = [...waiting, opening].slice(-MOST)
    changed()
  }
  const link = (url: string): void => add(readLink(url))
  const file = (path: string): void => add(readTableFile(path))
  return {
    add,
    link,
    file,
    commandLine: (args, folder) => {
      for (const arg of args) {
        if (arg.startsWith(`${LINK_SCHEME}:`)) link(arg)
        else if (!arg.startsWith('-') && isTablePath(arg)) file(resolve(folder, arg))
      }
    },
    take: () => {
      const taken = waiting
      waiting = []
      return taken
    },
  }
}
