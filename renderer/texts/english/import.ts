import type { ImportAction, ImportKind, RowOutcome, UndoPreview } from '#shared/replica-api/import.ts'
import { formatCount } from '../../lib/format.ts'
import { counted, isOne, percent } from '../phrases.ts'

const rowsText = (rows: number): string => counted(rows, 'row', 'rows')
const customersText = (customers: number): string => counted(customers, 'customer', 'customers')

const KINDS: Readonly<Record<ImportKind, string>> = {
  new: 'new customers',
  update: 'say more than we know',
  unchanged: 'already the same',
  duplicateInFile: 'twice in the file',
  duplicateOfExisting: 'look like someone',
  notAllowed: 'not yours to change',
  invalid: "can't be read",
}

const ACTIONS: Readonly<Record<ImportAction, string>> = {
  create: 'Import as a new customer',
  updateEmpty: 'Fill empty fields',
  overwrite: 'Overwrite',
  skip: 'Leave out',
}

const OUTCOMES: Readonly<Record<RowOutcome, string>> = {
  created: 'new customers',
  updated: 'updated',
  unchanged: 'already the same',
  duplicate: 'there already',
  skipped: 'left out',
  failed: 'not imported',
}

/** What undoing an import does, sentence by sentence; what there is none of is not said. */
function undoLines(preview: UndoPreview): string[] {
  const lines: readonly [number, string][] = [
    [preview.removed, `${customersText(preview.removed)} that this import made will go.`],
    [preview.restored, `${counted(preview.restored, 'value', 'values')} from before the import will come back.`],
    [
      preview.valuesKept,
      `${counted(preview.valuesKept, 'value that was', 'values that were')} changed since will stay as they are now.`,
    ],
    [
      preview.notAllowed,
      `${customersText(preview.notAllowed)} will stay as they are: others have worked with them since, and your role may not delete or edit them.`,
    ],
    [
      preview.elsewhere,
      `${customersText(preview.elsewhere)} can only be set back by hand: what they held before is too long ago to be known on this computer.`,
    ],
    [preview.gone, `${customersText(preview.gone)} of it ${isOne(preview.gone) ? 'is' : 'are'} gone already.`],
  ]
  return lines.flatMap(([count, line]) => (count === 0 ? [] : [line]))
}

