import { defineConfig } from '@playwright/test'
import type { DesktopOptions } from './e2e/harness/desktop-test.ts'

/** Specs of the desktop app alone: they run on Electron, real or played. */
const DESKTOP = 'desktop*.spec.ts'
const jsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE

export default defineConfig<DesktopOptions>({
  testDir: 'e2e/specs',
  globalSetup: './database/embedded/testing/template-folder.ts',
  // Test by test, not file by file: no worker is left with a long file at the end.
  fullyParallel: true,
  // A spec waits more than it works: two at a time keep two cores busy. Each worker has a backend of its own.
  workers: 2,
  // A browser on a busy machine may be late once; what needs the second try is named at the end of `npm test`.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  // What comes by sync comes late on a busy machine; what must be fast says so where it is asked.
  expect: { timeout: 20_000 },
  use: { trace: 'off', screenshot: 'only-on-failure' },
  reporter: [
    ['list'],
    ['./e2e/harness/loud-skip.ts'],
    ...(jsonReport === undefined ? [] : [['json', { outputFile: jsonReport }] as [string, unknown]]),
  ],
  projects: [
    // What `npm test` plays on the desktop app: its own specs, and a choice of the others.
    {
      name: 'standin',
      grep: [/ desktop[\w-]*\.spec\.ts /, /@desktop/],
      grepInvert: /@real/,
      use: { runtime: 'standin' },
    },
    // `npm run e2e:desktop`: all of them.
    { name: 'standin-all', grepInvert: /@real/, use: { runtime: 'standin' } },
    { name: 'electron', testMatch: DESKTOP, grepInvert: /@standin/, use: { runtime: 'electron' } },
    { name: 'web', testIgnore: DESKTOP },
  ],
})
