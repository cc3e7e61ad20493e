import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { NOT_ON_DESKTOP } from './not-on-desktop.ts'

/** Annotation of a test that was skipped because Electron's binary is not here. */
export const NO_ELECTRON = 'no-electron'

/** Says in capitals which desktop tests did not run, so that nobody overlooks it. */
export default class LoudSkip implements Reporter {
  #withoutElectron = 0
  readonly #notOnDesktop: string[] = []

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') return
    for (const { type, description } of result.annotations) {
      if (type === NO_ELECTRON) this.#withoutElectron += 1
      if (type === NOT_ON_DESKTOP) this.#notOnDesktop.push(`${test.title}\n        because ${description}`)
    }
  }

  onEnd(_result: FullResult): void {
    if (this.#withoutElectron > 0) {
      console.log(
        `\n##### ${this.#withoutElectron} desktop tests DID NOT RUN on real Electron: its binary is not installed ` +
          '(what the stand-in can play ran on it; REQUIRE_ELECTRON=1 makes this a failure) #####\n',
      )
    }
    if (this.#notOnDesktop.length > 0) {
      console.log(`\n##### ${this.#notOnDesktop.length} tests DID NOT RUN on the desktop app, where they mean nothing:`)
      for (const line of this.#notOnDesktop) console.log(`      - ${line}`)
    }
  }
}
