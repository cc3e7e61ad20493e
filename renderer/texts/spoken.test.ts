import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { columnPatterns } from '#shared/csv/column-patterns.ts'
import { decodeText } from '#shared/csv/decode-text.ts'
import { fitRow } from '#shared/csv/fit-row.ts'
import { TableEnd } from '#shared/csv/table-end.ts'
import { understandCsv } from '#shared/csv/understand-csv.ts'
import { type CustomerFields, customerChangesSchema } from '#shared/domain/customer.ts'
import { roleSchema } from '#shared/domain/role.ts'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import {
  CUSTOMER_PERMISSIONS,
  type CustomerAction,
  customerPermission,
} from '#shared/permissions/customer-permissions.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import { quoteRequestPermission } from '#shared/permissions/quote-permissions.ts'
import type { Result } from '#shared/util/result.ts'
import { readXlsx } from '#sync/import/read-xlsx.ts'
import { roomForCustomers, roomForRows } from '#sync/import/room-for-rows.ts'
import { sheetRow, textCell, workbook } from '#sync/testing/workbook.ts'
import { germanSentences } from './german/sentences.ts'
import { SENTENCES_WITH_VALUES } from './german/sentences-with-values.ts'
import { inGerman } from './spoken.ts'

const root = join(import.meta.dirname, '../..')
const FOLDERS = ['shared', 'sync', 'electron/main', 'database/local', 'database/postgres/migrations']
/** What main shows by itself, in both languages. */
const OWN_TEXTS = join(root, 'electron/main/texts')

/**
 * The code that a sentence can come from. A value in a sentence is a gap, `{}`: `${…}` in TypeScript, `%` in SQL,
 * which doubles its apostrophes, too.
 */
function sources(folders: readonly string[] = FOLDERS): string {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  )
  return files
    .filter((file) => /\.(ts|sql)$/.test(file) && !/\.test\.ts$|\/testing\//.test(file) && !file.startsWith(OWN_TEXTS))
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      return file.endsWith('.ts')
        ? text.replace(/\$\{[^{}]*\}/g, '{}')
        : text
            .replaceAll("''", '’’')
            .replace(/%s?/g, '{}')
            .replace(/'([^'\n]*)'/g, '`$1`')
            .replaceAll('’’', "'")
    })
    .join('\n')
}

/** Sentences with a value that nobody reads who works with the app, so that they stay English. */
const STAY_ENGLISH = [
  // Between the parts of the program: what breaks there is said in a sentence of its own.
  "Refused: {} was called with an argument that its contract doesn't allow.",
  '{} failed.',
  'The log is damaged: {}.',
  'The log is locked: {}.',
  '{} rows of a common write conflict with what is stored; none of them was written.',
  'The collection {} is closed.',
  'The collection {} was removed.',
  'The log storage keeps no attachments: take them out of the schema of {}.',
  'Change number {} has no mutationId.',
  // The merge board offers nothing else.
  'The value of "{}" is wanted from a customer that is not part of this merge.',
  'The value typed for "{}" is of the wrong kind.',
  'Only notes, addresses and tags can be combined; choose one value for "{}".',
  'The choice for "{}" is not understood. Update the app.',
  // For whoever deploys or watches the server.
  'This database lacks the Supabase roles {}. Deploy to a Supabase database.',
  'Deploy as a role with BYPASSRLS (Supabase\'s "postgres" has it): {} has not.',
  'A chat could be neither linked nor queued (SQLSTATE {}).',
  'Customers could not be counted anew (SQLSTATE {}).',
  'A customer could not be brought in step with its conversations (SQLSTATE {}).',
  // Written into the history of a customer.
  '{} conversation{} with the chat assistant, {} to {}.',
]

