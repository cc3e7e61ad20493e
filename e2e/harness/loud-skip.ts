import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Annotation of a test that was skipped because Electron's binary is not here. */
export const NO_ELECTRON = 'no-electron'

/** Says in capitals how many desktop tests did not run on real Electron, so that nobody overlooks it. */
export default class LoudSkip implements Reporter {
  #skipped = 0

  onTestEnd(_test: TestCase, result: TestResult): void {
    if (result.status === 'skipped' && result.annotations.some(({ type }) => type === NO_ELECTRON)) this.#skipped += 1
  }

  onEnd(_result: FullResult): void {
    if (this.#skipped === 0) return
    console.log(
      `\n##### ${this.#skipped} desktop tests DID NOT RUN on real Electron: its binary is not installed ` +
        '(what the stand-in can play ran on it; REQUIRE_ELECTRON=1 makes this a failure) #####\n',
    )
  }
}
