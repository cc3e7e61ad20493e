import { formatCount } from '../../lib/format.ts'
import type { Texts } from '../texts.ts'

/** Einen Kunden anlegen: die Schritte auf dem Telefon, und was danach kommt. */
export const createStrings: Texts['create'] = {
  steps: { basics: 'Grunddaten', address: 'Adresse', notes: 'Notizen und Tags' },
  step: (at, all, name) => `Schritt ${formatCount(at)} von ${formatCount(all)} · ${name}`,
  next: 'Weiter',
  created: 'ist jetzt Kunde. Gespeichert auf diesem Gerät, gesendet wird automatisch.',
  view: 'Profil ansehen',
  another: 'Weiteren anlegen',
}
