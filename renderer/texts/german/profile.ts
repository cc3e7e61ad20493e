import type { Texts } from '../texts.ts'

/** Was das Profil eines Kunden sagt, während seine Felder bearbeitet werden. */
export const profileStrings: Texts['profile'] = {
  edit: (field) => `${field} bearbeiten`,
  add: (field) => `${field} hinzufügen`,
  keys: 'Eingabe speichert, Esc bricht ab',
  tagsKeys: 'Eingabe fügt einen Tag hinzu, nochmals Eingabe speichert, Esc bricht ab',
  notesKeys: (command) => `${command} Eingabe speichert, Esc bricht ab`,
  changed: (field, name) => `${field} von ${name} geändert`,
  unsaved: 'Noch nicht gespeichert.',
  undoFailed: (field) => `${field} konnte nicht zurückgesetzt werden`,
  notesKept: 'Nicht gespeichert; beim Bearbeiten der Notizen ist der Text wieder da',
  notesDropped: 'Ihre Eingabe wurde verworfen',
}
