import { StorageError } from '#database/local/storage-error.ts'
import { fail, type Result } from '#shared/util/result.ts'

/** Runs what writes to the replica; a failure of the storage becomes a value, with the sentence that people are told. */
export async function guardStorage<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof StorageError) return fail(error.code, error.message)
    throw error
  }
}
