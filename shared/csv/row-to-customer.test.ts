import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_FIELDS } from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { suggestColumns } from './map-columns.ts'
import { rowToCustomer } from './row-to-customer.ts'

function read(headers: string, cells: readonly string[], country = 'DE', mapping?: readonly (ImportTarget | null)[]) {
  const list = headers.split(',')
  return rowToCustomer(list, mapping ?? suggestColumns(list, []).map(({ target }) => target), country)(cells)
}

test('IO-1: first and last names and the parts of an address are put together in their natural order', () => {
  const headers = 'Nachname,Vorname,Ort,PLZ,Straße,Land'
  expect(read(headers, ['Müller', 'Anna', 'Berlin', '10115', 'Hauptstr. 5', 'Deutschland'])).toEqual({
    kind: 'customer',
    fields: { ...NO_FIELDS, name: 'Anna Müller', address: 'Hauptstr. 5, 10115 Berlin, Deutschland' },
  })
})

test('IO-1: of several addresses the first filled one counts, "other" last, and a whole one before its parts', () => {
  const headers = 'Name,OtherStreet,OtherCity,MailingStreet,MailingCity'
  expect(read(headers, ['A', 'x', 'y', 'Main St 1', 'Town'])).toMatchObject({ fields: { address: 'Main St 1, Town' } })
  expect(read(headers, ['A', 'x', 'y', '', ''])).toMatchObject({ fields: { address: 'x, y' } })
  const google = 'Name,Address 1 - Street,Address 1 - Formatted'
  expect(read(google, ['A', 'Main St 1', 'Main St 1\nTown'])).toMatchObject({ fields: { address: 'Main St 1, Town' } })
})

test.each([
  ['Name,Address,City,State,Zip', ['A', '5 High St', 'Leeds', '', 'LS1 1AA'], '5 High St, LS1 1AA Leeds'],
  [
    'Name,Address,City,State,Zip',
    ['A', '5 High St, Leeds LS1 1AA', 'Leeds', '', 'LS1 1AA'],
    '5 High St, Leeds LS1 1AA',
  ],
  ['Name,Address,City', ['A', '5 York St', 'York'], '5 York St, York'],
  ['Nom,Adresse,Code postal,Ville', ['A', '3 rue de Paris', '75001', 'Paris'], '3 rue de Paris, 75001 Paris'],
  ['Nombre,Dirección,Ciudad', ['A', 'Calle Mayor 5', 'Madrid'], 'Calle Mayor 5, Madrid'],
  ['Name,Billing Address,City,Zip', ['A', '5 High St', 'Leeds', 'LS1'], '5 High St, LS1 Leeds'],
  ['Name,Adresse,Hausnummer,Ort', ['A', 'Hauptstr.', '5', 'Berlin'], 'Hauptstr. 5, Berlin'],
  [
    'Name,Default Address Company,Default Address Address1,Default Address City,Default Address Zip',
    ['A', 'ACME', '5 High St', 'Leeds', 'LS1'],
    '5 High St, LS1 Leeds',
  ],
])('IO-1: an address of %s, %j, is all of it', (headers, cells, address) => {
  expect(read(headers, cells)).toMatchObject({ fields: { address } })
})

