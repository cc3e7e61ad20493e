import { formatCount } from '../../lib/format.ts'
import type { Texts } from '../texts.ts'

/** Angebote und Verlauf eines Kunden. */
export const historyStrings: Texts['history'] = {
  ask: 'Neues Angebot anfordern',
  askLike: 'Ein neues wie dieses anfordern',
  note: 'Was darin stehen soll',
  noteHint: 'Freiwillig. Für die Person, die das Angebot erstellt.',
  send: 'Anfordern',
  asked: 'Angefordert. Wer Angebote erstellt, sieht es, sobald es gesendet ist.',
  askFailed: 'Nicht angefordert',
  like: (number) => `wie ${number}`,
  requestStates: { open: 'offen', done: 'erledigt', declined: 'abgelehnt' },
  item: 'Position',
  quantity: 'Menge',
  price: 'Preis',
  amount: 'Betrag',
  total: 'Summe',
  quantityText: (quantity) => formatCount(quantity),
  show: { all: 'Alles', changes: 'Änderungen', contacts: 'Aufrufe und Kontakte' },
  showLabel: 'Was gezeigt wird',
  nothingSuch: 'Nichts dergleichen in letzter Zeit',
  interactions: {
    view: 'hat diesen Kunden angesehen',
    call: 'hat angerufen',
    email: 'hat eine E-Mail geschrieben',
    meeting: 'hatte ein Treffen',
    chat: 'hatte einen Chat',
    quote: 'hatte ein Angebot',
  },
  created: {
    chat: 'kam durch einen Chat',
    import: 'hat diesen Kunden importiert',
    manual: 'hat diesen Kunden angelegt',
  },
}
