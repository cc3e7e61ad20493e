import { wordsOf } from '#shared/util/words-of.ts'
import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import { german } from './german.ts'
import { germanSentences } from './sentences.ts'

/** Sagt einen Satz mit den Werten der englischen Lücken; null, wenn er sie nicht kennt. */
type Said<Sentence extends string> = (...values: ValuesOf<Sentence>) => string | null
/** Je ein Text für jede Lücke `{}` eines Satzes. */
type ValuesOf<Sentence extends string> = Sentence extends `${string}{}${infer Rest}` ? [string, ...ValuesOf<Rest>] : []

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Ein englischer Satz mit Lücken, und wie er auf Deutsch lautet; null, wenn ein Text nicht dieser Satz ist. */
function sentence<const Sentence extends string>(english: Sentence, say: Said<Sentence>) {
  const shape = new RegExp(`^${english.split('{}').map(quoted).join('(.+)')}$`, 's')
  return {
    english,
    german: (text: string): string | null => {
      const values = shape.exec(text)?.slice(1)
      // So viele Gruppen wie Lücken: das weiß der Ausdruck, nicht sein Typ.
      return values === undefined ? null : say(...(values as ValuesOf<Sentence>))
    },
  }
}

/** Eine Zahl, wie sie in englischen Sätzen steht: "1,100,000". */
const count = (text: string): string => formatCount(Number(text.replaceAll(',', '')))
const unsent = (changes: string): string => counted(Number.parseInt(changes, 10), 'Änderung gibt', 'Änderungen gibt')

const roleOf = (name: string): string | undefined =>
  Object.entries(german.roles).find(([role]) => role === name.toLowerCase())?.[1]
const forRole = (name: string, say: (role: string) => string): string | null => {
  const role = roleOf(name)
  return role === undefined ? null : say(role)
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: 'anlegen',
  view: 'ansehen',
  edit: 'bearbeiten',
  delete: 'löschen',
  merge: 'zusammenführen',
  export: 'exportieren',
}
const forAction = (name: string, action: string, say: (role: string, tun: string) => string): string | null => {
  const tun = ACTIONS[action]
  return tun === undefined ? null : forRole(name, (role) => say(role, tun))
}

const LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(german.fields).map(([field, label]) => [wordsOf(field), label])),
  'the note': 'Notiz',
}
const labelOf = (english: string): string => LABELS[english.toLowerCase()] ?? english

