import type { Customer } from '../domain/customer.ts'
import { webAddress } from '../util/link-target.ts'

/** Customers as vCards 4.0 (RFC 6350), one piece per batch. */
export function* customersToVcard(batches: Iterable<readonly Customer[]>): Generator<string, void> {
  for (const batch of batches) yield batch.map(toVcard).join('')
}

/** One customer as a vCard, with its last line end. */
function toVcard({ id, name, email, phone, address, website, notes, tags, updatedAt }: Customer): string {
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', `UID:urn:uuid:${id}`, `FN:${escaped(name)}`]
  // Older address books show nothing without N. Which word is the family name is not known.
  lines.push(`N:;${component(name)};;;`)
  if (email !== null) lines.push(`EMAIL:${escaped(email)}`)
  if (phone !== null) lines.push(telephone(phone))
  if (address !== null) lines.push(`ADR:;;${component(address)};;;;`)
  if (website !== null) lines.push(`URL:${printable(webAddress(website) ?? escaped(website))}`)
  if (notes !== null) lines.push(`NOTE:${escaped(notes)}`)
  if (tags.length > 0) lines.push(`CATEGORIES:${tags.map(escaped).join(',')}`)
  lines.push(`REV:${new Date(updatedAt).toISOString().replace(/[-:]|\.\d+/g, '')}`, 'END:VCARD')
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** A number in E.164 as a link that can be dialled, any other one as it is written. */
function telephone(phone: string): string {
  return /^\+\d+$/.test(phone) ? `TEL;VALUE=uri:tel:${phone}` : `TEL;VALUE=text:${escaped(phone)}`
}

/** RFC 6350 3.4. */
function escaped(text: string): string {
  return printable(text.replace(/[\\,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n'))
}

/** Without control characters, which are not allowed at all. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what goes.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
}

/** A part of a value that has several. */
function component(text: string): string {
  return escaped(text).replaceAll(';', '\\;')
}

const MAX_LINE = 75

/** Breaks a line after at most 75 octets, never within a character (RFC 6350 3.2). */
function folded(line: string): string {
  let result = ''
  let octets = 0
  for (const letter of line) {
    const size = utf8Length(letter)
    if (octets + size > MAX_LINE) {
      result += '\r\n '
      octets = 1
    }
    result += letter
    octets += size
  }
  return result
}

function utf8Length(letter: string): number {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
