import { test as base } from '@playwright/test'
import { startTestBackend, type TestBackend } from './backend.ts'
import { type Laptop, openLaptop } from './laptop.ts'

/** Customers of the first company that the shared backend starts with. */
const CUSTOMERS = 300

interface WebFixtures {
  /** Opens the app on a new laptop; it is closed after the test. */
  readonly openLaptop: () => Promise<Laptop>
}
interface WebWorkerFixtures {
  /** One backend for all tests of a run: make what you need, don't count on what others left. */
  readonly backend: TestBackend
}

/** The test of specs in a browser: a real backend, and laptops. */
export const test = base.extend<WebFixtures, WebWorkerFixtures>({
  backend: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const backend = await startTestBackend({ customers: CUSTOMERS })
      await use(backend)
      await backend.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openLaptop: async ({ backend }, use) => {
    const laptops: Laptop[] = []
    await use(async () => {
      const laptop = await openLaptop(backend)
      laptops.push(laptop)
      return laptop
    })
    for (const laptop of laptops) await laptop.close()
  },
})

export { expect } from '@playwright/test'
