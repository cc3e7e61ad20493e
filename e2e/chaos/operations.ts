import { attend } from './attend.ts'
import type { Operation } from './operation.ts'
import * as customers from './operations-on-customers.ts'
import * as records from './operations-on-records.ts'

/** What people do, and how often: the weights are drawn from. */
export const OPERATIONS: Readonly<Record<string, { readonly weight: number; readonly run: Operation }>> = {
  create: { weight: 4, run: customers.create },
  editField: { weight: 12, run: customers.editField },
  editTwoFields: { weight: 3, run: customers.editTwoFields },
  addTag: { weight: 4, run: customers.addTag },
  addNote: { weight: 4, run: customers.addNote },
  remove: { weight: 3, run: customers.remove },
  restore: { weight: 3, run: customers.restore },
  saveFilter: { weight: 2, run: records.saveFilter },
  deleteFilter: { weight: 1, run: records.deleteFilter },
  noteInteraction: { weight: 2, run: records.noteInteraction },
  requestQuote: { weight: 2, run: records.requestQuote },
  merge: { weight: 2, run: records.merge },
  undoMerge: { weight: 1, run: records.undoMerge },
  linkChat: { weight: 2, run: records.linkChat },
  importFile: { weight: 1, run: customers.importFile },
  attend: { weight: 3, run: attend },
  look: { weight: 3, run: customers.look },
}
