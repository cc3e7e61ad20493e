import { z } from 'zod'
import { parseJson } from '#shared/util/parse-json.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { type HandoverContents, handoverContentsSchema } from './handover-contents.ts'

/** OWASP's figure for PBKDF2 with SHA-256 (2023); the file says its own, so that it may grow. */
const ITERATIONS = 600_000
/** More would only keep a computer busy: a file that asks for it was made to. */
const MAX_ITERATIONS = 10_000_000
const FORMAT = 'tradesphere-handover'
const VERSION = 1

const base64 = z.base64()

/** The header can be read without the passphrase. It says who to ask, and holds nothing about any customer. */
const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().positive(),
  company: z.string(),
  lostAt: z.iso.datetime({ offset: true }),
  changes: z.number().int().nonnegative(),
})
type Header = z.infer<typeof headerSchema>
const fileSchema = headerSchema.extend({
  version: z.literal(VERSION),
  kdf: z.object({
    name: z.literal('PBKDF2'),
    hash: z.literal('SHA-256'),
    iterations: z.number().int().min(1).max(MAX_ITERATIONS),
    salt: base64,
  }),
  cipher: z.object({ name: z.literal('AES-GCM'), iv: base64 }),
  /** Cipher text and tag of the contents as UTF-8 JSON; the header is authenticated with it. */
  data: base64,
})
type HandoverFile = z.infer<typeof fileSchema>

/** Seals contents under a passphrase. Resolves to the text of the file. */
export async function sealHandover(contents: HandoverContents, changes: number, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    company: contents.company.name,
    lostAt: contents.lostAt,
    changes,
  }
  const kdf = { name: 'PBKDF2', hash: 'SHA-256', iterations: ITERATIONS, salt: toBase64(salt) }
  const key = await deriveKey(passphrase, salt, ITERATIONS, 'encrypt')
  const plain = new TextEncoder().encode(JSON.stringify(contents))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: headerBytes(header) }, key, plain)
  const cipher = { name: 'AES-GCM', iv: toBase64(iv) }
  return `${JSON.stringify({ ...header, kdf, cipher, data: toBase64(new Uint8Array(sealed)) }, null, 1)}\n`
}

/** Opens the text of a file. Fails with `not_a_handover`, `newer_version` or `wrong_passphrase`. */
export async function openHandover(text: string, passphrase: string): Promise<Result<HandoverContents>> {
  const raw = parseJson(text)
  const header = headerSchema.safeParse(raw)
  if (!header.success) return fail('not_a_handover', 'This is not a hand-over file of TradeSphere Customers.')
  if (header.data.version > VERSION) {
    return fail('newer_version', 'This file was made by a newer version of the app. Update, then open it again.')
  }
  const file = fileSchema.safeParse(raw)
  if (!file.success) return fail('not_a_handover', 'This hand-over file is damaged: parts of it are missing.')
  const plain = await decrypt(file.data, header.data, passphrase)
  if (plain === null) {
    return fail('wrong_passphrase', 'The passphrase is not the one of this file, or the file was changed.')
  }
  const contents = handoverContentsSchema.safeParse(parseJson(plain))
  return contents.success
    ? ok(contents.data)
    : fail('newer_version', 'The contents are of another version of the app. Open the file with the newest one.')
}

async function decrypt(file: HandoverFile, header: Header, passphrase: string): Promise<string | null> {
  const key = await deriveKey(passphrase, fromBase64(file.kdf.salt), file.kdf.iterations, 'decrypt')
  try {
    const params = { name: 'AES-GCM', iv: fromBase64(file.cipher.iv), additionalData: headerBytes(header) }
    return new TextDecoder().decode(await crypto.subtle.decrypt(params, key, fromBase64(file.data)))
  } catch {
    return null
  }
}

/** What people type differs in case, blanks and dashes from what they were shown. */
async function deriveKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.toUpperCase().replaceAll(/[\s-]/g, ''))
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  const kdf = { name: 'PBKDF2', hash: 'SHA-256', iterations, salt }
  return crypto.subtle.deriveKey(kdf, material, { name: 'AES-GCM', length: 256 }, false, [use])
}

function headerBytes(header: Header): Uint8Array<ArrayBuffer> {
  const { format, version, company, lostAt, changes } = header
  return new TextEncoder().encode(JSON.stringify([format, version, company, lostAt, changes]))
}

/** In pieces: a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8_192))
  }
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
