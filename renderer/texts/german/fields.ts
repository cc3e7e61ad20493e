import type { Texts } from '../texts.ts'

/** Wie die Felder eines Kunden heißen, wo immer sie genannt werden. */
export const fieldStrings: Texts['fields'] = {
  name: 'Name',
  email: 'E-Mail',
  phone: 'Telefon',
  address: 'Adresse',
  website: 'Webseite',
  notes: 'Notizen',
  tags: 'Tags',
  ownerId: 'Zuständig',
}
