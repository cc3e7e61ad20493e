import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, chromiumExecutable } from '#scripts/chromium.ts'

const PATIENCE_MS = 15 * 60_000

/**
 * A profile on disk: in a private window IndexedDB would be in memory. Each `visit` is a browser of its own.
 * `flags`: more switches for it.
 */
export interface BrowserProfile {
  readonly visit: <T>(url: string, work: (page: Page) => Promise<T>) => Promise<T>
  readonly remove: () => void
}

export function browserProfile(flags: readonly string[] = []): BrowserProfile {
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-bench-local-'))
  return {
    visit: async (url, work) => {
      const executablePath = chromiumExecutable()
      const context = await chromium.launchPersistentContext(folder, {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [...CHROMIUM_FLAGS, ...flags],
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
      })
      try {
        const page = context.pages()[0] ?? (await context.newPage())
        page.setDefaultTimeout(PATIENCE_MS)
        await page.goto(url)
        return await work(page)
      } finally {
        await context.close()
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}
