import type { UndoPreview } from '#shared/replica-api/import.ts'
import { formatCount } from '../../lib/format.ts'
import { counted, isOne, percent } from '../phrases.ts'
import type { Texts } from '../texts.ts'

const rowsText = (rows: number): string => counted(rows, 'Zeile', 'Zeilen')
const customersText = (customers: number): string => counted(customers, 'Kunde', 'Kunden')

function undoLines(preview: UndoPreview): string[] {
  const lines: readonly [number, string][] = [
    [
      preview.removed,
      `${customersText(preview.removed)} aus diesem Import ${isOne(preview.removed) ? 'wird' : 'werden'} entfernt.`,
    ],
    [
      preview.restored,
      `${counted(preview.restored, 'Wert', 'Werte')} von vor dem Import ${isOne(preview.restored) ? 'kommt' : 'kommen'} zurück.`,
    ],
    [
      preview.valuesKept,
      `${counted(preview.valuesKept, 'seitdem geänderter Wert bleibt', 'seitdem geänderte Werte bleiben')} wie jetzt.`,
    ],
    [
      preview.notAllowed,
      `${customersText(preview.notAllowed)} ${isOne(preview.notAllowed) ? 'bleibt' : 'bleiben'} wie jetzt: Andere haben seitdem damit gearbeitet, und Ihre Rolle darf das weder löschen noch ändern.`,
    ],
    [
      preview.elsewhere,
      `${customersText(preview.elsewhere)} ${isOne(preview.elsewhere) ? 'lässt' : 'lassen'} sich nur von Hand zurücksetzen: Die Werte von vorher sind auf diesem Computer nicht mehr bekannt.`,
    ],
    [preview.gone, `${customersText(preview.gone)} davon ${isOne(preview.gone) ? 'ist' : 'sind'} schon weg.`],
  ]
  return lines.flatMap(([count, line]) => (count === 0 ? [] : [line]))
}

