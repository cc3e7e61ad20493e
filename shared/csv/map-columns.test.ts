import { expect, test } from 'vitest'
import { suggestColumns } from './map-columns.ts'

/** Headers that are surely for a field, as `header→target`; the others are offered as notes. */
function mapped(headers: string): string[] {
  const list = headers.split(',')
  return suggestColumns(list, []).flatMap(({ target, confidence }, i) =>
    target === null || confidence < 0.85 ? [] : [`${list[i]}→${target}`],
  )
}

test('IO-1: a website goes by many names, and an address of something else is none', () => {
  const websites =
    'website,Website URL,URL,Web,Homepage,Webseite,Internet,Site web,Sitio web,Página web,Business Web Page,Company website'
  expect(mapped(websites)).toEqual(websites.split(',').map((header) => `${header}→website`))
  expect(mapped('LinkedIn URL,Photo URL,Website 1 - Label,Internet Free Busy,Web Mail,Internetanbieter')).toEqual([])
})

test.each([
  [
    'this product',
    'id,customer_name,customer_email,customer_phone,customer_address,customer_notes,tags,cluster',
    'customer_name→name | customer_email→email | customer_phone→phone | customer_address→address | customer_notes→notes | tags→tags',
  ],
  [
    'German',
    'Kundennummer,Nachname,Vorname,Firma,E-Mail-Adresse,Telefonnummer,Straße,PLZ,Ort,Bemerkungen',
    'Nachname→name | Vorname→name | E-Mail-Adresse→email | Telefonnummer→phone | Straße→address | PLZ→address | Ort→address | Bemerkungen→notes',
  ],
  [
    'French',
    'Nom,Prénom,Courriel,Téléphone,Adresse,Code postal,Ville,Remarques',
    'Nom→name | Prénom→name | Courriel→email | Téléphone→phone | Adresse→address | Code postal→address | Ville→address | Remarques→notes',
  ],
  [
    'Spanish',
    'Nombre,Apellidos,Correo electrónico,Teléfono,Dirección,Ciudad,Observaciones',
    'Nombre→name | Apellidos→name | Correo electrónico→email | Teléfono→phone | Dirección→address | Ciudad→address | Observaciones→notes',
  ],
  ['a list of companies', 'Company,Phone,City', 'Company→name | Phone→phone | City→address'],
])('IO-1: the columns of %s are mapped', (_, headers, expected) => {
  expect(mapped(headers)).toEqual(expected.split(' | '))
})

const targets = (headers: string) => suggestColumns(headers.split(','), []).map(({ target }) => target)

test('IO-1: a number that customers have is kept for the notes, whatever word it is called by', () => {
  const headers = 'Name,VAT ID,Tax ID,Customer ID,Member ID,ID,Account owner,Priority,Photo,Unsubscribed'
  expect(targets(headers)).toEqual(['name', ...Array(9).fill('notes')])
})

test.each([
  ['HubSpot', 'Record ID,Associated Company IDs'],
  ['Salesforce', 'Id,OwnerId,AccountId,IsDeleted,SystemModstamp'],
  ['Google', 'E-mail 1 - Label,Custom Field 1 - Type,Photo,File As'],
  ['Outlook', 'Internet Free Busy,E-mail 2 Type,Sensitivity,Priority'],
  ['this product', 'Source,Created at,Last seen at,Owner ID,Import problem'],
])('IO-1: what only %s understands is left out', (_, headers) => {
  expect(new Set(targets(headers))).toEqual(new Set([null]))
})

test('IO-1: only the first of several whole names is the name', () => {
  expect(targets('Kunde,Ansprechpartner')).toEqual(['name', 'notes'])
  expect(targets('Client,Contact,Company')).toEqual(['name', 'notes', 'notes'])
})
