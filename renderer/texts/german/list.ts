import { formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import type { Texts } from '../texts.ts'
import { fieldStrings } from './fields.ts'

const customers = (count: number): string => counted(count, 'Kunde', 'Kunden')
const ofCustomers = (count: number): string => counted(count, 'Kunden', 'Kunden')

/** Texte der Liste als Werkzeug: Spalten, Auswahl, Handlungen an einer Zeile und an vielen. */
export const listStrings: Texts['listTools'] = {
  columns: {
    names: {
      ...fieldStrings,
      owner: fieldStrings.ownerId,
      source: 'Herkunft',
      conversations: 'Chats',
      lastSeen: 'Zuletzt aktiv',
      created: 'Angelegt',
      changed: 'Geändert',
    },
    open: 'Spalten',
    title: 'Spalten der Liste',
    up: (column) => `${column} nach vorn`,
    down: (column) => `${column} nach hinten`,
    reset: 'Wie am Anfang',
    width: (column) => `Breite von ${column}`,
    density: 'Zeilenhöhe',
    densities: { comfortable: 'Bequem', compact: 'Kompakt' },
  },
  row: {
    actions: 'Aktionen',
    actionsFor: (name) => `Aktionen für ${name}`,
    select: 'Auswählen',
    unselect: 'Abwählen',
    selectAll: 'Alle Kunden dieser Liste auswählen',
    view: 'Ansehen',
    merge: 'Zusammenführen mit …',
    duplicate: 'Dublette?',
    duplicateTitle: 'Ist vielleicht dieselbe Person oder Firma wie jemand anderes',
    chats: (count) => counted(count, 'Chat', 'Chats'),
  },
  bulk: {
    label: 'Die ausgewählten Kunden',
    selected: (count) => `${formatCount(count)} ausgewählt`,
    notYours: (count, of) =>
      `${formatCount(count)} von ${formatCount(of)} ${isOne(count) ? 'gehört Ihnen nicht und bleibt, wie er ist' : 'gehören Ihnen nicht und bleiben, wie sie sind'}.`,
    notListed: (count, of) =>
      count === of
        ? `${isOne(of) ? 'Nicht' : 'Niemand davon'} in dieser Liste.`
        : `${formatCount(count)} davon ${isOne(count) ? 'steht' : 'stehen'} nicht in dieser Liste.`,
    clear: 'Auswahl aufheben',
    selectAll: (count) => `Alle ${formatCount(count)} auswählen`,
    tags: 'Tags',
    owner: 'Zuständig',
    mergeCount: (least, most) =>
      `Wählen Sie ${formatCount(least)} bis ${formatCount(most)} Kunden aus, um sie zusammenzuführen.`,
    export: 'Exportieren',
    addTags: 'Tags hinzufügen',
    addTagsHint: 'Eingabe fügt einen Tag hinzu, nochmals Eingabe wendet an',
    removeTags: 'Wegnehmen',
    apply: (count) => `Auf ${customers(count)} anwenden`,
    ownerNobody: 'Niemand',
    running: (done, total) => `${formatCount(done)} von ${formatCount(total)}`,
    runningLabel: 'Kunden werden geändert',
    stop: 'Anhalten',
    failed: 'Nicht alle konnten geändert werden',
    brokenOff: (reason) =>
      `Dann brach es ab: ${reason} Wenn die App wieder läuft, lässt sich das Geschehene unter „Rückgängig“ zurücknehmen.`,
    tagged: (count) => `Tags von ${ofCustomers(count)} geändert`,
    owned: (count) => `Zuständigkeit für ${ofCustomers(count)} geändert`,
    deleted: (count) => `${customers(count)} gelöscht`,
    skipped: (count) =>
      isOne(count)
        ? `${formatCount(count)} gehört Ihnen nicht und bleibt, wie er ist.`
        : `${formatCount(count)} gehören Ihnen nicht und bleiben, wie sie sind.`,
    tooManyTags: (count) =>
      isOne(count)
        ? `${formatCount(count)} hat schon alle Tags, die möglich sind, und bleibt, wie er ist.`
        : `${formatCount(count)} haben schon alle Tags, die möglich sind, und bleiben, wie sie sind.`,
    stopped: 'Angehalten: Die übrigen bleiben, wie sie sind.',
    nothing: 'Nichts zu ändern: Alle sind bereits so.',
    undone: (count) => `${customers(count)} wie zuvor`,
    undoneNone: 'Nichts ließ sich zurücknehmen',
    kept: (count) =>
      isOne(count)
        ? `${formatCount(count)} wurde seitdem geändert und bleibt, wie er ist.`
        : `${formatCount(count)} wurden seitdem geändert und bleiben, wie sie sind.`,
    missing: (count) => `${counted(count, 'Kunde ist', 'Kunden sind')} gerade nicht auf diesem Computer.`,
    undoFailed: 'Es konnte nicht zurückgenommen werden',
  },
  voice: {
    start: 'Per Sprache suchen',
    stop: 'Zuhören beenden',
    hint: 'Sagen Sie einen Namen, einen Ort oder eine Postleitzahl. Ihr Browser macht daraus Text; manche Browser senden das Gesprochene dafür an ihren Hersteller.',
    blocked: 'Der Browser lässt diese Seite nicht zuhören. Erlauben Sie das Mikrofon, oder tippen Sie.',
    nothing: 'Es wurde nichts verstanden. Versuchen Sie es erneut, oder tippen Sie.',
  },
  hints: { select: 'auswählen' },
  shortcuts: {
    select: 'Kunden auswählen oder abwählen',
    extend: 'Den nächsten oder vorigen mit auswählen',
    all: 'Alle der Liste auswählen',
    tags: 'Tags der Ausgewählten',
  },
}