/** Texte des Imports, von der Datei bis zum Rückgängigmachen. */
export const importStrings: Texts['import'] = {
  title: 'Import',
  titleOf: (file) => `„${file}“ importieren`,
  steps: { file: 'Datei', columns: 'Spalten', rehearsal: 'Probelauf', run: 'Import', report: 'Bericht' },
  stepsLabel: 'Schritte des Imports',

  lead: 'Laden Sie eine Kundenliste als CSV- oder Excel-Datei, zum Beispiel aus Outlook, Google oder einem anderen CRM.',
  dropTitle: 'Datei hier ablegen',
  dropOr: 'oder',
  choose: 'Datei auswählen',
  safe: 'Die Datei wird nur gelesen. Sie sehen, was aus jeder Zeile wird, bevor etwas geschrieben wird.',
  oneFile: 'Legen Sie immer nur eine Datei ab.',
  reading: (file) => `${file} wird gelesen …`,
  unreadable:
    'Die Datei konnte wegen eines Fehlers der App nicht gelesen werden. Es wurde nichts geschrieben. Versuchen Sie es erneut.',

  unfinished: (file, done, rows) =>
    `Der Import von „${file}“ wurde nach ${formatCount(done)} von ${rowsText(rows)} abgebrochen.`,
  goOn: 'Fortsetzen',
  goOnWithFile: 'Datei erneut auswählen, um fortzusetzen',
  giveUp: 'Dabei belassen',

  notWritten: 'Es wurde noch nichts geschrieben.',
  understood: (rows) => `${rowsText(rows)} mit Daten.`,
  remembered: 'Die Spalten sind so zugeordnet, wie Sie es für solche Dateien schon einmal gewählt haben.',
  encoding: 'Zeichensatz',
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 (Little Endian)',
    'utf-16be': 'UTF-16 (Big Endian)',
    'windows-1252': 'Windows-1252 (westlich)',
  },
  separator: 'Getrennt durch',
  delimiters: { ',': 'Kommas', ';': 'Semikolons', '\t': 'Tabulatoren', '|': 'senkrechte Striche' },
  sheet: 'Blatt',
  sheetOf: (name, rows) => `${name} (${rows === 0 ? 'leer' : rowsText(rows)})`,
  header: 'Die erste Zeile enthält die Namen der Spalten',
  column: 'Spalte in der Datei',
  becomes: 'Wird zu',
  examples: 'Erste Werte',
  skip: 'Nicht importieren',
  keepReading: 'Bei der vorigen Lesart bleiben',
  unsure: 'vermutet',
  targetOf: (column) => `Was aus der Spalte ${column} wird`,
  leftOut: (columns) =>
    `${columns.length === 1 ? 'Diese Spalte wird' : 'Diese Spalten werden'} nicht importiert: ${columns.join(', ')}. In Ihrer Datei geht davon nichts verloren; um sie hier zu behalten, machen Sie Notizen oder Tags daraus.`,
  needName:
    'Wählen Sie die Spalte mit dem Namen, der E-Mail-Adresse oder der Telefonnummer. Ohne sie lässt sich kein Kunde anlegen.',
  unnamed: (column) => `Spalte ${formatCount(column)}`,
  otherFile: 'Andere Datei auswählen',
  rehearse: (rows) => `Probelauf mit ${counted(rows, 'Zeile', 'Zeilen')}`,

  judging: 'Jede Zeile wird mit den anderen und mit Ihren Kunden verglichen. Es wird nichts geschrieben.',
  judged: (done, rows) => `${formatCount(done)} von ${rowsText(rows)} verglichen`,
  stop: 'Anhalten',

  rehearsalLead: (rows) => `Das geschieht mit jeder Zeile (insgesamt ${formatCount(rows)}).`,
  kinds: {
    new: 'neue Kunden',
    update: 'wissen mehr als wir',
    unchanged: 'schon gleich',
    duplicateInFile: 'doppelt in der Datei',
    duplicateOfExisting: 'ähneln jemandem',
    notAllowed: 'dürfen Sie nicht ändern',
    invalid: 'nicht lesbar',
  },
  total: 'Zeilen in der Datei',
  actions: {
    create: 'Als neuen Kunden importieren',
    updateEmpty: 'Leere Felder füllen',
    overwrite: 'Überschreiben',
    skip: 'Auslassen',
  },
  actionOf: (rows) => (rows === 1 ? 'Was mit dieser Zeile geschieht' : `Alle ${formatCount(rows)}`),
  mixed: 'Zeile für Zeile entschieden',
  inSentence: (label) => label,
  search: 'In den Zeilen suchen',
  row: 'Zeile',
  what: 'Was geschieht',
  rowsLabel: 'Zeilen der Datei',
  noRows: 'Keine Zeile passt.',
  newCustomer: 'Neuer Kunde',
  fills: (fields, name) => `Füllt ${fields} von ${name}`,
  overwrites: (fields, name) => `Überschreibt ${fields} von ${name}`,
  nothingToFill: (name) => `Bei ${name} ist schon alles ausgefüllt`,
  same: (name) => `Schon gleich wie ${name}`,
  looksLike: (name, probability) => `Ähnelt ${name} (${percent(probability)})`,
  sameRow: (row) => `Die Person aus Zeile ${formatCount(row)}`,
  leaves: 'Ausgelassen',
  fix: 'Berichtigen',
  fixRow: (row) => `Zeile ${formatCount(row)} berichtigen`,
  fixed: 'berichtigt',
  fixTitle: (row) => `Zeile ${formatCount(row)} der Datei`,
  fixSave: 'Berichtigung speichern',
  fixNext: 'Speichern und zur nächsten',
  tagsHint: 'Getrennt durch Kommas oder Semikolons. Was selbst eines enthält, steht in Anführungszeichen.',
  back: 'Zurück zu den Spalten',
  apply: (rows) => `${rowsText(rows)} importieren`,
  nothingToDo: 'Jede Zeile ist schon da oder wird ausgelassen: Es gibt nichts zu importieren.',
  dropAnywhere: 'Loslassen, um diese Datei zu importieren',
  dropAnywhereHint: 'Es wird nichts geschrieben, bevor Sie gesehen haben, was aus jeder Zeile wird.',
  busy: 'Ein anderer Import ist offen. Beenden oder verlassen Sie ihn, und wählen Sie diese Datei dann erneut.',
  undoable: 'Der ganze Import lässt sich jederzeit rückgängig machen, auch im nächsten Monat.',

  runningLead: 'Sie können weiterarbeiten. Was importiert ist, erscheint sofort in der Liste.',
  running: (done, rows) => `${formatCount(done)} von ${rowsText(rows)}`,
  runningAway: {
    running: (file, done, rows) => `„${file}“ wird importiert: ${formatCount(done)} von ${rowsText(rows)}`,
    resting: (file, done, rows) =>
      `Der Import von „${file}“ steht still bei ${formatCount(done)} von ${rowsText(rows)}.`,
  },
  showRunning: 'Import zeigen',
  pause: 'Pause',
  paused: 'Pausiert. Was bisher importiert wurde, steht in Ihrer Liste.',
  cancel: 'Import abbrechen',
  cancelling: 'Wird abgebrochen …',
  stopped: 'Der Import wurde angehalten.',

  doneTitle: (created, updated) =>
    created === 0 && updated === 0
      ? 'Die Datei enthielt nichts Neues'
      : updated === 0
        ? `${customersText(created)} importiert`
        : created === 0
          ? `${customersText(updated)} aktualisiert`
          : `${customersText(created)} importiert, ${formatCount(updated)} aktualisiert`,
  cancelledTitle: 'Import abgebrochen',
  undoneTitle: 'Dieser Import wurde rückgängig gemacht',
  cancelledLead: 'Was vor dem Abbruch importiert wurde, bleibt in Ihrer Liste.',
  outcomes: {
    created: 'neue Kunden',
    updated: 'aktualisiert',
    unchanged: 'schon gleich',
    duplicate: 'schon da',
    skipped: 'ausgelassen',
    failed: 'nicht importiert',
  },
  untouched: 'nicht erreicht',
  waiting: (customers) =>
    `${customersText(customers)} ${isOne(customers) ? 'wartet' : 'warten'} auf das Senden. Auf diesem Computer ist alles sicher und wird gesendet, sobald es eine Netzverbindung gibt.`,
  refused: (customers) =>
    `Der Server hat ${counted(customers, 'Kunden', 'Kunden')} abgelehnt. Sie finden alles unter „Zu prüfen“.`,
  person: 'Kunde',
  outcome: 'Was daraus wurde',
  outcomeOf: {
    created: 'Importiert',
    updated: 'Aktualisiert',
    unchanged: 'Schon gleich',
    duplicate: 'Schon da',
    skipped: 'Ausgelassen',
    failed: 'Nicht importiert',
  },
  more: (rows) => `${formatCount(rows)} weitere zeigen`,
  failedRows: (rows) => `${counted(rows, 'nicht importierte Zeile', 'nicht importierte Zeilen')} herunterladen`,
  failedHint:
    'Mit dem Grund in der letzten Spalte. Berichtigen Sie die Zeilen dort, und importieren Sie die Datei erneut.',
  showCustomers: 'Kunden zeigen',
  another: 'Weitere Datei importieren',

  undo: 'Import rückgängig machen',
  undoOf: (file) => `Import von ${file} rückgängig machen`,
  undoTitle: (file) => `Import von „${file}“ rückgängig machen?`,
  undoLines,
  undoNothing: 'Von diesem Import ist hier nichts mehr rückgängig zu machen.',
  undoEdited: (customers) =>
    `Auch ${counted(customers, 'Kunden', 'Kunden')} entfernen, ${isOne(customers) ? 'der seitdem bearbeitet wurde' : 'die seitdem bearbeitet wurden'}`,
  undone: (preview) =>
    `Import rückgängig gemacht: ${customersText(preview.removed)} entfernt, ${counted(preview.restored, 'Wert', 'Werte')} zurückgesetzt`,
  undoFailed: 'Der Import konnte nicht rückgängig gemacht werden',
  keep: 'Behalten',

  history: 'Frühere Importe',
  file: 'Datei',
  when: 'Wann',
  who: 'Wer',
  made: 'Neu',
  updatedRows: 'Aktualisiert',
  rows: 'Zeilen',
  undoneAt: (when) => `rückgängig gemacht ${when}`,
  notEnded: 'nicht beendet',
  markEnded: 'Abschließen',
  markEndedOf: (file) => `Import von ${file} abschließen`,
  markEndedHint:
    'Ein Import, der nicht beendet ist, läuft auf einem anderen Computer. Schließen Sie ihn ab, wenn jener nicht mehr damit weitermacht: Was hereingekommen ist, bleibt und lässt sich dann rückgängig machen.',
  markedEnded: (created, updated) =>
    created + updated === 0
      ? 'Import abgeschlossen: Nichts davon ist hereingekommen'
      : `Import abgeschlossen: ${customersText(created)} hereingekommen, ${formatCount(updated)} aktualisiert`,
  reportOf: (file) => `Bericht zu ${file}`,

  unexpected: 'In der App ist ein Fehler aufgetreten. Was bis dahin importiert wurde, steht in Ihrer Liste.',
}
