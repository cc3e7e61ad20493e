import { readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { Opening } from '#shared/ipc/desktop.ts'

/** Endings of files that the import reads. */
export const TABLE_ENDINGS = ['csv', 'tsv', 'txt', 'xlsx'] as const
/** What the import takes (`sync/import/read-csv-file.ts`): what is read here crosses to the page at once. */
const LARGEST_BYTES = 200 * 1024 * 1024

/** Whether a path has the ending of a file that the import reads. */
export function isTablePath(path: string): boolean {
  return TABLE_ENDINGS.some((ending) => extname(path).toLowerCase() === `.${ending}`)
}

/**
 * Reads a file that the person chose in a dialog of the system or opened with the app; null where it
 * is no table at all. The page never names a path. Folders, devices and pipes are not read.
 */
export function readTableFile(
  path: string,
  largest = LARGEST_BYTES,
): Extract<Opening, { kind: 'file' | 'refused' }> | null {
  if (!isTablePath(path)) return null
  try {
    const found = statSync(path)
    if (!found.isFile()) return { kind: 'refused', reason: 'fileUnreadable' }
    if (found.size > largest) return { kind: 'refused', reason: 'fileTooLarge' }
    return { kind: 'file', name: basename(path), bytes: new Uint8Array(readFileSync(path)) }
  } catch {
    return { kind: 'refused', reason: 'fileUnreadable' }
  }
}
