import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import type { Texts } from '../texts.ts'

/** Was gelöscht oder für viele geändert wurde, und der Weg zurück. */
export const undoStrings: Texts['undo'] = {
  title: 'Rückgängig',
  lead: 'Gelöschte Kunden und Änderungen an vielen zugleich. Zusammenführungen nehmen Sie in der Aktivität des Kunden zurück, Importe unter „Import“.',
  bulk: 'Änderungen an vielen zugleich',
  bulkLead: `Ihre, auf diesem Gerät: die letzten ${formatCount(20)} mit höchstens ${formatCount(200_000)} Kunden darin. Was seitdem bearbeitet wurde, bleibt.`,
  bulkNone: 'Keine auf diesem Gerät.',
  tagsAdded: (tags) => `Tags vergeben: ${tags}`,
  tagsRemoved: (tags) => `Tags weggenommen: ${tags}`,
  owner: (name) => `Zuständig ist jetzt ${name}`,
  ownerNobody: 'Niemand ist mehr zuständig',
  deletedMany: 'Gelöscht',
  customers: (count) => counted(count, 'Kunde', 'Kunden'),
  undone: 'Zurückgenommen',
  keptAll: 'Nichts zurückgenommen: alle seitdem geändert',
  undoneFor: (count, of) => `für ${formatCount(count)} von ${formatCount(of)} zurückgenommen`,
  undoOf: (what) => `Rückgängig: ${what}`,
  deleted: 'Gelöschte Kunden',
  deletedLead:
    'Sie stehen auf keinem Gerät mehr in Listen oder Exporten. „Wiederherstellen“ bringt einen Kunden zurück, wie er war.',
  find: 'Gelöschten Kunden suchen',
  unread: 'Das ließ sich nicht lesen. Öffnen Sie die Seite noch einmal; was Sie gespeichert haben, ist sicher.',
  none: 'Niemand ist gelöscht.',
  nobodyFound: 'Kein gelöschter Kunde passt.',
  rest: (shown, total) =>
    `Die letzten ${formatCount(shown)} von ${formatCount(total)} sind aufgeführt. Suchen Sie nach anderen.`,
  when: (when, by) => (by === null ? when : `${when} von ${by}`),
  amongDeleted: (count) => `${counted(count, 'gelöschter Kunde passt', 'gelöschte Kunden passen')}:`,
  restore: 'Wiederherstellen',
  restoreOf: (name) => `${name} wiederherstellen`,
  wasDeleted: (name) => `${name} ist gelöscht`,
  wasMerged: (name) => `${name} wurde mit einem anderen Kunden zusammengeführt`,
  openInto: (name) => `${name} öffnen`,
}
