import { type Browser, test as base } from '@playwright/test'
import { startTestBackend, type TestBackend } from './backend.ts'
import { type Laptop, type LaptopRuntime, openLaptop } from './laptop.ts'
import { NOT_ON_DESKTOP, NOT_ON_DESKTOP_REASONS } from './not-on-desktop.ts'
import { openBrowser } from './profile.ts'

/** Customers of the first company that the shared backend starts with. */
const CUSTOMERS = 300

interface LaptopOptions {
  /** Set per project: how the app runs on the laptops. */
  readonly runtime: LaptopRuntime
}
interface LaptopFixtures {
  /** Skips the test, loudly, where it means nothing on the desktop. */
  readonly desktopGate: undefined
  /**
   * Opens the app on a new laptop, which is closed after the test. On the web it stores in memory, unless it is
   * said that it needs a disk: for what a browser stores, and to be killed and opened again.
   */
  readonly openLaptop: (needs?: { readonly disk: true }) => Promise<Laptop>
}
interface WorkerFixtures {
  /** One backend for all tests of a run: make what you need, don't count on what others left. */
  readonly backend: TestBackend
  /** One browser for all laptops of a run without a disk, started with the first. */
  readonly sharedBrowser: () => Promise<Browser>
}

/** The test of specs of the app: a real backend, and laptops with the web app or the desktop app on them. */
export const test = base.extend<LaptopFixtures & LaptopOptions, WorkerFixtures>({
  runtime: ['web', { option: true }],
  desktopGate: [
    async ({ runtime }, use, info) => {
      const reason = runtime === 'web' ? undefined : NOT_ON_DESKTOP_REASONS[info.title]
      if (reason !== undefined) {
        info.annotations.push({ type: NOT_ON_DESKTOP, description: reason })
        info.skip(true, reason)
      }
      await use(undefined)
    },
    { auto: true },
  ],
  backend: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const backend = await startTestBackend({ customers: CUSTOMERS })
      await use(backend)
      await backend.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  sharedBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      let started = null as Promise<Browser> | null
      await use(() => {
        started ??= openBrowser()
        return started
      })
      await (await started)?.close()
    },
    { scope: 'worker' },
  ],
  openLaptop: async ({ backend, runtime, sharedBrowser }, use) => {
    const laptops: Laptop[] = []
    await use(async (needs) => {
      const isOwn = runtime !== 'web' || needs?.disk === true
      const laptop = await openLaptop(backend, runtime, isOwn ? undefined : await sharedBrowser())
      laptops.push(laptop)
      return laptop
    })
    const closed = await Promise.allSettled(laptops.map((laptop) => laptop.close()))
    for (const end of closed) if (end.status === 'rejected') throw end.reason
  },
})

export { expect } from '@playwright/test'
