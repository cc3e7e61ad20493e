import type { ExportColumn } from '#shared/replica-api/export.ts'
import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import { fieldStrings } from './fields.ts'

const COLUMNS: Readonly<Record<ExportColumn, string>> = {
  ...fieldStrings,
  source: 'Source',
  createdAt: 'Created',
  lastSeenAt: 'Last seen',
}

/** Texts of the export. */
export const exportStrings = {
  title: 'Export',
  lead: 'Customers as a file: a CSV comes back unchanged when it is imported again, a vCard file fills an address book.',
  which: 'Which customers',
  all: 'All customers',
  chosen: (customers: number): string => `The ${counted(customers, 'customer', 'customers')} chosen in the list`,
  list: (customers: number, narrowing: string): string =>
    `The ${counted(customers, 'customer', 'customers')} in the list now (${narrowing})`,
  format: 'Format',
  csv: 'CSV, for spreadsheets and other programs',
  vcard: 'vCard, for address books',
  columns: 'Columns',
  columnNames: COLUMNS,
  recorded: 'Each export is entered in the company’s log. That needs the network.',
  start: 'Export',
  stop: 'Stop',
  running: (done: number, rows: number): string => `${formatCount(done)} of ${formatCount(rows)} customers`,
  runningAway: (done: number, rows: number): string =>
    rows === 0 ? 'The export begins.' : `Exporting: ${formatCount(done)} of ${counted(rows, 'customer', 'customers')}`,
  stopExport: 'Stop the export',
  seen: 'OK',
  done: (customers: number, file: string): string =>
    `${counted(customers, 'customer', 'customers')} written to ${file}.`,
  failed: 'The export ended early because the app had a problem of its own. No file was written. Try again.',
} as const
