/** Stored records don't fit together or were altered: the log can't be read whole. */
export class LogDamagedError extends Error {
  constructor(what: string) {
    super(`The log is damaged: ${what}.`)
    this.name = 'LogDamagedError'
  }
}

/** The log is encrypted, and the key that opens it was not handed in. Nothing is touched. */
export class LogLockedError extends Error {
  constructor(what: string) {
    super(`The log is locked: ${what}.`)
    this.name = 'LogLockedError'
  }
}

/** What can't be asked now, or not be read, may hold what the log has lost. Nothing is touched. */
export class MirrorSilentError extends LogLockedError {}

/** A write failed before, or the log was closed: memory and disk may differ until it is opened again. */
export class LogStoppedError extends Error {
  constructor(cause: unknown) {
    super('The log takes no more writes. Open it again.', { cause })
    this.name = 'LogStoppedError'
  }
}

/** A write that spans collections met a conflict: nothing of it was written. */
export class TogetherConflictError extends Error {
  constructor(conflicts: number) {
    super(`${conflicts} rows of a common write conflict with what is stored; none of them was written.`)
    this.name = 'TogetherConflictError'
  }
}
