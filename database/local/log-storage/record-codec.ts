import { LogDamagedError, LogLockedError } from './log-errors.ts'
import {
  decodeParts,
  encodeParts,
  type LogFormat,
  type LogPart,
  type RecordPlace,
  type StoredRecord,
} from './log-record.ts'
import { release } from './release.ts'

/** Bytes with the proof of what they are; `iv` is there when they are encrypted, `checksum` when they are not. */
export type SealedBytes = Pick<StoredRecord, 'body' | 'iv' | 'checksum'>

/** Turns parts into records and back, with a proof that nothing was altered, moved or renumbered. */
export interface RecordCodec {
  /** What the log has to say about itself, so that this codec can be recognised later. */
  format(): Promise<LogFormat>
  /** Whether records of such a log can be read with this codec. */
  opens(format: LogFormat): Promise<boolean>
  encode(place: RecordPlace, parts: readonly LogPart[]): Promise<StoredRecord>
  /** @throws LogDamagedError when the record is not what was written under its numbers in this log. */
  decode(record: StoredRecord): Promise<LogPart[]>
  /** Seals other bytes that belong to this log, under a label. */
  seal(label: string, bytes: Uint8Array<ArrayBuffer>): Promise<SealedBytes>
  /** @throws when these are not the bytes that were sealed under this label in this log. */
  unseal(label: string, sealed: SealedBytes): Promise<Uint8Array<ArrayBuffer>>
}

/** The codec of a log: encrypting if there is a key. */
export function codecOf(name: string, key: CryptoKey | null): RecordCodec {
  return key === null ? plainCodec(name) : encryptingCodec(name, key)
}

const CHECKSUM_BYTES = 8
const IV_BYTES = 12
const PROBE = new TextEncoder().encode('tradesphere log')

/** Bodies in the clear, with a checksum over body, numbers and the name of the log. */
export function plainCodec(name: string): RecordCodec {
  const checksumOf = (place: RecordPlace, body: Uint8Array) => checksumUnder(labelOf(name, place), body)
  const checksumUnder = async (label: Uint8Array, body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = new Uint8Array(label.length + body.length)
    bytes.set(label)
    bytes.set(body, label.length)
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, CHECKSUM_BYTES)
  }
  return {
    format: async () => ({ version: 1, cipher: 'none' }),
    opens: async (format) => format.cipher === 'none',
    encode: async (place, parts) => {
      const body = encodeParts(parts)
      return { ...place, body, checksum: await checksumOf(place, body) }
    },
    decode: async (record) => {
      const { checksum, body, iv } = record
      // Also where the log has lost its format: without the key nothing may be thrown away.
      if (iv !== undefined && checksum === undefined) throw new LogLockedError(`record ${record.seq} is encrypted`)
      const expected = await checksumOf(record, body)
      if (checksum === undefined || checksum.length !== expected.length || expected.some((b, i) => b !== checksum[i])) {
        throw new LogDamagedError(`record ${record.seq} does not match its checksum`)
      }
      return parse(record, body)
    },
    seal: async (label, body) => ({ body, checksum: await checksumUnder(bytesOf(name, label), body) }),
    unseal: async (label, { body, checksum }) => {
      const expected = await checksumUnder(bytesOf(name, label), body)
      if (checksum?.join() !== expected.join()) throw new LogDamagedError(label)
      return new Uint8Array(body)
    },
  }
}

/** Bodies encrypted with AES-GCM, each with a random nonce; numbers and name are authenticated with it. */
function encryptingCodec(name: string, key: CryptoKey): RecordCodec {
  const probe = (iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(`${name}|probe`),
  })
  return {
    format: async () => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = new Uint8Array(await crypto.subtle.encrypt(probe(iv), key, PROBE))
      return { version: 1, cipher: 'aes-gcm', probe: sealed, iv }
    },
    opens: async (format) => {
      if (format.cipher !== 'aes-gcm' || format.probe === undefined || format.iv === undefined) return false
      try {
        await crypto.subtle.decrypt(probe(new Uint8Array(format.iv)), key, new Uint8Array(format.probe))
        return true
      } catch {
        return false
      }
    },
    encode: async (place, parts) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const algorithm = { name: 'AES-GCM', iv, additionalData: labelOf(name, place) }
      const plain = encodeParts(parts)
      const body = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain))
      release(plain)
      return { ...place, iv, body }
    },
    decode: async (record) => {
      if (record.iv === undefined) throw new LogDamagedError(`record ${record.seq} is not encrypted as the log is`)
      const iv = new Uint8Array(record.iv)
      const algorithm = { name: 'AES-GCM', iv, additionalData: labelOf(name, record) }
      let body: ArrayBuffer
      try {
        body = await crypto.subtle.decrypt(algorithm, key, new Uint8Array(record.body))
      } catch {
        throw new LogDamagedError(`record ${record.seq} was altered`)
      }
      return parse(record, new Uint8Array(body))
    },
    seal: async (label, bytes) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealing = { name: 'AES-GCM', iv, additionalData: bytesOf(name, label) }
      return { iv, body: new Uint8Array(await crypto.subtle.encrypt(sealing, key, bytes)) }
    },
    unseal: async (label, { iv, body }) => {
      if (iv === undefined) throw new LogDamagedError(`${label} is not encrypted as the log is`)
      const sealing = { name: 'AES-GCM', iv: new Uint8Array(iv), additionalData: bytesOf(name, label) }
      return new Uint8Array(await crypto.subtle.decrypt(sealing, key, body as Uint8Array<ArrayBuffer>))
    },
  }
}

/** A record copied to another place, or into another log, must not verify there. */
function labelOf(name: string, { from, seq, n }: RecordPlace): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${name}|${from}|${seq}|${n}`)
}

function bytesOf(name: string, label: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${name}|${label}`)
}

function parse(record: StoredRecord, body: Uint8Array): LogPart[] {
  try {
    return decodeParts(body)
  } catch {
    throw new LogDamagedError(`record ${record.seq} holds something else than documents`)
  }
}