/** Texts of the import, from the file to its undoing. */
export const importStrings = {
  title: 'Import',
  titleOf: (file: string): string => `Import “${file}”`,
  steps: { file: 'File', columns: 'Columns', rehearsal: 'Rehearsal', run: 'Import', report: 'Report' },
  stepsLabel: 'Steps of the import',

  lead: 'Bring a list of customers as a CSV or Excel file, for example from Outlook, Google or another CRM.',
  dropTitle: 'Drop a file here',
  dropOr: 'or',
  choose: 'Choose a file',
  safe: 'The file is only read. You see what would become of each row before anything is written.',
  oneFile: 'Drop one file at a time.',
  reading: (file: string): string => `Reading ${file}…`,
  unreadable: 'The file could not be read because the app had a problem of its own. Nothing was written. Try again.',

  unfinished: (file: string, done: number, rows: number): string =>
    `The import of “${file}” was broken off after ${formatCount(done)} of ${rowsText(rows)}.`,
  goOn: 'Go on',
  goOnWithFile: 'Choose the file again to go on',
  giveUp: 'Leave it at that',

  notWritten: 'Nothing has been written yet.',
  understood: (rows: number): string => `${rowsText(rows)} of data.`,
  remembered: 'The columns are those that you chose for such a file before.',
  encoding: 'Encoding',
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 (little endian)',
    'utf-16be': 'UTF-16 (big endian)',
    'windows-1252': 'Windows-1252 (western)',
  } as const,
  separator: 'Separated by',
  delimiters: { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as Readonly<Record<string, string>>,
  sheet: 'Sheet',
  sheetOf: (name: string, rows: number): string => `${name} (${rows === 0 ? 'empty' : counted(rows, 'line', 'lines')})`,
  header: 'The first row holds the names of the columns',
  column: 'Column in the file',
  becomes: 'Becomes',
  examples: 'First values',
  skip: 'Not imported',
  keepReading: 'Keep the reading before',
  unsure: 'a guess',
  targetOf: (column: string): string => `What the column ${column} becomes`,
  leftOut: (columns: readonly string[]): string =>
    `${columns.length === 1 ? 'This column is' : 'These columns are'} not imported: ${columns.join(', ')}. Nothing in them is lost from your file; to keep them here, let them become notes or tags.`,
  needName: 'Choose the column that holds the name, the email or the phone. Without one no customer can be made.',
  unnamed: (column: number): string => `Column ${formatCount(column)}`,
  otherFile: 'Choose another file',
  rehearse: (rows: number): string => `Rehearse ${rowsText(rows)}`,

  judging: 'Each row is compared with the others and with your customers. Nothing is written.',
  judged: (done: number, rows: number): string => `${formatCount(done)} of ${rowsText(rows)} compared`,
  stop: 'Stop',

  rehearsalLead: (rows: number): string => `This is what will happen to each of the ${rowsText(rows)}.`,
  kinds: KINDS,
  total: 'rows in the file',
  actions: ACTIONS,
  actionOf: (rows: number): string => (rows === 1 ? 'What happens to this row' : `All ${formatCount(rows)} of them`),
  mixed: 'decided row by row',
  /** A label in the middle of a sentence. */
  inSentence: (label: string): string => label.toLowerCase(),
  search: 'Search in the rows',
  row: 'Row',
  what: 'What happens',
  rowsLabel: 'Rows of the file',
  noRows: 'No row fits.',
  newCustomer: 'New customer',
  fills: (fields: string, name: string): string => `Fills ${fields} of ${name}`,
  overwrites: (fields: string, name: string): string => `Overwrites ${fields} of ${name}`,
  nothingToFill: (name: string): string => `${name} has it all filled in already`,
  same: (name: string): string => `Already the same as ${name}`,
  looksLike: (name: string, probability: number): string => `Looks like ${name} (${percent(probability)})`,
  sameRow: (row: number): string => `The person of row ${formatCount(row)}`,
  leaves: 'Left out',
  fix: 'Correct',
  fixRow: (row: number): string => `Correct row ${formatCount(row)}`,
  fixed: 'corrected',
  fixTitle: (row: number): string => `Row ${formatCount(row)} of the file`,
  fixSave: 'Save the correction',
  fixNext: 'Save and go to the next',
  tagsHint: 'Separated by commas or semicolons. One that has them in it stands in quotes.',
  back: 'Back to the columns',
  apply: (rows: number): string => `Import ${rowsText(rows)}`,
  nothingToDo: 'Every row is there already or left out: there is nothing to import.',
  dropAnywhere: 'Let go to import this file',
  dropAnywhereHint: 'Nothing is written before you have seen what would become of each row.',
  busy: 'Another import is open. Finish or leave it first, then choose this file again.',
  undoable: 'The whole import can be undone at any time, also next month.',

  runningLead: 'You can go on working. What is imported appears in the list at once.',
  running: (done: number, rows: number): string => `${formatCount(done)} of ${rowsText(rows)}`,
  runningAway: {
    running: (file: string, done: number, rows: number): string =>
      `Importing “${file}”: ${formatCount(done)} of ${rowsText(rows)}`,
    resting: (file: string, done: number, rows: number): string =>
      `The import of “${file}” stands still at ${formatCount(done)} of ${rowsText(rows)}.`,
  },
  showRunning: 'Show the import',
  pause: 'Pause',
  paused: 'Paused. What was imported so far is in your list.',
  cancel: 'Stop the import',
  cancelling: 'Stopping…',
  stopped: 'The import stopped.',

  doneTitle: (created: number, updated: number): string =>
    created === 0 && updated === 0
      ? 'Nothing new was in the file'
      : updated === 0
        ? `${customersText(created)} imported`
        : created === 0
          ? `${customersText(updated)} updated`
          : `${customersText(created)} imported, ${formatCount(updated)} updated`,
  cancelledTitle: 'Import stopped',
  undoneTitle: 'This import was undone',
  cancelledLead: 'What was imported before you stopped stays in your list.',
  outcomes: OUTCOMES,
  untouched: 'not reached',
  waiting: (customers: number): string =>
    `${customersText(customers)} wait to be sent. They are safe on this computer, and go as soon as there is a network.`,
  refused: (customers: number): string =>
    `The server refused ${customersText(customers)}. You find them under “Needs attention”.`,
  person: 'Customer',
  outcome: 'What became of it',
  outcomeOf: {
    created: 'Imported',
    updated: 'Updated',
    unchanged: 'Already the same',
    duplicate: 'There already',
    skipped: 'Left out',
    failed: 'Not imported',
  } as Readonly<Record<RowOutcome, string>>,
  more: (rows: number): string => `Show ${formatCount(rows)} more`,
  failedRows: (rows: number): string => `Download ${counted(rows, 'row that was', 'rows that were')} not imported`,
  failedHint: 'With the reason in the last column. Correct them there and import the file again.',
  showCustomers: 'Show customers',
  another: 'Import another file',

  undo: 'Undo the import',
  undoOf: (file: string): string => `Undo the import of ${file}`,
  undoTitle: (file: string): string => `Undo the import of “${file}”?`,
  undoLines,
  undoNothing: 'Nothing of this import is left to be undone here.',
  undoEdited: (customers: number): string =>
    `Also remove ${customersText(customers)} that ${isOne(customers) ? 'was' : 'were'} edited since`,
  undone: (preview: UndoPreview): string =>
    `Import undone: ${customersText(preview.removed)} removed, ${counted(preview.restored, 'value', 'values')} set back`,
  undoFailed: 'The import could not be undone',
  keep: 'Keep it',

  history: 'Earlier imports',
  file: 'File',
  when: 'When',
  who: 'Who',
  made: 'New',
  updatedRows: 'Updated',
  rows: 'Rows',
  undoneAt: (when: string): string => `undone ${when}`,
  notEnded: 'not ended',
  markEnded: 'Close',
  markEndedOf: (file: string): string => `Close the import of ${file}`,
  markEndedHint:
    'An import that has not ended runs on another computer. Close it if that one will not go on with it: what came in stays, and can then be undone.',
  markedEnded: (created: number, updated: number): string =>
    created + updated === 0
      ? 'Import closed: nothing of it came in'
      : `Import closed: ${customersText(created)} came in, ${formatCount(updated)} ${isOne(updated) ? 'was' : 'were'} updated`,
  reportOf: (file: string): string => `Report of ${file}`,

  unexpected: 'The app had a problem of its own. What was imported until then is in your list.',
}
