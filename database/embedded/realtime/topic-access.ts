import type { Sql } from 'postgres'
import type { Claims } from './verify-token.ts'

/** Ends the transaction of a probe: nothing of it stays. */
const ROLLBACK = Symbol('rollback')

/**
 * Whether the policies of `realtime.messages` let this user read broadcasts of a topic. Asked the way
 * hosted Realtime asks: a message is put there, looked for as the user, and taken back.
 * `owner` must be a connection that may write there and become `authenticated`.
 */
export async function mayRead(owner: Sql, claims: Claims, topic: string): Promise<boolean> {
  let seen = false
  try {
    await owner.begin(async (tx) => {
      const [probe] = await tx<{ id: string }[]>`
        insert into realtime.messages (topic, extension, private) values (${topic}, 'broadcast', true) returning id`
      await tx`
        select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
               set_config('request.jwt.claim.sub', ${claims.sub}, true),
               set_config('realtime.topic', ${topic}, true),
               set_config('role', 'authenticated', true)`
      seen = (await tx`select from realtime.messages where id = ${probe?.id ?? null}`).count === 1
      throw ROLLBACK
    })
  } catch (error) {
    if (error !== ROLLBACK) return false
  }
  return seen
}
