import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import type { Texts } from '../texts.ts'
import { fieldStrings } from './fields.ts'

/** Texte der Filter. */
export const filterStrings: Texts['filters'] = {
  open: 'Filter',
  openCount: (count) => `Filter, ${formatCount(count)} aktiv`,
  title: 'Kunden filtern',
  shown: (count) => `${counted(count, 'Kunden', 'Kunden')} zeigen`,
  clear: 'Filter löschen',
  remove: (what) => `Filter „${what}“ entfernen`,
  active: 'Aktive Filter',
  parts: {
    view: 'Ansicht',
    sources: 'Herkunft',
    ...fieldStrings,
    owners: fieldStrings.ownerId,
    created: 'Angelegt',
    lastSeen: 'Zuletzt aktiv',
    state: 'Änderungen',
    duplicates: 'Dubletten',
  },
  possibleDuplicates: 'Mögliche Dubletten',
  has: { yes: 'vorhanden', no: 'fehlt' },
  hasText: (field, has) => (has ? `Mit ${field}` : `Ohne ${field}`),
  views: { mine: 'Meine', recent: 'Zuletzt geöffnet' },
  tagsMatch: { any: 'Mindestens einer', all: 'Alle' },
  tagsMatchLabel: 'Wie viele der Tags',
  tagsFind: 'Tag suchen',
  tagsNone: 'Hier hat kein Kunde einen Tag.',
  tagsText: (match, tags) => (match === 'all' ? `Alle Tags von ${tags}` : `Mit Tag ${tags}`),
  ownerNobody: 'Niemand',
  ownerYou: (name) => `${name} (Sie)`,
  ownersText: (names) => `Zuständig: ${names}`,
  last: (days) => (days === 365 ? 'innerhalb eines Jahres' : `innerhalb von ${counted(days, 'Tag', 'Tagen')}`),
  notLast: (days) => (days === 365 ? 'seit einem Jahr nicht' : `seit ${counted(days, 'Tag', 'Tagen')} nicht`),
  notSeen: (days) =>
    days === 365 ? 'Seit einem Jahr nicht aktiv' : `Seit ${counted(days, 'Tag', 'Tagen')} nicht aktiv`,
  from: 'Von',
  to: 'Bis',
  between: (from, to) => {
    if (from !== null && to !== null) return `${from} bis ${to}`
    return from === null ? `bis ${to ?? ''}` : `seit ${from}`
  },
  period: (what, when) => `${what} ${when}`,
  states: { waiting: 'Noch zu senden', attention: 'Zu prüfen' },
  search: (text) => `Suche: ${text}`,
  saved: {
    open: 'Gespeicherte',
    label: 'Gespeicherte Filter',
    none: 'Noch keine gespeicherten Filter. Filtern Sie die Liste, und speichern Sie das hier.',
    mine: 'Ihre',
    shared: 'Von Kollegen',
    saveThis: 'Diesen Filter speichern …',
    by: (name) => `von ${name}`,
    isShared: 'geteilt',
    unreadable: 'mit einer neueren Version der App erstellt',
    unreadableTitle: 'Dieser Filter braucht eine neuere Version der App',
    unreadableBody: 'Er bleibt, wie er ist. Aktualisieren Sie die App, um ihn zu verwenden.',
    manage: (name) => `„${name}“ ändern`,
    saveTitle: 'Diesen Filter speichern',
    editTitle: 'Gespeicherten Filter ändern',
    name: 'Name',
    share: 'Alle in der Firma sehen ihn',
    replace: 'Durch das ersetzen, was die Liste jetzt zeigt',
    save: 'Speichern',
    delete: 'Löschen',
    savedNow: (name) => `„${name}“ gespeichert`,
    deletedNow: (name) => `„${name}“ gelöscht`,
    failed: 'Der Filter konnte nicht gespeichert werden',
  },
}
