import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type LockMinutes, lockMinutesSchema } from '#shared/ipc/desktop.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Log } from '../log/log.ts'
import type { SecretStore } from '../session/secret-store.ts'

const KEY = 'lock'
const storedSchema = z.object({
  afterMinutes: lockMinutesSchema,
  salt: z.base64(),
  hash: z.base64(),
  /** Kept, so that a restart is no way around the wait. */
  wrong: z.int(),
  /** Milliseconds since 1970. */
  waitUntil: z.number(),
})
type Stored = z.output<typeof storedSchema>

/** Wrong PINs in a row before one has to wait. */
const FREE_TRIES = 5
const WAIT_MS = 30_000

/** The lock that a person may put on the app, against whoever passes the open laptop. */
export interface AppLock {
  readonly state: () => { readonly afterMinutes: LockMinutes | null; readonly isLocked: boolean }
  /** Fails with the store's own codes: where the platform has no key store there is no lock. */
  readonly set: (afterMinutes: LockMinutes, pin: string) => Result<null>
  /** Fails with `wrong_pin` or `try_later`. */
  readonly remove: (pin: string) => Result<null>
  /** Without the PIN: for somebody whose data left this computer. */
  readonly forget: () => void
  readonly lock: () => void
  /** Fails with `wrong_pin` or `try_later`. */
  readonly unlock: (pin: string) => Result<null>
  /** Locks when the machine has been idle for as long as was chosen. */
  readonly idle: (seconds: number) => void
}

/** What the lock needs of its surroundings. */
export interface AppLockParts {
  /** A store of its own, that the page has no channel to. */
  readonly secrets: SecretStore
  readonly now: () => number
  readonly changed: () => void
  readonly log: Log
}

/** Opens the lock. Where there is a PIN the app starts locked. */
export function openAppLock({ secrets, now, changed, log }: AppLockParts): AppLock {
  let stored = read(secrets, now())
  let isLocked = stored !== null

  function check(pin: string): Result<null> {
    if (stored === null) return ok(null)
    if (now() < stored.waitUntil) return fail('try_later', 'Too many wrong PINs. Wait half a minute, then try again.')
    if (timingSafeEqual(hashed(pin, stored.salt), Buffer.from(stored.hash, 'base64'))) {
      count(stored, 0)
      return ok(null)
    }
    count(stored, stored.wrong + 1)
    log.warn('lock.wrong-pin')
    return fail('wrong_pin', 'This is not your PIN.')
  }
  function count(of: Stored, wrong: number): void {
    if (wrong === of.wrong) return
    stored = { ...of, wrong, waitUntil: wrong >= FREE_TRIES ? now() + WAIT_MS : 0 }
    // Counted in memory even where the disk refuses it.
    secrets.set(KEY, JSON.stringify(stored))
  }
  function become(locked: boolean): void {
    if (isLocked === locked) return
    isLocked = locked
    log.info(locked ? 'lock.locked' : 'lock.unlocked')
    changed()
  }
  function forget(): void {
    secrets.remove(KEY)
    stored = null
    isLocked = false
    changed()
  }

  return {
    state: () => ({ afterMinutes: stored?.afterMinutes ?? null, isLocked }),
    set: (afterMinutes, pin) => {
      // Whoever found the app open must not put a PIN of their own in the place of the owner's.
      if (stored !== null) return fail('wrong_pin', 'Take the lock off with your PIN first.')
      const salt = randomBytes(16).toString('base64')
      const hash = hashed(pin, salt).toString('base64')
      const next: Stored = { afterMinutes, salt, hash, wrong: 0, waitUntil: 0 }
      const kept = secrets.set(KEY, JSON.stringify(next))
      if (!kept.ok) return kept
      stored = next
      changed()
      return kept
    },
    remove: (pin) => {
      const checked = check(pin)
      if (checked.ok) forget()
      return checked
    },
    forget,
    lock: () => {
      if (stored !== null) become(true)
    },
    unlock: (pin) => {
      const checked = check(pin)
      if (checked.ok) become(false)
      return checked
    },
    idle: (seconds) => {
      if (stored !== null && seconds >= stored.afterMinutes * 60) become(true)
    },
  }
}

function read(secrets: SecretStore, now: number): Stored | null {
  const text = secrets.get(KEY)
  if (text === null) return null
  try {
    const stored = storedSchema.parse(JSON.parse(text))
    // A clock that was set back must not make the wait longer.
    return { ...stored, waitUntil: Math.min(stored.waitUntil, now + WAIT_MS) }
  } catch {
    return null
  }
}

function hashed(pin: string, salt: string): Buffer {
  return scryptSync(pin, Buffer.from(salt, 'base64'), 32)
}
