import anyAscii from 'any-ascii'
import type { ImportTarget } from '../replica-api/import.ts'

/** Which part of a field a column holds, in the order in which the parts are put together. */
export const COLUMN_PARTS = [
  'whole',
  'prefix',
  'first',
  'middle',
  'last',
  'suffix',
  'company',
  'street',
  'number',
  'postcode',
  'city',
  'state',
  'country',
] as const
export type ColumnPart = (typeof COLUMN_PARTS)[number]

/** What a column is for, by its header. Columns of one `group` belong together (home address, business address). */
export interface HeaderRole {
  readonly target: ImportTarget
  readonly part: ColumnPart
  readonly group: string
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Columns about something else, though their header has a familiar word in it. */
const FOREIGN = words(
  'label type fax pager assistant manager phonetic yomi owner telex isdn radio tty tdd callback accepts car display extended spouse status url web website ip count datum date datev opt consent typ angezeigter angezeigt assistent assistentin affichage assistente mostrar tipo complet ayudante pantalla horbehinderte hoerbehinderte',
)
const EMAIL = words('email mail emailadresse mailadresse emails courriel correo messagerie')
const PHONE = words(
  'phone phones phonenumber telephone tel mobile mobilephone autotelefon mobil cell cellphone handy handynummer telefon telefonnummer rufnummer mobiltelefon mobilnummer festnetz haupttelefon fon portable telefono movil celular',
)
const ADDRESS_PARTS: readonly (readonly [ColumnPart, ReadonlySet<string>])[] = [
  ['postcode', words('zip zipcode postal postcode postleitzahl plz cp')],
  ['country', words('country land pays pais')],
  ['street', words('street strasse str rue calle street1 street2 pobox')],
  ['number', words('hausnummer hausnr housenumber')],
  ['city', words('city town suburb ort stadt wohnort ville ciudad localidad poblacion')],
  ['state', words('state province region bundesland county provincia kanton canton')],
]
const ADDRESS = words('address adresse anschrift direccion domicilio postanschrift')
const ADDRESS_KINDS = words(
  'home work business mailing billing shipping delivery other private privat geschaeftlich geschaftlich dienstlich bureau domicile travail trabajo particular residencia',
)
/** Headers that must be these words and no others. */
const EXACT: readonly (readonly [ImportTarget, ColumnPart, ReadonlySet<string>])[] = [
  [
    'name',
    'whole',
    new Set(
      'name,full name,fullname,display name,client,client name,customer,contact,kunde,kundenname,kundin,vollstaendiger name,vollstandiger name,nom complet,nombre completo,nombre y apellidos,ansprechpartner,nom du contact,nombre del contacto'.split(
        ',',
      ),
    ),
  ],
  [
    'name',
    'first',
    new Set('first,first name,firstname,given name,forename,vorname,prenom,nombre,nombre de pila'.split(',')),
  ],
  ['name', 'prefix', new Set('name prefix,prefix,titel,akademischer titel,namensprafix,namenspraefix'.split(','))],
  ['name', 'suffix', new Set('name suffix,suffix,suffixe,sufijo,namenszusatz,namenssuffix'.split(','))],
  [
    'name',
    'middle',
    new Set(
      'middle name,middlename,additional name,zweiter vorname,weitere vornamen,deuxieme prenom,segundo nombre'.split(
        ',',
      ),
    ),
  ],
  [
    'name',
    'last',
    new Set(
      'last,last name,lastname,surname,family name,nachname,familienname,nom,nom de famille,apellido,apellidos,primer apellido'.split(
        ',',
      ),
    ),
  ],
  [
    'name',
    'company',
    new Set(
      'company,company name,organization,organisation,organization name,organisation name,organization 1 name,account name,business name,firma,firmenname,unternehmen,societe,entreprise,empresa,organizacion,raison sociale,razon social,nom de l entreprise,associated company,organisationsname'.split(
        ',',
      ),
    ),
  ],
  [
    'notes',
    'whole',
    new Set(
      'note,notes,comment,comments,remark,remarks,description,notiz,notizen,bemerkung,bemerkungen,kommentar,kommentare,beschreibung,anmerkung,anmerkungen,remarque,remarques,commentaire,commentaires,nota,notas,observaciones,comentarios'.split(
        ',',
      ),
    ),
  ],
  [
    'website',
    'whole',
    new Set(
      'website,web site,url,web,web page,webpage,web address,home page,homepage,internet,website url,company website,company url,personal website,personal web page,business website,business web page,webseite,website 1 value,website 2 value,website 1 wert,internetseite,internetadresse,site web,site internet,page web,sitio web,pagina web'.split(
        ',',
      ),
    ),
  ],
  [
    'tags',
    'whole',
    new Set(
      'tag,tags,category,categories,keyword,keywords,labels,group,groups,group membership,kategorie,kategorien,schlagwort,schlagworte,gruppe,gruppen,etiquette,etiquettes,etiqueta,etiquetas,categorie,categorias,categoria,grupos,mots cles,palabras clave,stichworter,stichwoerter'.split(
        ',',
      ),
    ),
  ],
]

/** Reads a header of any of the common exports, English, German, French or Spanish; null: not a customer's field. */
export function headerRole(header: string): HeaderRole | null {
  const name = plainHeader(header)
  const bare = name.replace(/^(customer|contact|person|client|kunde[n]?) (?=.)/, '')
  for (const [target, part, names] of EXACT) if (names.has(name) || names.has(bare)) return { target, part, group: '' }
  const tokens = bare.split(' ')
  if (tokens.some((token) => FOREIGN.has(token))) return null
  if (tokens.some((token) => EMAIL.has(token))) return { target: 'email', part: 'whole', group: '' }
  if (tokens.some((token) => PHONE.has(token))) return { target: 'phone', part: 'whole', group: '' }
  for (const [part, names] of ADDRESS_PARTS) {
    if (tokens.some((token) => names.has(token))) return { target: 'address', part, group: groupOf(tokens) }
  }
  if (!tokens.some((token) => ADDRESS.has(token))) return null
  // Who or which firm lives there, as Shopify has it.
  if (/\baddress (company|name)$/.test(bare)) return null
  // "Address 1" and "Address line 2" are lines of a street, "Address 1 - Formatted" is all of it.
  const isLine = /(^| )(address|adresse)( line| zeile)? \d$/.test(bare) || tokens.includes('line')
  return isLine
    ? { target: 'address', part: 'street', group: tokens.find((token) => ADDRESS_KINDS.has(token)) ?? '' }
    : { target: 'address', part: 'whole', group: groupOf(tokens) }
}

/** The roles of the headers of a file: "Name" beside a first name and no last name is the last name. */
export function headerRoles(headers: readonly string[]): (HeaderRole | null)[] {
  const roles = headers.map(headerRole)
  const has = (part: ColumnPart) => roles.some((role) => role?.target === 'name' && role.part === part)
  if (!has('first') || has('last')) return roles
  return roles.map((role, i) =>
    role !== null && plainHeader(headers[i] ?? '') === 'name' ? { ...role, part: 'last' } : role,
  )
}

/** Lower-case Latin words with single spaces: `MailingStreet`, `mailing_street` and `Mailing Street` are one. */
export function plainHeader(header: string): string {
  const spaced = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  const latin = anyAscii(spaced)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return latin
    .replace(/\be (?=mail)/g, 'e')
    .replace(/\bpo box\b/g, 'pobox')
    .replace(/\b(address|adresse)(?=\d\b)/g, '$1 ')
    .replace(/\bcode postal\b|\bcodigo postal\b/g, 'postcode')
}

/** Which of several addresses a column belongs to: "home", "mailing", "address 1"; '' where there is one. */
function groupOf(tokens: readonly string[]): string {
  const kind = tokens.find((token) => ADDRESS_KINDS.has(token))
  return kind ?? /address \d/.exec(tokens.join(' '))?.[0] ?? ''
}
