/** What a check of a deployed database found. */
export interface CheckResult {
  /** Stable name, for programs. */
  readonly id: string
  readonly what: string
  /** `warning` is worth a look and fails nothing; `skipped` could not be asked here. */
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped'
  /** One sentence: what was found, and what to do about it where something is wrong. */
  readonly detail: string
  /** Numbers and names behind the sentence. */
  readonly figures?: Readonly<Record<string, unknown>>
}

/** A list for a sentence: the first few, and how many more. */
export function named(names: readonly string[], most = 5): string {
  const rest = names.length - most
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
