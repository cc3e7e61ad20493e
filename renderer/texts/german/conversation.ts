import { formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import type { Texts } from '../texts.ts'

/** Gespräche, die niemandem gehören, und wie sie zu jemandem kommen. */
export const conversationStrings: Texts['conversations'] = {
  title: 'Offene Gespräche',
  short: 'Chats',
  lead: 'Chats des Assistenten, die zu mehreren Kunden oder zu keinem passen. Ordnen Sie jeden zu: Das geht auch offline und lässt sich zurücknehmen.',
  left: (count) => `${formatCount(count)} übrig`,
  listLabel: 'Wartende Gespräche',
  current: 'Das gerade betrachtete Gespräch',
  nameless: 'Besucher ohne Namen',
  reasons: {
    shared_email: 'Mehrere Kunden haben diese E-Mail-Adresse.',
    shared_phone: 'Mehrere Kunden haben diese Telefonnummer.',
    shared_name: 'Mehrere Kunden haben diesen Namen.',
    phone_of_another: 'Die Telefonnummer gehört zu einem Kunden mit anderem Namen und anderer E-Mail-Adresse.',
    no_contact: 'Der Besucher nannte weder Namen noch E-Mail-Adresse noch Telefonnummer.',
    unlinked_by_hand: 'Laut einem Kollegen gehört es nicht zu dem Kunden, dem es zugeordnet war.',
    busy: 'Es kam an, während sein Kunde gerade geändert wurde.',
    error: 'Es konnte nicht automatisch zugeordnet werden.',
  },
  noText: 'Chat ohne Worte',
  older: (count) =>
    isOne(count)
      ? 'Ein weiteres wartet, das älter ist als das, was dieser Computer aufbewahrt.'
      : `${formatCount(count)} weitere warten, die älter sind als das, was dieser Computer aufbewahrt.`,
  candidates: 'Wer es sein kann',
  noCandidates: 'Hier passt niemand. Suchen Sie den Kunden, oder legen Sie einen neuen an.',
  link: 'Zuordnen',
  linkTo: (name) => `Zuordnen zu ${name}`,
  same: { name: 'gleicher Name', email: 'gleiche E-Mail', phone: 'gleiche Telefonnummer' },
  other: 'Anderer Kunde …',
  find: 'Kunden suchen',
  findNobody: 'Keine Treffer.',
  create: 'Neuer Kunde',
  createWhy: 'Das Gespräch nennt niemanden, der sich anlegen ließe. Ordnen Sie es einem Kunden zu.',
  skip: 'Überspringen',
  linked: (name) => `Zugeordnet zu ${name}`,
  created: (name) => `${name} ist jetzt Kunde`,
  takenBack: 'Das Gespräch wartet wieder',
  customerStays: 'Das Gespräch wartet wieder; der daraus angelegte Kunde bleibt.',
  failed: 'Das Gespräch bleibt, wo es ist',
  several: 'Mehrere Kunden passen. Wählen Sie einen aus.',
  skipped: (count) => `${counted(count, 'übersprungenes Gespräch', 'übersprungene Gespräche')} wieder zeigen`,
  emptyTitle: 'Jedes Gespräch hat seinen Kunden',
  emptyBody: 'Chats, die zu mehreren Kunden passen, warten hier, bis jemand sie zuordnet.',
  loadFailed: 'Die Gespräche konnten nicht gelesen werden. Versuchen Sie es erneut; es geht nichts verloren.',
  messages: (count) => counted(count, 'Nachricht', 'Nachrichten'),
}
