import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import type { Texts } from '../texts.ts'
import { fieldStrings } from './fields.ts'

/** Texte des Exports. */
export const exportStrings: Texts['export'] = {
  title: 'Export',
  lead: 'Kunden als Datei: Eine CSV-Datei lässt sich unverändert wieder importieren, eine vCard-Datei füllt ein Adressbuch.',
  which: 'Welche Kunden',
  all: 'Alle Kunden',
  chosen: (customers) => counted(customers, 'in der Liste ausgewählter Kunde', 'in der Liste ausgewählte Kunden'),
  list: (customers, narrowing) => `${counted(customers, 'Kunde', 'Kunden')} der jetzigen Liste (${narrowing})`,
  format: 'Format',
  csv: 'CSV, für Tabellenkalkulationen und andere Programme',
  vcard: 'vCard, für Adressbücher',
  columns: 'Spalten',
  columnNames: {
    ...fieldStrings,
    source: 'Herkunft',
    createdAt: 'Angelegt',
    lastSeenAt: 'Zuletzt aktiv',
  },
  recorded: 'Jeder Export wird im Protokoll der Firma vermerkt. Dafür ist eine Netzverbindung nötig.',
  start: 'Exportieren',
  stop: 'Anhalten',
  running: (done, rows) => `${formatCount(done)} von ${formatCount(rows)} Kunden`,
  runningAway: (done, rows) =>
    rows === 0 ? 'Der Export beginnt.' : `Export: ${formatCount(done)} von ${formatCount(rows)} Kunden`,
  stopExport: 'Export anhalten',
  seen: 'In Ordnung',
  done: (customers, file) => `${counted(customers, 'Kunde', 'Kunden')} in ${file} geschrieben.`,
  failed: 'Der Export brach wegen eines Fehlers der App ab. Es wurde keine Datei geschrieben. Versuchen Sie es erneut.',
}
