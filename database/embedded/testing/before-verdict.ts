import type { Sql, TransactionSql } from 'postgres'
import { expect } from 'vitest'
import { become } from './test-backend.ts'

const UNDONE = new Error('Rolled back on purpose.')

/** Resolves when a session waits for a lock that another one holds. */
export function someoneWaits(sql: Sql): Promise<void> {
  return expect
    .poll(async () => (await sql`select from pg_catalog.pg_locks where not granted`).count, { timeout: 10_000 })
    .toBeGreaterThan(0)
}

/**
 * What a user's push answers that meets an error, where something happens between the error and the word on
 * it, which `private.verdictFunction(takes)` gives. What the push wrote is rolled back.
 */
export async function beforeVerdict<T>(
  sql: Sql,
  { userId, verdictFunction, takes }: { userId: string; verdictFunction: string; takes: readonly string[] },
  push: (tx: TransactionSql) => Promise<T>,
  happens: () => Promise<void>,
): Promise<T | null> {
  let answer: T | null = null
  let pushing: Promise<unknown> = Promise.resolve()
  await sql.begin(async (holder) => {
    await holder`select pg_advisory_xact_lock(1)`
    pushing = sql
      .begin(async (tx) => {
        await tx.unsafe(`
          alter function private.${verdictFunction} rename to verdict_at_last;
          create function private.${verdictFunction}(${takes.join(', ')}) returns json language plpgsql as $$
          begin
            perform pg_advisory_xact_lock(1);
            return private.verdict_at_last(${takes.map((_, at) => `$${at + 1}`).join(', ')});
          end $$;
          grant execute on function private.${verdictFunction} to authenticated`)
        await become(tx, 'authenticated', userId)
        answer = await push(tx)
        throw UNDONE
      })
      .catch((error: unknown) => {
        if (error !== UNDONE) throw error
      })
    await Promise.race([pushing, someoneWaits(sql)])
    await happens()
  })
  await pushing
  return answer
}