test('R-1 UI-5: every reason why a role may not do something is said in German', () => {
  const other = { ownerId: 'somebody', createdByUserId: null }
  const refusals = roleSchema.options.flatMap((role) => {
    const actor = { userId: 'me', role }
    const asked = [
      ...(Object.keys(CUSTOMER_PERMISSIONS[role]) as CustomerAction[]).map((action) =>
        customerPermission(actor, action, other),
      ),
      ...(['changeCompany', 'manageMembers', 'managePrivacy', 'seeLog'] as const).map((action) =>
        companyPermission(role, action),
      ),
      importUndoPermission(actor, 'somebody'),
      quoteRequestPermission(actor),
    ]
    return asked.flatMap((permission) => (permission.allowed ? [] : [permission.reason]))
  })
  expect(refusals.length).toBeGreaterThan(15)
  expect(refusals.filter((reason) => inGerman(reason) === null)).toEqual([])
})

test('UI-5: every sentence that is translated is still said somewhere, in these words', () => {
  const said = sources()
  const translated = [...germanSentences.keys(), ...SENTENCES_WITH_VALUES.map(({ english }) => english)]
  expect(translated.filter((sentence) => !said.includes(sentence))).toEqual([])
})

test('UI-5: every sentence with a value is translated, or stays English for a reason', () => {
  const sentences = [...sources().matchAll(/`([A-Z{][^`\n]* [^`\n]*[.!?])`/g)].map((match) => match[1] ?? '')
  const withValues = [...new Set(sentences)].filter((sentence) => sentence.includes('{}'))
  expect(withValues.length).toBeGreaterThan(40)
  const isTranslated = (sentence: string): boolean =>
    inGerman(sentence.replace('{}', 'Sales').replaceAll('{}', 'edit')) !== null
  expect(withValues.filter((sentence) => !isTranslated(sentence)).toSorted()).toEqual(STAY_ENGLISH.toSorted())
})

