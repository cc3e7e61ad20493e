import type { TestRun } from './run-tests.ts'

/** What became of a guard that was switched off. */
export type Outcome =
  /** A test failed, as it should. */
  | { readonly kind: 'red'; readonly test: string }
  /** Every test passed: nothing watches this guard. */
  | { readonly kind: 'survived' }
  /** The tests could not say: the source didn't load, or no test ran. */
  | { readonly kind: 'broken'; readonly why: string }

/** Errors of source that doesn't fit together, or of a machine that is too slow: neither says what the source does. */
const SAYS_NOTHING = /^(ReferenceError|SyntaxError|.*is not defined|Error: Test timed out)/

/** The verdict of a run with a guard off. Only a test that ran and failed counts. */
export function judge({ passed, failed, unloaded }: TestRun): Outcome {
  const [first] = failed
  if (unloaded[0] !== undefined) return { kind: 'broken', why: unloaded[0] }
  if (first !== undefined && SAYS_NOTHING.test(first.message)) return { kind: 'broken', why: first.message }
  if (first !== undefined) return { kind: 'red', test: first.test }
  return passed === 0 ? { kind: 'broken', why: 'no test ran' } : { kind: 'survived' }
}
