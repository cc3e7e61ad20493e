import { formatCount } from '../../lib/format.ts'
import { counted, percent } from '../phrases.ts'
import type { Texts } from '../texts.ts'

/** Texte des Zusammenführens. */
export const mergeStrings: Texts['merge'] = {
  title: (count) => `${counted(count, 'Kunden', 'Kunden')} zusammenführen`,
  lead: 'Wählen Sie für jedes Feld, was der verbleibende Kunde enthalten soll. Es wurde noch nichts geschrieben.',
  pickTitle: (name) => `${name} zusammenführen mit …`,
  pickLead: 'Suchen Sie den Kunden, der dieselbe Person oder Firma ist.',
  pickSearch: 'Den anderen Kunden suchen',
  pickNobody: 'Keine weiteren Treffer.',
  suggested: 'Mögliche Dubletten',
  add: 'Weiteren Kunden hinzufügen …',
  leaveOut: (name) => `${name} auslassen`,
  stays: 'Welcher Kunde bleibt',
  keep: (name) => `${name} behalten`,
  kept: 'Bleibt',
  joins: 'Geht darin auf',
  since: (when) => `angelegt ${when}`,
  fields: 'Feld',
  result: 'Ergebnis',
  combine: 'Verbinden',
  type: 'Eingeben',
  typeLabel: (field) => `${field} des Ergebnisses`,
  typeTags: 'Trennen Sie Tags durch Kommas.',
  same: 'Bei allen gleich',
  moves: (parts) => `Kommt mit: ${parts}.`,
  conversations: (count) => counted(count, 'Gespräch', 'Gespräche'),
  quotes: (count) => counted(count, 'Angebot', 'Angebote'),
  quoteRequests: (count) => counted(count, 'Angebotsanfrage', 'Angebotsanfragen'),
  interactions: (count) => counted(count, 'Eintrag des Verlaufs', 'Einträge des Verlaufs'),
  movesNothing: 'Keine Gespräche, Angebote oder Verläufe, die mitkommen.',
  canUndo: 'Lässt sich rückgängig machen, auch Wochen später.',
  merged: (sources, target) => `${sources} mit ${target} zusammengeführt`,
  undone: 'Die Zusammenführung wurde zurückgenommen',
  undoFailed: 'Die Zusammenführung konnte nicht zurückgenommen werden',
  failed: 'Nicht zusammengeführt',
  unexpected: 'In der App ist ein Fehler aufgetreten. Es wurde nichts geändert. Versuchen Sie es erneut.',
  gone: 'Einen dieser Kunden gibt es hier nicht mehr. Vielleicht wurde er zusammengeführt oder gelöscht.',
  hints: {
    field: 'Feld',
    pick: 'wählen',
    combine: 'verbinden',
    type: 'eingeben',
    merge: 'zusammenführen',
    back: 'zurück',
  },
}

/** Texte der Dubletten. */
export const duplicateStrings: Texts['duplicates'] = {
  title: 'Dubletten',
  likely: { suggested: 'Vorgeschlagen', asked: 'Unsicher' },
  likelyLabel: 'Welche Gruppen',
  groupsLabel: 'Gruppen',
  left: (count) => `${formatCount(count)} übrig`,
  sitting: (merged, dismissed, skipped) =>
    `In dieser Sitzung: ${formatCount(merged)} zusammengeführt, ${formatCount(dismissed)} keine Dubletten, ${formatCount(skipped)} übersprungen`,
  confidence: (probability) =>
    `${probability >= 0.9 ? 'sehr wahrscheinlich' : probability >= 0.7 ? 'wahrscheinlich' : 'möglich'} · ${percent(probability)}`,
  others: (count) => counted(count, 'weiterer', 'weitere'),
  groupLabel: (names) => `Ist das ein und derselbe Kunde? ${names}`,
  accept: 'Wie vorgeschlagen zusammenführen',
  edit: 'Felder wählen',
  dismiss: 'Keine Dublette',
  skip: 'Überspringen',
  nothingToUndo: 'In dieser Sitzung wurde noch nichts entschieden.',
  said: {
    merged: (names) => `${names} zusammengeführt`,
    dismissed: (names) => `${names}: keine Dubletten`,
    skipped: (names) => `${names} übersprungen`,
  },
  refused: (names) => `Nicht ausgeführt für ${names}`,
  scanning: (done, total) =>
    total === 0
      ? 'Dubletten werden gesucht'
      : `Dubletten werden gesucht: ${formatCount(done)} von ${formatCount(total)} Kunden`,
  waiting: 'Dubletten werden gesucht, sobald Ihre Kunden hier sind.',
  stopped: 'Die Suche nach Dubletten wurde angehalten. Was vorher gefunden wurde, ist aufgeführt.',
  scannedAt: (when) => `Alle wurden verglichen: ${when}.`,
  stop: 'Anhalten',
  scan: 'Erneut suchen',
  readOnly: (reason) => `Sie können diese ansehen, aber nicht entscheiden: ${reason}`,
  emptyTitle: 'Keine Dubletten mehr',
  emptyBody:
    'Wer angelegt, bearbeitet oder importiert wird, wird mit allen verglichen und erscheint hier, wenn sich zwei ähneln.',
  emptyOther: (count) => `${counted(count, 'unsichere Gruppe', 'unsichere Gruppen')} ansehen`,
  showSkipped: (count) => `${counted(count, 'übersprungene Gruppe', 'übersprungene Gruppen')} wieder zeigen`,
  looksLike: (probability) => `(${percent(probability)})`,
  noticeStart: 'Ähnelt',
  review: 'Prüfen',
  mergeWith: 'Zusammenführen',
  warningTitle: 'Hier gibt es schon jemanden, der ähnlich ist',
  open: 'Öffnen',
  addTo: 'Zu diesem hinzufügen',
  someoneElse: 'Das ist jemand anderes',
  mergeBoth: 'Zusammenführen',
}
