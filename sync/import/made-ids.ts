import { slices } from '#shared/util/let-others-run.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import { customerIdOf } from './import-journal.ts'

/** Customers of an import of another computer: of all that its rows may have made those who are there, deleted ones included. */
export async function madeIds(
  importId: string,
  rows: number,
  { shown }: Pick<ReplicaStore, 'shown'>,
): Promise<string[]> {
  const nextSlice = slices()
  const ids: string[] = []
  for (let place = 0; place < rows; place++) {
    const id = customerIdOf(importId, place)
    if (shown.get(id)?.source === 'import') ids.push(id)
    await nextSlice()
  }
  return ids
}
