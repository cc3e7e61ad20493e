/** The local storage failed. `message` is a sentence for people; `cause` is for the log. */
export class StorageError extends Error {
  readonly code:
    | 'storage_full'
    | 'storage_failed'
    | 'storage_refused'
    | 'storage_locked'
    | 'storage_silent'
    | 'newer_version'

  constructor(code: StorageError['code'], cause: unknown) {
    super(MESSAGES[code], { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

const MESSAGES: Readonly<Record<StorageError['code'], string>> = {
  storage_full: 'The disk is full, so changes cannot be saved. Free some space, then restart the app.',
  storage_failed: 'Saving on this computer failed. Restart the app; nothing that was saved before is lost.',
  storage_refused:
    'This computer refuses local storage. Leave private browsing or allow site data, then open the app again.',
  newer_version:
    'A newer version of the app was used on this computer. Update the app to open your customers; nothing of them was touched.',
  storage_silent:
    'Part of what is stored on this computer can not be read now, and changes that were not sent may be in it. Restart the app. Starting afresh from the server gives up what only that part holds.',
  storage_locked:
    'The key to the customers stored on this computer is missing. Unlock the key store of your computer, then restart the app, or start afresh from the server.',
}

/** Wraps what a database threw; a full disk is told apart, because people can do something about it. */
export function toStorageError(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause
  return new StorageError(isQuotaError(cause) ? 'storage_full' : 'storage_failed', cause)
}

function isQuotaError(cause: unknown): boolean {
  for (let error = cause; error instanceof Error; error = innerError(error)) {
    if (error.name === 'QuotaExceededError') return true
  }
  return false
}

/** Dexie wraps the browser's error as `inner`, others as `cause`. */
function innerError(error: Error): unknown {
  return 'inner' in error && error.inner !== undefined ? error.inner : error.cause
}
