import { expect, test } from 'vitest'
import type { ImportTarget } from '../replica-api/import.ts'
import { suggestColumns } from './map-columns.ts'
import { EXPORT_HEADERS } from './testing/export-headers.ts'

/** What each column is for; `leftOut`: only its program understands it. All others are kept in the notes. */
type Wanted = Partial<Record<ImportTarget | 'leftOut', string>>

const WANTED: readonly (readonly [keyof typeof EXPORT_HEADERS, Wanted])[] = [
  [
    'Google Contacts',
    {
      website: 'Website 1 - Value',
      name: 'First Name,Middle Name,Last Name,Name Prefix,Name Suffix',
      leftOut:
        'File As,Photo,E-mail 1 - Label,E-mail 2 - Label,Phone 1 - Label,Phone 2 - Label,Address 1 - Label,Website 1 - Label,Event 1 - Label,Custom Field 1 - Label',
      notes: 'Notes',
      tags: 'Labels',
      email: 'E-mail 1 - Value,E-mail 2 - Value',
      phone: 'Phone 1 - Value,Phone 2 - Value',
      address:
        'Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country',
    },
  ],
  [
    'Google Contacts, old',
    {
      website: 'Website 1 - Value',
      name: 'Name,Given Name,Additional Name,Family Name,Name Prefix,Name Suffix',
      leftOut:
        'Initials,Short Name,Directory Server,Mileage,Sensitivity,Priority,Photo,E-mail 1 - Type,E-mail 2 - Type,Phone 1 - Type,Phone 2 - Type,Address 1 - Type,Organization 1 - Type,Website 1 - Type',
      notes: 'Notes',
      tags: 'Group Membership',
      email: 'E-mail 1 - Value,E-mail 2 - Value',
      phone: 'Phone 1 - Value,Phone 2 - Value',
      address:
        'Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country',
    },
  ],
  [
    'Google Contacts, as Outlook',
    {
      website: 'Web Page',
      name: 'First Name,Middle Name,Last Name,Suffix',
      leftOut: 'Initials,Internet Free Busy,Mileage,Directory Server,Sensitivity,Priority,Private',
      notes: 'Notes',
      email: 'E-mail Address,E-mail 2 Address,E-mail 3 Address',
      phone:
        'Primary Phone,Home Phone,Home Phone 2,Mobile Phone,Company Main Phone,Business Phone,Business Phone 2,Other Phone',
      address:
        'Home Address,Home Street,Home Street 2,Home Street 3,Home Address PO Box,Home City,Home State,Home Postal Code,Home Country,Business Address,Business Street,Business Street 2,Business Street 3,Business Address PO Box,Business City,Business State,Business Postal Code,Business Country,Other Address,Other Street,Other Street 2,Other Street 3,Other Address PO Box,Other City,Other State,Other Postal Code,Other Country',
      tags: 'Keywords,Categories',
    },
  ],
  [
    'Outlook',
    {
      website: 'Web Page',
      name: 'First Name,Middle Name,Last Name,Suffix',
      address:
        'Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Business Address PO Box,Home Address PO Box,Other Address PO Box',
      phone:
        'Business Phone,Business Phone 2,Company Main Phone,Home Phone,Home Phone 2,Mobile Phone,Other Phone,Primary Phone',
      tags: 'Categories,Keywords',
      leftOut:
        'Directory Server,E-mail Type,E-mail Display Name,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Type,E-mail 3 Display Name,Initials,Internet Free Busy,Mileage,Priority,Private,Sensitivity',
      email: 'E-mail Address,E-mail 2 Address,E-mail 3 Address',
      notes: 'Notes',
    },
  ],
  [
    'HubSpot',
    {
      leftOut: 'Record ID,Associated Deal IDs',
      name: 'First Name,Last Name',
      email: 'Email',
      phone: 'Phone Number',
    },
  ],
  [
    'Salesforce, API',
    {
      leftOut: 'Id,IsDeleted,MasterRecordId,AccountId,ReportsToId,OwnerId,CreatedById,LastModifiedById,SystemModstamp',
      name: 'LastName,FirstName,Name',
      address:
        'OtherStreet,OtherCity,OtherState,OtherPostalCode,OtherCountry,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry',
      phone: 'Phone,MobilePhone,HomePhone,OtherPhone',
      email: 'Email',
      notes: 'Description',
    },
  ],
  [
    'Salesforce, report',
    {
      name: 'First Name,Last Name',
      address: 'Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country',
      phone: 'Phone,Mobile',
      email: 'Email',
    },
  ],
  [
    'Pipedrive',
    {
      leftOut: 'Person - ID',
      name: 'Person - Name',
      email: 'Person - Email',
      phone: 'Person - Phone',
    },
  ],
  [
    'Outlook, German',
    {
      website: 'Webseite',
      name: 'Vorname,Weitere Vornamen,Nachname,Suffix',
      address:
        'Straße geschäftlich,Straße geschäftlich 2,Straße geschäftlich 3,Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Straße privat 2,Straße privat 3,Ort privat,Bundesland/Kanton privat,Postleitzahl privat,Land/Region privat,Weitere Straße,Weitere Straße 2,Weitere Straße 3,Weiterer Ort,Weiteres/r Bundesland/Kanton,Weitere Postleitzahl,Weiteres/e Land/Region,Ort',
      phone:
        'Telefon geschäftlich,Telefon geschäftlich 2,Autotelefon,Telefon Firma,Telefon privat,Telefon privat 2,Mobiltelefon,Weiteres Telefon,Haupttelefon,Mobiltelefon 2',
      email: 'E-Mail-Adresse,E-Mail 2: Adresse,E-Mail 3: Adresse',
      leftOut:
        'E-Mail-Typ,E-Mail: Angezeigter Name,E-Mail 2: Typ,E-Mail 2: Angezeigter Name,E-Mail 3: Typ,E-Mail 3: Angezeigter Name',
      tags: 'Kategorien,Stichwörter',
      notes: 'Notizen',
    },
  ],
  [
    'Outlook, French',
    {
      website: 'Page Web',
      name: 'Prénom,Deuxième prénom,Nom,Suffixe',
      address:
        'Rue (bureau),Rue (bureau) 2,Rue (bureau) 3,Ville (bureau),Dép/Région (bureau),Code postal (bureau),Pays/Région (bureau),Rue (domicile),Rue (domicile) 2,Rue (domicile) 3,Ville (domicile),Dép/Région (domicile),Code postal (domicile),Pays/Région (domicile),Rue (autre),Ville (autre),Dép/Région (autre),Code postal (autre),Pays/Région (autre)',
      phone:
        'Téléphone (bureau),Téléphone 2 (bureau),Téléphone (voiture),Téléphone société,Téléphone (domicile),Téléphone 2 (domicile),Tél. mobile,Téléphone (autre),Téléphone principal',
      email: 'Adresse de messagerie,Adresse de messagerie 2',
      leftOut:
        "Type de messagerie,Nom complet de l'adresse de messagerie,Type de messagerie 2,Nom complet de l'adresse de messagerie 2",
      tags: 'Catégories,Mots clés',
      notes: 'Notes',
    },
  ],
  [
    'Outlook, Spanish',
    {
      website: 'Página Web',
      name: 'Nombre,Segundo nombre,Apellidos,Sufijo',
      address:
        'Calle del trabajo,Calle del trabajo 2,Calle del trabajo 3,Ciudad de trabajo,Provincia o estado de trabajo,Código postal del trabajo,País o región del trabajo,Calle del domicilio,Calle del domicilio 2,Ciudad de domicilio,Provincia o estado de domicilio,Código postal de domicilio,País o región del domicilio,Otra calle,Otra ciudad,Otra provincia o estado,Otro código postal,Otro país o región',
      phone:
        'Teléfono del trabajo,Teléfono del trabajo 2,Teléfono del automóvil,Número de teléfono 2 particular,Teléfono móvil,Otro teléfono,Teléfono principal',
      email: 'Dirección de correo electrónico,Dirección del correo electrónico 2',
      leftOut: 'Tipo de correo electrónico,Nombre de pantalla de correo electrónico',
      tags: 'Categorías,Palabras clave',
      notes: 'Notas',
    },
  ],
  [
    'HubSpot, German',
    {
      name: 'Vorname,Nachname',
      email: 'E-Mail',
      phone: 'Telefonnummer,Handynummer',
      address: 'Stadt,Postleitzahl,Straße und Hausnummer,Land/Region',
    },
  ],
  [
    'HubSpot, French',
    {
      name: 'Prénom,Nom',
      email: 'E-mail',
      phone: 'Numéro de téléphone,Numéro de téléphone mobile',
      address: 'Ville,Code postal,Adresse postale,Pays/région',
    },
  ],
  [
    'HubSpot, Spanish',
    {
      name: 'Nombre,Apellidos',
      email: 'Correo',
      phone: 'Número de teléfono,Número de teléfono móvil',
      address: 'Ciudad,Código postal,Dirección,País/región',
    },
  ],
  [
    'Google Contacts, German',
    {
      name: 'Vorname,Zweiter Vorname,Nachname,Namenspräfix,Namenssuffix',
      notes: 'Notizen',
      tags: 'Labels',
      leftOut: 'E-Mail 1 - Label,Telefon 1 - Label',
      email: 'E-Mail 1 - Wert',
      phone: 'Telefon 1 - Wert',
      address: 'Adresse 1 - Formatiert,Adresse 1 - Straße,Adresse 1 - Ort,Adresse 1 - PLZ,Adresse 1 - Land',
    },
  ],
]

test.each(WANTED)('IO-1: every column of an export of %s is mapped right without a hand', (program, wanted) => {
  const headers = EXPORT_HEADERS[program].split(',')
  const found: Record<string, string[]> = {}
  for (const [column, { target, confidence }] of suggestColumns(headers, []).entries()) {
    const use = target === null ? 'leftOut' : target === 'notes' && confidence < 0.85 ? 'kept' : target
    found[use] = [...(found[use] ?? []), headers[column] ?? '']
  }
  const { kept = [], ...mapped } = found
  expect(Object.fromEntries(Object.entries(mapped).map(([use, names]) => [use, names.join(',')]))).toEqual(wanted)
  const told = Object.values(wanted).join(',').split(',')
  expect(kept).toEqual(headers.filter((header) => !told.includes(header)))
})

test('IO-1: the header sets are those of eight programs, and of three languages more', () => {
  expect(WANTED.map(([program]) => program)).toEqual(Object.keys(EXPORT_HEADERS))
})
