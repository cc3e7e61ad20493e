import type { DerivedReader, DerivedStore } from './local-replica.ts'
import type { DerivedData } from './log-storage/derived-data.ts'
import { recordKey } from './replica-record.ts'

/** Documents of customers and of records, whatever the version of their schema. */
const CUSTOMERS = 'customers|'
const RECORDS = 'records|'
/** A merge that waits lies over what customers hold; when it goes, nothing says who they were. */
const MERGES = recordKey('merges', '')

/** What was computed from a replica, with what later writes have changed of it. */
export function derivedOf(data: DerivedData): DerivedReader & Pick<DerivedStore, 'save'> {
  return {
    read: (name) => data.read(name),
    save: (name, derived) => data.save(name, derived),
    changedAfter: async (seq) => {
      const parts = await data.partsAfter(seq)
      if (parts === null) return null
      const ids = new Set<string>()
      for (const part of parts) {
        const isCustomers = part.collection.startsWith(CUSTOMERS)
        if (!isCustomers && !part.collection.startsWith(RECORDS)) continue
        // All of them: nothing says which they were.
        if (part.op === 'drop') return null
        const keys = part.op === 'purge' ? part.ids : part.documents.map((document) => String(document[part.key]))
        if (isCustomers) for (const id of keys) ids.add(id)
        else if (keys.some((key) => key.startsWith(MERGES))) return null
      }
      return ids
    },
  }
}
