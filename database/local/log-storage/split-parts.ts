import type { LogPart } from './log-record.ts'

/** A record of more documents than this gets too large to be read and checked in one go (measured). */
export const RECORD_DOCUMENTS = 2_500

/** Distributes parts over records of at most `limit` documents, keeping their order. */
export function splitParts(parts: readonly LogPart[], limit: number = RECORD_DOCUMENTS): LogPart[][] {
  const records: LogPart[][] = []
  let current: LogPart[] = []
  let room = limit
  for (const part of parts) {
    if (part.op !== 'put') {
      current.push(part)
      continue
    }
    for (let start = 0; start < part.documents.length; ) {
      const documents = part.documents.slice(start, start + room)
      current.push({ ...part, documents })
      start += documents.length
      room -= documents.length
      if (room === 0) {
        records.push(current)
        current = []
        room = limit
      }
    }
  }
  if (current.length > 0) records.push(current)
  return records
}
