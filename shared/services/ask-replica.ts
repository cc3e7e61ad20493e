import type { RequestInput, RequestName, RequestOutput } from '../replica-api/contract.ts'
import type { RecordChange } from '../replica-api/records.ts'
import { fail, type Result } from '../util/result.ts'

/** Asks the replica: works offline, what is written is sent later. Rejects only for bugs. */
export type AskReplica = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>

/** A write whose every failure is a value, also that of a replica that crashed, perhaps after it had written. */
export async function written<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await answer
  } catch {
    return fail('bug', 'The app had a problem of its own. Look whether the change is there, and try again if not.')
  }
}

/** Writes anything beside customers; answers with the id of the record. */
export function changeRecord(ask: AskReplica, change: RecordChange): Promise<Result<{ id: string }>> {
  return written(ask('records.change', change))
}
