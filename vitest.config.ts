import { defineConfig } from 'vitest/config'

const integration = ['**/*.integration.test.ts']
const exclude = ['node_modules/**', 'out/**', 'e2e/specs/**']

/** `unit`: no server, seconds. `integration`: against a real Postgres 18 behind the embedded backend. */
export default defineConfig({
  test: {
    // Each file of `integration` starts a Postgres of its own, and waits more than it works: three at a time keep two
    // cores busy.
    maxWorkers: 3,
    // A busy machine is slow, not wrong: whatever is waited for comes in time, or never.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'sync/**/*.ts', 'database/**/*.ts', 'electron/main/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.d.ts', '**/contract.ts', '**/*.worker.ts', 'electron/main/index.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { statements: 80 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...integration],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          include: integration,
          exclude,
          globalSetup: ['database/embedded/testing/template-folder.ts'],
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
