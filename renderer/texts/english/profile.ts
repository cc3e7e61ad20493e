/** What a customer's profile says while its fields are edited in place. */
export const profileStrings = {
  edit: (field: string): string => `Edit ${field.toLocaleLowerCase()}`,
  add: (field: string): string => `Add ${field.toLocaleLowerCase()}`,
  keys: 'Enter saves, Esc goes back',
  tagsKeys: 'Enter adds a tag, a second Enter saves, Esc goes back',
  notesKeys: (command: string): string => `${command} Enter saves, Esc goes back`,
  changed: (field: string, name: string): string => `${field} of ${name} changed`,
  unsaved: 'Not saved yet.',
  undoFailed: (field: string): string => `${field} could not be put back`,
  notesKept: 'Not saved; it is there again when you edit the notes',
  notesDropped: 'What you wrote was left out',
} as const
