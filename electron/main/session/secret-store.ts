import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { writeFileAtomically } from '../files/atomic-file.ts'
import { readJsonFile } from '../files/read-json.ts'
import type { Log } from '../log/log.ts'

/** On disk: each secret encrypted by the platform's key store, as base64. */
const secretsFileSchema = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) })
type SecretsFile = z.output<typeof secretsFileSchema>

/** Small secrets (the session), encrypted with a key that the operating system keeps. */
export interface SecretStore {
  /** The secret, or null: never stored, no longer readable, or no key store here. */
  readonly get: (key: string) => string | null
  /** Stores durably. Fails with `no_secret_store` (nothing is stored in the clear) or `secret_not_saved`. */
  readonly set: (key: string, value: string) => Result<null>
  /** Forgets a secret. Forgetting one that isn't there is fine. */
  readonly remove: (key: string) => void
  /** Whether nothing is stored, readable or not: nobody is signed in. */
  readonly isEmpty: () => boolean
}

/** What the store needs of its surroundings. */
export interface SecretStoreParts {
  readonly safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >
  readonly platform: NodeJS.Platform
  readonly file: string
  readonly log: Log
}

/**
 * Opens the store. Where the platform has no key store, and on Linux where Chromium would fall back
 * to a key that stands in its source code (`basic_text`), `set` refuses.
 */
export function openSecretStore({ safeStorage, platform, file, log }: SecretStoreParts): SecretStore {
  const isAvailable = (): boolean => {
    if (!safeStorage.isEncryptionAvailable()) return false
    if (platform !== 'linux') return true
    const backend = safeStorage.getSelectedStorageBackend()
    return backend !== 'basic_text' && backend !== 'unknown'
  }
  const read = (): SecretsFile => {
    const found = readJsonFile(file, secretsFileSchema)
    if (found.kind === 'value') return found.value
    if (found.kind === 'unreadable') log.warn('secret.unreadable', { error: found.error })
    return { version: 1, secrets: {} }
  }
  const write = (secrets: Readonly<Record<string, string>>): void =>
    writeFileAtomically(file, JSON.stringify({ version: 1, secrets } satisfies SecretsFile))

  return {
    isEmpty: () => Object.keys(read().secrets).length === 0,
    get: (key) => {
      const secret = entry(read(), key)
      if (secret === undefined || !isAvailable()) return null
      try {
        return safeStorage.decryptString(Buffer.from(secret, 'base64'))
      } catch (error) {
        // The key store was reset, or the file came from another machine: sign in again.
        log.warn('secret.unreadable', { error })
        return null
      }
    },
    set: (key, value) => {
      if (!isAvailable()) {
        log.warn('secret.unavailable')
        return fail(
          'no_secret_store',
          'This computer has no place to keep passwords safely, so you will be asked to sign in at every start. Turn on the system keyring (GNOME Keyring or KWallet) to stay signed in.',
        )
      }
      try {
        write({ ...read().secrets, [key]: safeStorage.encryptString(value).toString('base64') })
        return ok(null)
      } catch (error) {
        log.warn('secret.unsaved', { error })
        return fail(
          'secret_not_saved',
          'Your sign-in could not be saved on this computer. Check that its disk has space.',
        )
      }
    },
    remove: (key) => {
      const secrets = read().secrets
      if (!Object.hasOwn(secrets, key)) return
      write(Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== key)))
    },
  }
}

function entry(file: SecretsFile, key: string): string | undefined {
  return Object.hasOwn(file.secrets, key) ? file.secrets[key] : undefined
}
