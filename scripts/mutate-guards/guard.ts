/** A guard of the product, and what it is like without it. */
export interface Guard {
  /** Names it for `--only`; the part before the dot is the table it stands in. */
  readonly id: string
  /** The line of SPEC that it serves. */
  readonly spec: string
  /** What happens where it is missing. */
  readonly against: string
  /** Path from the project's folder, with forward slashes. */
  readonly file: string
  /** Source text that stands exactly once in the file. */
  readonly find: string
  /** What stands in its place when the guard is off: code that still loads. */
  readonly off: string
  /** Vitest files of which at least one test must fail then. All of one kind: unit or integration. */
  readonly tests: readonly [string, ...string[]]
}

/** The source with the guard switched off; null when its text does not stand there exactly once. */
export function switchOff(source: string, { find, off }: Pick<Guard, 'find' | 'off'>): string | null {
  const [before, after, ...more] = source.split(find)
  return before === undefined || after === undefined || more.length > 0 ? null : before + off + after
}
