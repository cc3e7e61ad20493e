import type { Texts } from '../texts.ts'

/** Was der Editor der Notizen sagt. */
export const notesStrings: Texts['notes'] = {
  toolbar: 'Formatierung',
  bold: 'Fett',
  italic: 'Kursiv',
  bullets: 'Liste',
  numbers: 'Nummerierte Liste',
  link: 'Link',
  linkTo: 'Link zu',
  linkPlaceholder: 'example.com, eine E-Mail-Adresse oder Telefonnummer',
  linkWrong: 'Das ist keine Web- oder E-Mail-Adresse und keine Telefonnummer.',
  linkSet: 'Link setzen',
  linkRemove: 'Link entfernen',
  withKeys: (what, keys) => `${what} (${keys})`,
}