test('IO-1: each cell of an address is in the address or in the notes', () => {
  const headers =
    'Foo,Address,Adresse,Street,Hausnummer,Zip,City,State,Country,Home Address,Home City,OtherCity,Address 1 - City'
  const width = headers.split(',').length
  const cell = fc.constantFrom(
    '',
    '',
    '5',
    'York',
    '5 York St',
    'LS1',
    'York LS1',
    'High St, York',
    '5 High St, LS1 York',
  )
  const plain = (text: string) => ` ${text.toLowerCase().replace(/[\s,]+/g, ' ')} `
  fc.assert(
    fc.property(fc.array(cell, { minLength: width, maxLength: width }), (cells) => {
      const mapping = cells.map((): ImportTarget => 'address')
      const reading = read(`Name,${headers}`, ['A', ...cells], 'DE', ['name', ...mapping])
      if (reading.kind === 'invalid') throw new Error(reading.reason)
      const kept = plain(`${reading.fields.address} ${reading.fields.notes}`)
      for (const text of cells.filter((each) => each !== '')) expect(kept).toContain(plain(text))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['Name,Vorname', ['Müller', 'Anna'], 'Anna Müller', null],
  ['Name,First Name,Last Name', ['', 'Ann', 'Lee'], 'Ann Lee', null],
  ['Name,First Name,Last Name', ['Lee, Ann', 'Ann', 'Lee'], 'Lee, Ann', null],
  ['Name,Prefix,First Name,Last Name', ['Ann Lee', 'Dr.', 'Ann', 'Lee'], 'Ann Lee', 'Prefix: Dr.'],
  ['Kunde,Ansprechpartner', ['Müller GmbH', 'Anna Schmidt'], 'Müller GmbH', 'Ansprechpartner: Anna Schmidt'],
  ['Name,Display Name', ['Ann Lee', 'Annie'], 'Ann Lee', 'Display Name: Annie'],
])('IO-1: of %s, %j, the name is %s, and nothing of it is lost', (headers, cells, name, notes) => {
  expect(read(headers, cells)).toEqual({ kind: 'customer', fields: { ...NO_FIELDS, name, notes } })
})

test('IO-1: columns that somebody maps to the name make it together', () => {
  expect(read('Foo,Last Name', ['Ann', 'Lee'], 'DE', ['name', 'name'])).toMatchObject({ fields: { name: 'Ann Lee' } })
  expect(read('Name,Foo', ['Ann', 'Lee'], 'DE', ['name', 'name'])).toMatchObject({ fields: { name: 'Ann Lee' } })
})

test.each([
  ['0170 1234567', 'DE', '+491701234567'],
  ['0061420091973', 'DE', '+61420091973'],
  ['(02) 9374 4000', 'AU', '+61293744000'],
  ['+49 (0)170 1234567', 'AU', '+491701234567'],
  ['030 123 ext 5', 'DE', '030 123 ext 5'],
  ['ask Ann', 'DE', 'ask Ann'],
  ['12', 'DE', '12'],
  ['0170 1234567', 'XX', '0170 1234567'],
  ['0170 1234567 ::: 0171 7654321', 'DE', '+491701234567'],
])('IO-1: the phone "%s" in %s is kept as %s', (phone, country, expected) => {
  expect(read('Name,Phone', ['A', phone], country)).toMatchObject({ fields: { phone: expected } })
})

test.each([
  [' Ann@X.de ', 'Ann@X.de'],
  ['mailto:ann@x.de', 'ann@x.de'],
  ['Ann Lee <ann@x.de>', 'ann@x.de'],
  ['ann@x.de ::: ann@y.de', 'ann@x.de'],
  ['ann@x.de; ann@y.de', 'ann@x.de'],
  ['', null],
])('IO-1: the email "%s" is read as %s', (email, expected) => {
  expect(read('Name,Email', ['A', email])).toMatchObject({ fields: { email: expected } })
})

test('IO-1: what is meant for an email address and is none is kept among the notes', () => {
  for (const email of ['ann@x.de; bob@y', 'bob@y, Ann <ann@x.de>']) {
    expect(read('Name,Email', ['A', email])).toMatchObject({ fields: { email: 'ann@x.de', notes: 'Email: bob@y' } })
  }
})

test('IO-1: tags are split, without doubles and without the mark of groups', () => {
  expect(read('Name,Tags,Group Membership', ['A', 'vip; lead,vip', '* myContacts ::: * Friends'])).toMatchObject({
    fields: { tags: ['vip', 'lead', 'myContacts', 'Friends'] },
  })
})

test('IO-1: a row without a name takes the email, then the phone', () => {
  expect(read('Name,Email,Phone', ['', 'a@x.de', '0170 1234567'])).toMatchObject({ fields: { name: 'a@x.de' } })
  expect(read('Name,Email,Phone', [' ', '', '0170 1234567'])).toMatchObject({ fields: { name: '+491701234567' } })
})

test.each([
  [['', '', '', 'x'], /No name, no email and no phone/],
  [['Ann', 'nonsense', '', ''], /not an email address/],
  [['A'.repeat(201), '', '', ''], /Name is longer than 200/],
  [['Ann', 'a@x.de', '1', 'Main St', 'Town'], /5 cells, the header 4/],
])('IO-1: the row %j is refused with a reason', (cells, reason) => {
  expect(read('Name,Email,Phone,Notes', cells)).toMatchObject({
    kind: 'invalid',
    reason: expect.stringMatching(reason),
  })
})

test('IO-1: what formula protection put before a value is taken off again', () => {
  expect(read('Name,Phone,Notes', ["'=Ann", "'+491701234567", "'tis"])).toMatchObject({
    fields: { name: '=Ann', phone: '+491701234567', notes: "'tis" },
  })
})

test('IO-1: a mapping by hand stands above what the header says', () => {
  expect(read('Foo,Phone', ['Ann', 'remember her'], 'DE', ['name', 'notes'])).toEqual({
    kind: 'customer',
    fields: { ...NO_FIELDS, name: 'Ann', notes: 'Phone: remember her' },
  })
})

test('IO-1: the first website of a row counts, as it is written; another one is a line of the notes', () => {
  expect(read('Name,Website 1 - Value,Homepage', ['Ann', '', 'ann.example/me'])).toMatchObject({
    fields: { website: 'ann.example/me', notes: null },
  })
  expect(read('Name,Website,Homepage', ['Ann', 'https://a.example', 'b.example'])).toMatchObject({
    fields: { website: 'https://a.example', notes: 'Homepage: b.example' },
  })
})
