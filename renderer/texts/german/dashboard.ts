import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import type { Texts } from '../texts.ts'

const newCustomers = (count: number): string => counted(count, 'neuer Kunde', 'neue Kunden')

/** Die Übersicht: wie gut die Daten sind. */
export const dashboardStrings: Texts['dashboard'] = {
  title: 'Übersicht',
  lead: 'Wie vollständig, frisch und frei von Dubletten Ihre Kunden sind, nach dem, was auf diesem Gerät liegt.',
  failed: 'Die Zahlen ließen sich nicht ermitteln. Was Sie gespeichert haben, ist sicher.',
  customers: (count) => counted(count, 'Kunde', 'Kunden'),
  partial: 'Ihre Kunden kommen noch herein: Die Zahlen wachsen mit ihnen.',
  emptyBody: 'Sobald es Kunden gibt, sehen Sie hier, wie gut ihre Daten sind.',

  complete: 'Vollständigkeit',
  has: {
    email: 'E-Mail',
    phone: 'Telefon',
    both: 'E-Mail und Telefon',
    address: 'Adresse',
    tags: 'Tags',
    owner: 'Zuständig',
  },
  hasLabel: (what, count) => `${what}: bei ${formatCount(count)} vorhanden`,
  missing: (count) => (count === 1 ? `${formatCount(count)} fehlt` : `${formatCount(count)} fehlen`),
  missingLabel: (what, count) => `${formatCount(count)} ${count === 1 ? 'fehlt' : 'fehlen'}: ${what}`,

  inbox: 'Zu entscheiden',
  duplicates: (groups, suggested) => {
    const text = counted(groups, 'Gruppe von Dubletten', 'Gruppen von Dubletten')
    return groups === 0 ? text : `${text}, ${formatCount(suggested)} sehr wahrscheinlich`
  },
  duplicatesCustomers: 'Diese Kunden zeigen',
  solved: (merged, apart) =>
    `In diesem Monat: ${formatCount(merged)} zusammengeführt, ${formatCount(apart)} auseinandergehalten`,
  chats: (count) => counted(count, 'Chat ohne Kunden', 'Chats ohne Kunden'),
  chatsOlder: (count) => `${formatCount(count)} weitere sind älter, als dieses Gerät aufbewahrt`,
  attention: (count) => counted(count, 'Änderung zu prüfen', 'Änderungen zu prüfen'),

  growth: 'Neue Kunden',
  growthUnit: 'Nach',
  units: { weeks: 'Woche', months: 'Monat' },
  growthNone: 'Keine neuen Kunden in dieser Zeit.',
  growthSummary: {
    weeks: (total, most, count) =>
      `${newCustomers(total)} in zwölf Wochen, die meisten in der vom ${most}: ${formatCount(count)}.`,
    months: (total, most, count) =>
      `${newCustomers(total)} in zwölf Monaten, die meisten im ${most}: ${formatCount(count)}.`,
  },
  asTable: 'Als Tabelle',
  period: 'Ab',
  total: 'Gesamt',

  seen: 'Zuletzt aktiv',
  seenLabels: ['Letzte 7 Tage', 'Vor 8 bis 30 Tagen', 'Vor 31 bis 90 Tagen', 'Vor 91 bis 365 Tagen', 'Länger her'],
  never: 'Nie',

  imports: 'Letzte Importe',
  importsNone: 'Es wurde noch nichts importiert.',
  importHead: {
    file: 'Datei',
    when: 'Wann',
    created: 'Angelegt',
    updated: 'Geändert',
    skipped: 'Ausgelassen',
    invalid: 'Ungültig',
  },
  undone: 'zurückgenommen',
}