test('UI-5: what main refuses is said in German', () => {
  const refusals = [...sources(['electron/main']).matchAll(/fail\(\s*'\w+',\s*(['"`])(.+?)\1[,)\s]/g)]
  expect(refusals.length).toBeGreaterThan(15)
  expect(refusals.map((match) => match[2] ?? '').filter((sentence) => inGerman(sentence) === null)).toEqual([])
})

test('UI-5: a sentence tells its values in German, too', () => {
  const VALUES = ['1234', '5678']
  for (const { english, german } of SENTENCES_WITH_VALUES) {
    const values = [...VALUES]
    const said = german(english.replaceAll('{}', () => values.shift() ?? ''))
    // Those of the roles know their values by name; they are tried with real ones.
    if (english.includes("can't") || english.includes('can only')) continue
    const told = VALUES.filter((value) => said?.replaceAll(',', '').includes(value))
    expect(told, english).toEqual(VALUES.slice(0, english.split('{}').length - 1))
  }
})

/** What something failed with. */
function failure(result: Result<unknown>): string {
  return result.ok ? '' : result.error.message
}

/** Why fields of a customer are refused. */
function refusal(fields: Partial<CustomerFields>): string {
  return customerChangesSchema.safeParse(fields).error?.issues[0]?.message ?? ''
}

/** What is wrong with a row of a table whose columns are known by twenty others. */
function fault(...cells: readonly string[]): string {
  const others = Array.from({ length: 20 }, (_, i) => [`Ada ${i}`, `ada${i}@example.com`, `+49 30 1234${i + 10}`])
  const fitted = fitRow({ cells, quoted: [], flaw: null }, 3, columnPatterns(others, 3), ',')
  return 'fault' in fitted ? fitted.fault : ''
}

/** What is wrong with the rows below a second header in row 7. */
function belowSecondHeader(): string {
  const end = new TableEnd(['Name', 'Email'])
  end.faultOf(7, ['Name', 'Email'])
  return end.faultOf(8, ['Ada', 'ada@example.com']) ?? ''
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const emptySheet = await readXlsx(workbook({ Empty: '', Customers: sheetRow(1, textCell('Name')) }), 'Empty')
const narrowHeader = ['Name,Email', ...Array.from({ length: 9 }, (_, i) => `Ada ${i},a${i}@b.de,+49 30 12345${i}`)]

test.each([
  [refusal({ name: 'x'.repeat(201) }), 'Name: länger als 200 Zeichen. Kürzen Sie den Text.'],
  [refusal({ notes: 'x'.repeat(20_001) }), 'Notizen: länger als 20,000 Zeichen. Kürzen Sie den Text.'],
  [refusal({ tags: ['x'.repeat(61)] }), 'Ein Tag ist länger als 60 Zeichen.'],
  [refusal({ tags: Array.from({ length: 51 }, String) }), 'Höchstens 50 Tags.'],
  [
    fault('Ada', 'ada@example.com', '+49 30 123410', 'more'),
    'Die Zeile hat 4 Zellen, die Kopfzeile 3. Setzen Sie Zellen, in denen ein Trennzeichen steht, in Anführungszeichen.',
  ],
  [
    fault('Ada ada@example.com', '+49 30 123410'),
    'Die Zeile hat 2 Zellen, die Kopfzeile 3: Ein Trennzeichen fehlt. Fügen Sie es ein.',
  ],
  [
    fault('ada@example.com', '+49 30 123410'),
    'Nichts in der Zeile sieht aus wie seine Spalte: Trennzeichen fehlen. Die Kopfzeile hat 3 Spalten.',
  ],
  [
    belowSecondHeader(),
    'Die Zeile gehört zu einer zweiten Tabelle, die in Zeile 7 beginnt. Importieren Sie diese als eigene Datei.',
  ],
  [
    failure(understandCsv('a,'.repeat(2_000))),
    'Die Datei hat 2,001 Spalten; höchstens 2,000 lassen sich importieren. Entfernen Sie, was nicht gebraucht wird.',
  ],
  [
    failure(understandCsv(narrowHeader.join('\n'))),
    'Die Kopfzeile nennt 2 Spalten, die Zeilen darunter haben 3: In der Kopfzeile fehlt ein Name oder ein Trennzeichen. Fügen Sie es ein.',
  ],
  [
    failure(decodeText(new TextEncoder().encode('%PDF-1.7'), decode)),
    'Das ist ein PDF, keine CSV-Datei. Speichern Sie die Kunden als CSV (UTF-8), und importieren Sie jene Datei.',
  ],
  [failure(emptySheet), 'Das Blatt „Empty“ ist leer. Wählen Sie ein anderes.'],
  [
    failure(roomForRows(2_000_000)),
    'Die Datei hat 2,000,000 Zeilen; 1,100,000 lassen sich auf einmal importieren. Teilen Sie sie auf.',
  ],
  [
    failure(roomForCustomers(5_000, 1_099_000)),
    'Aus 5,000 Zeilen würden neue Kunden, und 1,000 passen noch auf diesen Computer, auf dem auch gelöschte Platz brauchen. Lassen Sie weg, was Sie nicht brauchen, oder teilen Sie sie auf mehrere Firmen auf.',
  ],
])('UI-5: what the code says of real values, in German: %s', (english, german) => {
  expect(inGerman(english)).toBe(german)
})

// These are made deep within the worker and the server; that they are still said so, the test of the sources shows.
test.each([
  ["Sales can't take back invitations in this company.", 'Die Rolle Vertrieb darf das in dieser Firma nicht.'],
  [
    'Sales can only move conversations of customers they own or created.',
    'Die Rolle Vertrieb darf das nur bei Kunden, für die sie zuständig ist oder die sie angelegt hat.',
  ],
  ['Left as it is: the customer has another email, phone.', 'Nicht geändert. Anders ist beim Kunden: E-Mail, Telefon.'],
  [
    '1 change exists only on this device. Send them first.',
    '1 Änderung gibt es nur auf diesem Gerät. Senden Sie sie zuerst.',
  ],
  [
    '1200 changes exist only on this computer. Send them first, or sign out without them.',
    '1,200 Änderungen gibt es nur auf diesem Computer. Senden Sie sie zuerst, oder melden Sie sich ohne sie ab.',
  ],
  ["A stranger can't delete customers in this company.", null],
  ['Nobody has translated this.', null],
])('UI-5: %s', (english, german) => expect(inGerman(english)).toBe(german))
