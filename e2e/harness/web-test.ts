import { type Browser, test as base, expect, type Page } from '@playwright/test'
import type { Role } from '#shared/domain/role.ts'
import { signIn, waitUntilInStep } from './app-page.ts'
import { startTestBackend, type TestBackend, type TestUser } from './backend.ts'
import { type Laptop, type LaptopRuntime, openLaptop } from './laptop.ts'
import { NOT_ON_DESKTOP, NOT_ON_DESKTOP_REASONS } from './not-on-desktop.ts'
import { openBrowser } from './profile.ts'

/** Customers of the first company that the shared backend starts with. */
const CUSTOMERS = 300

interface LaptopOptions {
  /** Set per project: how the app runs on the laptops. */
  readonly runtime: LaptopRuntime
}
interface Needs {
  readonly disk: true
}
interface LaptopFixtures {
  /** Skips the test, loudly, where it means nothing on the desktop. */
  readonly desktopGate: undefined
  /**
   * Opens the app on a new laptop, which is closed after the test. On the web it stores in memory, unless it is
   * said that it needs a disk: for what a browser stores, and to be killed and opened again.
   */
  readonly openLaptop: (needs?: Needs) => Promise<Laptop>
  /**
   * Opens one, signs somebody in, and waits until they have everything.
   * @param who a role stands for its first user in the first company
   */
  readonly signedIn: (who: Role | TestUser, needs?: Needs) => Promise<{ readonly laptop: Laptop; readonly page: Page }>
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
    const errors = laptops.flatMap(({ pageErrors }) => pageErrors)
    const closed = await Promise.allSettled(laptops.map((laptop) => laptop.close()))
    for (const end of closed) if (end.status === 'rejected') throw end.reason
    expect(
      errors.filter((text) => !text.includes('net::ERR')),
      'errors on the console',
    ).toEqual([])
  },
  signedIn: async ({ backend, openLaptop }, use) =>
    use(async (who, needs) => {
      const laptop = await openLaptop(needs)
      const page = laptop.page()
      await signIn(page, typeof who === 'string' ? backend.user(who) : who)
      await waitUntilInStep(page)
      return { laptop, page }
    }),
})

export { expect }
