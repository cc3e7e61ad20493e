import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { csvRows } from '../csv/csv-rows.ts'
import { decodeText } from '../csv/decode-text.ts'
import { rowToCustomer } from '../csv/row-to-customer.ts'
import { understandCsv } from '../csv/understand-csv.ts'
import { type Customer, type CustomerFields, NO_FIELDS } from '../domain/customer.ts'
import { emptyCustomer } from '../domain/testing/empty-customer.ts'
import { exportColumnSchema } from '../replica-api/export.ts'
import { webAddress } from '../util/link-target.ts'
import { customersToCsv } from './customers-to-csv.ts'
import { customersToVcard } from './customers-to-vcard.ts'

const hostile = fc.constantFrom(
  ..."= + - @ ' \" , ; \t | \n \r\n ::: * 007 0 é ß 日本 👍 \u202e __proto__ constructor =cmd|'/c".split(/ (?!$)/),
  ' ',
  'a',
)
const text = fc.oneof(
  fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
)
/** As a form makes them: no white space at the edges, never empty, and line ends are `\n` in a file. */
const kept = (value: string) => value.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trim()
const filled = (limit: number) =>
  text.map((value) => kept(value).slice(0, limit).toWellFormed().trim()).filter((value) => value !== '')
/** Fields of customers with all that breaks files in them. */
const anyFields: fc.Arbitrary<CustomerFields> = fc.record({
  name: filled(200),
  email: fc.option(fc.constantFrom('ann@x.de', "o'neil+tag@x.co", '=a@x.de', '-b@x.de', 'jürgen@weiß.de')),
  phone: fc.option(fc.constantFrom('+491701234567', '007', '00', '-1', 'ask Ann', '0900 =1')),
  address: fc.option(filled(100)),
  website: fc.option(fc.constantFrom('example.com', 'https://x.de/a?b=1,2;3', '=x.de', 'www.müller.example')),
  notes: fc.option(filled(300)),
  tags: fc.uniqueArray(filled(20), { maxLength: 4 }),
  ownerId: fc.constant(null),
})

/** A customer with these fields; `i` makes its id. */
function customerOf(of: CustomerFields, i: number): Customer {
  const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
  return { ...emptyCustomer(id, '00000000-0000-4000-8000-000000000000'), ...of }
}

function importAgain(csv: string): CustomerFields[] {
  const decoded = decodeText(new TextEncoder().encode(csv), (bytes, encoding) =>
    new TextDecoder(encoding).decode(bytes),
  )
  if (!decoded.ok) throw new Error(decoded.error.message)
  const shape = understandCsv(decoded.value.text)
  if (!shape.ok) throw new Error(shape.error.message)
  const read = rowToCustomer(shape.value.headers, shape.value.mapping, 'DE')
  return [...csvRows(shape.value.source, 100)].flat().map(({ cells, fault }) => {
    const reading = read(cells)
    if (fault !== undefined || reading.kind === 'invalid') throw new Error(fault ?? JSON.stringify(reading))
    return reading.fields
  })
}

test('IO-5: whatever is in the fields, export and import give the same customers', () => {
  fc.assert(
    fc.property(fc.array(anyFields, { minLength: 1, maxLength: 8 }), fc.boolean(), (customers, hasMark) => {
      const csv = [
        ...customersToCsv([customers.map(customerOf)], { columns: exportColumnSchema.options, hasMark }),
      ].join('')
      expect(importAgain(csv)).toEqual(customers)
    }),
    { numRuns: 300 },
  )
})

test('IO-5: a spreadsheet takes no cell of an export for a formula', () => {
  fc.assert(
    fc.property(anyFields, (of) => {
      const [, line = ''] = [...customersToCsv([[customerOf(of, 1)]], { columns: ['name', 'notes'], hasMark: false })]
      const cells = [
        ...csvRows(
          {
            text: line.replaceAll('\r\n', '\n'),
            dialect: { delimiter: ',', quote: '"', backslash: false },
            start: 0,
            firstRow: 1,
            table: null,
          },
          9,
        ),
      ].flat()[0]?.cells
      for (const cell of cells ?? []) expect(cell.trimStart()).not.toMatch(/^[=+\-@\t\r\0]/)
    }),
  )
})

test('IO-5: columns are those asked for, in their order, and the mark is there when asked for', () => {
  const [header, line] = [
    ...customersToCsv(
      [
        [
          customerOf(
            { ...NO_FIELDS, name: 'Ann, Lee', phone: '+491701234567', notes: 'x "y"', tags: ['vip', 'a;b'] },
            1,
          ),
        ],
      ],
      {
        columns: ['phone', 'name', 'tags', 'notes'],
        hasMark: true,
      },
    ),
  ]
  expect(header).toBe('\ufeffPhone,Name,Tags,Notes\r\n')
  expect(line).toBe(`"'+491701234567","Ann, Lee","vip; ""a;b""","x ""y"""\r\n`)
})

interface Card {
  readonly value: (name: string) => unknown
  readonly values: (name: string) => unknown[]
}

/** Reads vCards by a parser that is not ours. */
function parse(text: string): Card[] {
  const cards: unknown = ICAL.parse(text)
  const list = (Array.isArray(cards) && cards[0] === 'vcard' ? [cards] : cards) as unknown[][]
  return list.map((card) => {
    const component = new ICAL.Component(card)
    return {
      value: (name) => component.getFirstPropertyValue(name),
      values: (name) => component.getFirstProperty(name)?.getValues() ?? [],
    }
  })
}

test('IO-5: another program reads from a vCard what was exported, whatever is in the fields', () => {
  fc.assert(
    fc.property(fc.array(anyFields, { minLength: 1, maxLength: 4 }), (list) => {
      const text = [...customersToVcard([list.map(customerOf)])].join('')
      const cards = parse(text)
      expect(cards).toHaveLength(list.length)
      for (const [i, { name, email, phone, website, notes, tags }] of list.entries()) {
        const card = cards[i]
        expect(card?.value('fn')).toBe(name)
        expect(card?.value('email') ?? null).toBe(email)
        const number = card?.value('tel') ?? null
        expect(typeof number === 'string' ? number.replace(/^tel:/, '') : number).toBe(phone)
        expect(card?.value('url') ?? null).toBe(website && webAddress(website))
        expect(card?.value('note') ?? null).toBe(notes)
        expect(card?.values('categories')).toEqual(tags)
      }
    }),
  )
})

test('IO-5: no line of a vCard is longer than 75 octets, and none breaks a character', () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      const text = [...customersToVcard([[customerOf({ ...fields, notes: '日本👍é'.repeat(40) }, 1)]])].join('')
      const lines = text.split('\r\n').map((line) => new TextEncoder().encode(line))
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(75)
        expect(() => new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toThrow()
      }
    }),
  )
})
