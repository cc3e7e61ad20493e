import { formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import type { Texts } from '../texts.ts'

const customers = (count: number): string => counted(count, 'Kunde', 'Kunden')
const ofCustomers = (count: number): string => counted(count, 'Kunden', 'Kunden')
const sinceYears = (years: number): string => counted(years, 'Jahr', 'Jahren')

/** Texte des Datenschutzes. */
export const privacyStrings: Texts['settings']['privacy'] = {
  lead: 'Was das Gesetz verlangt: Auskunft geben, Personen vergessen, niemanden länger aufbewahren als nötig.',
  requests: 'Anfragen einer Person',
  find: 'Kunden suchen',
  findHint: 'Name, E-Mail oder Telefon',
  nobody: 'Niemand gefunden.',
  chosen: (name) => `Anfrage von ${name}`,
  export: 'Alles, was wir gespeichert haben',
  exportLead:
    'Alle personenbezogenen Daten aus allen Tabellen, zur Weitergabe an die Person. Das Protokoll vermerkt die Auskunft.',
  exportJson: 'Als JSON speichern',
  exportText: 'Als Text speichern',
  exported: (file) => `Gespeichert als ${file}, in Ihren Downloads.`,
  fileName: (date) => `personenbezogene-daten-${date}`,
  erase: 'Endgültig löschen',
  eraseLead: 'Anonymisiert die Person auf dem Server und auf jedem Gerät. Für den Wunsch, vergessen zu werden.',
  eraseTitle: (name) => `${name} endgültig löschen?`,
  eraseGone: [
    'Alle Felder, auch Notizen und Tags, hier und bei allen, die mit diesem Kunden zusammengeführt wurden',
    'Kontaktdaten und Wortlaut der Gespräche mit dem Assistenten',
    'Die Werte der Person im Änderungsverlauf, in Vorschlägen und Zusammenführungen, die danach nicht mehr rückgängig zu machen sind',
    'Die Kopie auf jedem Gerät, bei der nächsten Synchronisierung; jedes Gerät sendet eine Bestätigung',
  ],
  eraseStays:
    'Nummern und Beträge von Angeboten bleiben, wie es das Steuerrecht verlangt. Ebenso, dass jemand gelöscht wurde, wann und von wem.',
  eraseUndo: 'Das kann niemand rückgängig machen.',
  reason: 'Warum',
  reasons: {
    requested: 'Die Person hat darum gebeten',
    consent_withdrawn: 'Die Person hat ihre Einwilligung widerrufen',
    unlawful: 'Die Daten hätten nie gespeichert werden dürfen',
  },
  typeName: (name) => `Geben Sie „${name}“ ein, um fortzufahren`,
  eraseConfirm: 'Endgültig löschen',
  erased: (conversations) =>
    conversations === 0 ? 'Gelöscht.' : `Gelöscht, mit ${counted(conversations, 'Gespräch', 'Gesprächen')}.`,
  lookAt: 'Das ist vielleicht dieselbe Person, oder es steht etwas über sie darin. Sehen Sie nach:',
  erasures: 'Gelöschte Personen',
  erasuresLead: 'Jedes Gerät meldet, wenn es jemanden vergessen hat.',
  erasuresNone: 'Es wurde noch niemand gelöscht.',
  erasedWhen: 'Gelöscht',
  erasedBy: 'Von',
  erasedWhy: 'Warum',
  receipts: 'Geräte',
  byNight: 'der nächtliche Lauf',
  reasonRetention: 'Zu lange kein Lebenszeichen',
  allForgot: (count) =>
    count === 0
      ? 'auf keinem Gerät gespeichert'
      : isOne(count)
        ? 'das eine Gerät hat vergessen'
        : `alle ${formatCount(count)} haben vergessen`,
  someForgot: (count, all) => `${formatCount(count)} von ${formatCount(all)} haben vergessen`,
  waitsFor: (device, person, when) => `${device} von ${person}, zuletzt aktiv ${when}`,
  blocklist: 'Wer gelöscht wurde und wiederkommt',
  blocklistLead:
    'Gelöschte Personen bleiben als verschlüsselte Prüfwerte bekannt, die niemand lesen kann, damit ein Import oder Chat sie nicht unbemerkt zurückbringt.',
  blocklistNone: 'Niemand ist vorgemerkt.',
  blocklistHolds: (parts) => `Vorgemerkt: ${parts}.`,
  kinds: {
    email: (count) => counted(count, 'E-Mail-Adresse', 'E-Mail-Adressen'),
    phone: (count) => counted(count, 'Telefonnummer', 'Telefonnummern'),
    name_address: (count) => counted(count, 'Name mit Adresse', 'Namen mit Adressen'),
    name: (count) => counted(count, 'Name', 'Namen'),
  },
  flagged: 'Vielleicht zurückgekehrt:',
  retention: 'Wie lange Kunden aufbewahrt werden',
  retentionLead:
    'Wer so lange kein Lebenszeichen gab, keine Bearbeitung, kein Chat, kein Angebot, kein Kontakt, wird endgültig gelöscht: hier, und durch den nächtlichen Lauf des Servers, wo Ihre Administration ihn eingerichtet hat.',
  forEver: 'Unbegrenzt aufbewahren',
  years: 'Jahre',
  yearsMissing: 'Zwischen 1 und 100 Jahren.',
  setYears: 'Speichern',
  yearsSet: (years) =>
    years === null
      ? 'Kunden werden unbegrenzt aufbewahrt'
      : `Kunden werden ${counted(years, 'Jahr', 'Jahre')} aufbewahrt`,
  yearsFailed: 'Die Jahre wurden nicht geändert',
  dryRun: 'Zeigen, wer gelöscht würde',
  wouldErase: (count, years) =>
    count === 0
      ? `Niemand: Von allen gibt es ein Lebenszeichen (Frist: ${counted(years, 'Jahr', 'Jahre')}).`
      : `Würde ${ofCustomers(count)} löschen, seit ${sinceYears(years)} ohne Lebenszeichen.`,
  lastSign: 'Letztes Lebenszeichen',
  shown: (shown, total) => `Die ältesten ${formatCount(shown)} von ${formatCount(total)}.`,
  eraseExpired: (count) => `${ofCustomers(count)} löschen`,
  eraseExpiredTitle: (count) => `${ofCustomers(count)} endgültig löschen?`,
  eraseExpiredBody:
    'Alles über diese Personen wird gelöscht, auf dem Server und auf jedem Gerät. Nummern und Beträge von Angeboten bleiben. Niemand kann das rückgängig machen.',
  typeCount: (count) => `Geben Sie ${count} ein, um fortzufahren`,
  erasing: (done, total) => `${formatCount(done)} von ${formatCount(total)} gelöscht`,
  erasedExpired: (count) => `${customers(count)} gelöscht.`,
  stop: 'Anhalten',
}
