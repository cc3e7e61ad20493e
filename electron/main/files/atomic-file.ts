import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Replaces a file so that a crash leaves either the old or the new content, never a half: writes
 * beside it, flushes, renames. Readable by this user only. Throws what the file system throws.
 * Synchronous on purpose: it must work while a window closes, and two writes can't interleave.
 */
export function writeFileAtomically(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  // Always the same name: what a crash leaves is overwritten by the next write.
  const beside = `${file}.tmp`
  try {
    const handle = openSync(beside, 'w', 0o600)
    try {
      writeSync(handle, content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