/** Sätze des Workers, der Regeln und des Servers, in denen Werte stehen; der erste, der passt, gilt. */
export const SENTENCES_WITH_VALUES = [
  sentence('{} letters', (edits) => `${edits} Buchstaben`),
  sentence("{} can't {} customers in this company.", (name, action) =>
    forAction(name, action, (role, tun) => `Die Rolle ${role} darf in dieser Firma keine Kunden ${tun}.`),
  ),
  sentence('{} can only {} customers they own or created.', (name, action) =>
    forAction(
      name,
      action,
      (role, tun) => `Die Rolle ${role} darf nur Kunden ${tun}, für die sie zuständig ist oder die sie angelegt hat.`,
    ),
  ),
  // Was jemand versucht hat, weiß er: das Deutsche sagt nur, dass er es nicht darf.
  sentence("{} can't {} in this company.", (name) =>
    forRole(name, (role) => `Die Rolle ${role} darf das in dieser Firma nicht.`),
  ),
  sentence(
    'Sales can only {} of customers they own or created.',
    () => 'Die Rolle Vertrieb darf das nur bei Kunden, für die sie zuständig ist oder die sie angelegt hat.',
  ),
  sentence(
    '{} is longer than {} characters. Shorten it.',
    (label, most) => `${labelOf(label)}: länger als ${count(most)} Zeichen. Kürzen Sie den Text.`,
  ),
  sentence('A tag is longer than {} characters.', (most) => `Ein Tag ist länger als ${count(most)} Zeichen.`),
  sentence('At most {} tags.', (most) => `Höchstens ${count(most)} Tags.`),
  sentence(
    'The row has {} cells, the header {}. Put quotes around cells with a separator in them.',
    (cells, header) =>
      `Die Zeile hat ${count(cells)} Zellen, die Kopfzeile ${count(header)}. Setzen Sie Zellen, in denen ein Trennzeichen steht, in Anführungszeichen.`,
  ),
  sentence(
    'The row has {} cells, the header {}: a separator is missing. Put it in.',
    (cells, header) =>
      `Die Zeile hat ${count(cells)} Zellen, die Kopfzeile ${count(header)}: Ein Trennzeichen fehlt. Fügen Sie es ein.`,
  ),
  sentence(
    'Nothing in the row looks like its column: separators are missing. The header has {} columns.',
    (header) =>
      `Nichts in der Zeile sieht aus wie seine Spalte: Trennzeichen fehlen. Die Kopfzeile hat ${count(header)} Spalten.`,
  ),
  sentence(
    'The row belongs to a second table, which begins in row {}. Import it as a file of its own.',
    (row) =>
      `Die Zeile gehört zu einer zweiten Tabelle, die in Zeile ${count(row)} beginnt. Importieren Sie diese als eigene Datei.`,
  ),
  sentence(
    'The file has {} columns; at most {} can be imported. Remove those that are not needed.',
    (columns, most) =>
      `Die Datei hat ${count(columns)} Spalten; höchstens ${count(most)} lassen sich importieren. Entfernen Sie, was nicht gebraucht wird.`,
  ),
  sentence(
    'The header names {} columns, the rows below it have {}: a name or a separator is missing in the header. Put it in.',
    (header, rows) =>
      `Die Kopfzeile nennt ${count(header)} Spalten, die Zeilen darunter haben ${count(rows)}: In der Kopfzeile fehlt ein Name oder ein Trennzeichen. Fügen Sie es ein.`,
  ),
  sentence(
    '{} Save the customers as CSV (UTF-8) and import that file.',
    (what) =>
      `${germanSentences.get(what) ?? what} Speichern Sie die Kunden als CSV (UTF-8), und importieren Sie jene Datei.`,
  ),
  sentence(
    'The sheet “{}” is empty. Choose another one.',
    (name) => `Das Blatt „${name}“ ist leer. Wählen Sie ein anderes.`,
  ),
  sentence(
    'The file has {} rows, and {} can be imported at once. Split it.',
    (rows, most) =>
      `Die Datei hat ${count(rows)} Zeilen; ${count(most)} lassen sich auf einmal importieren. Teilen Sie sie auf.`,
  ),
  sentence(
    '{} rows would make new customers, and {} more fit on this computer, where deleted ones take room too. Leave out those you don’t need, or split them among companies.',
    (rows, left) =>
      `Aus ${count(rows)} Zeilen würden neue Kunden, und ${count(left)} passen noch auf diesen Computer, auf dem auch gelöschte Platz brauchen. Lassen Sie weg, was Sie nicht brauchen, oder teilen Sie sie auf mehrere Firmen auf.`,
  ),
  sentence(
    'This is not the file {} as it was. Choose that one.',
    (name) => `Das ist nicht die Datei ${name}, wie sie war. Wählen Sie jene.`,
  ),
  sentence('Choose the file {} again to go on.', (name) => `Wählen Sie die Datei ${name} erneut aus, um fortzufahren.`),
  sentence('There is no row {} in the file.', (row) => `In der Datei gibt es keine Zeile ${count(row)}.`),
  sentence(
    'Left as it is: the customer has another {}.',
    (fields) => `Nicht geändert. Anders ist beim Kunden: ${fields.split(', ').map(labelOf).join(', ')}.`,
  ),
  sentence(
    'Switch to {} first: these changes belong there.',
    (company) => `Wechseln Sie zuerst zu ${company}: Diese Änderungen gehören dorthin.`,
  ),
  sentence(
    '{} only on this device. Send them first.',
    (changes) => `${unsent(changes)} es nur auf diesem Gerät. Senden Sie sie zuerst.`,
  ),
  sentence(
    '{} only on this computer. Send them first, or sign out without them.',
    (changes) =>
      `${unsent(changes)} es nur auf diesem Computer. Senden Sie sie zuerst, oder melden Sie sich ohne sie ab.`,
  ),
  sentence(
    'The server refused to sync ({}). Update the app or tell support.',
    (code) =>
      `Der Server hat die Synchronisierung abgelehnt (${code}). Aktualisieren Sie die App, oder wenden Sie sich an den Support.`,
  ),
]
