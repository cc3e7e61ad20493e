import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { BulkActs } from './bulk-acts.tsx'
import { DeletedCustomers } from './deleted-customers.tsx'

const words = strings.undo

/** What was done, for as long as it can be taken back: customers that were deleted, and acts on many. */
export function UndoPage() {
  return (
    <Page title={words.title} lead={words.lead}>
      <BulkActs />
      <DeletedCustomers />
    </Page>
  )
}
