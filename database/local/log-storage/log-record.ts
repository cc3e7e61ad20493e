import type { RxDocumentData } from 'rxdb'
import { z } from 'zod'

/** A document as RxDB hands it over: the application's fields, its revision and whether it is deleted. */
export type StoredDocument = RxDocumentData<Record<string, unknown>>

/**
 * One thing that a record says. `collection` names collection and schema version, `key` the field
 * that holds the primary key. Parts are replayed in their order.
 */
export type LogPart =
  | { readonly op: 'put'; readonly collection: string; readonly key: string; readonly documents: StoredDocument[] }
  | { readonly op: 'purge'; readonly collection: string; readonly ids: string[] }
  | { readonly op: 'drop'; readonly collection: string }

/** Where a record stands: it replaces the records `from` to `seq` and holds `n` documents. */
export interface RecordPlace {
  readonly from: number
  readonly seq: number
  readonly n: number
}

/** A record as it lies in IndexedDB. `iv` is there when the body is encrypted, `checksum` when it is not. */
const storedRecordSchema = z.object({
  seq: z.number().int().positive(),
  from: z.number().int().positive(),
  n: z.number().int().nonnegative(),
  body: z.instanceof(Uint8Array),
  checksum: z.instanceof(Uint8Array).optional(),
  iv: z.instanceof(Uint8Array).optional(),
})
export type StoredRecord = z.infer<typeof storedRecordSchema>

/** The last number given out, and the mark of the transaction that gave it. */
export const logHeadSchema = z.object({ seq: z.number().int().nonnegative(), token: z.string() })

/**
 * What the log is written with. `probe` is a constant, encrypted: it tells a wrong key from damage.
 */
export const logFormatSchema = z.object({
  version: z.literal(1),
  cipher: z.enum(['none', 'aes-gcm']),
  probe: z.instanceof(Uint8Array).optional(),
  iv: z.instanceof(Uint8Array).optional(),
})
export type LogFormat = z.infer<typeof logFormatSchema>

const documentSchema = z.custom<StoredDocument>((value) => typeof value === 'object' && value !== null)
const partsSchema = z.array(
  z.discriminatedUnion('op', [
    z.object({ op: z.literal('put'), collection: z.string(), key: z.string(), documents: z.array(documentSchema) }),
    z.object({ op: z.literal('purge'), collection: z.string(), ids: z.array(z.string()) }),
    z.object({ op: z.literal('drop'), collection: z.string() }),
  ]),
)

/** Reads a stored value as a record; null when it is none. */
export function parseRecord(value: unknown): StoredRecord | null {
  return storedRecordSchema.safeParse(value).data ?? null
}

const encoder = new TextEncoder()
/** Where texts up to a third of its length (a chunk of an import) are encoded: Chromium's `encode` takes twice as long (measured). */
const scratch = new Uint8Array(6 << 20)

/** The parts as bytes. */
export function encodeParts(parts: readonly LogPart[]): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(parts)
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 > scratch.length) return encoder.encode(text)
  return scratch.slice(0, encoder.encodeInto(text, scratch).written)
}

/** @throws SyntaxError or ZodError when these are not the bytes of parts */
export function decodeParts(bytes: Uint8Array): LogPart[] {
  return partsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** How many documents the parts put. */
export function countDocuments(parts: readonly LogPart[]): number {
  return parts.reduce((sum, part) => sum + (part.op === 'put' ? part.documents.length : 0), 0)
}
