/** What the editor of notes says. */
export const notesStrings = {
  toolbar: 'Format',
  bold: 'Bold',
  italic: 'Italic',
  bullets: 'List',
  numbers: 'Numbered list',
  link: 'Link',
  linkTo: 'Link to',
  linkPlaceholder: 'example.com, a mail address or a phone',
  linkWrong: 'This is no web, mail or phone address.',
  linkSet: 'Set the link',
  linkRemove: 'Remove the link',
  withKeys: (what: string, keys: string): string => `${what} (${keys})`,
} as const
