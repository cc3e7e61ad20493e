import { expect, test } from 'vitest'
import { SYNC_STOPPED } from '#shared/replica-api/sync-status.ts'
import { describePage } from './diagnostics.ts'
import type { AppSession } from './replica-model.ts'

const SESSION: AppSession = {
  kind: 'signedIn',
  user: { id: '0d6f1e6a-53a7-4a52-8f3b-0a54cbb4ba2e', email: 'ada@example.com', name: 'Ada Lovelace' },
  workspace: {
    companyId: '7a1f1e6a-53a7-4a52-8f3b-0a54cbb4ba2e',
    companyName: 'Analytical Engines Ltd',
    role: 'sales',
    country: 'GB',
  } as never,
}

test('EL-2: of the page support gets kinds, counts and codes, and no name, address, company or sentence', () => {
  const sync = {
    ...SYNC_STOPPED,
    waiting: 3,
    phase: {
      kind: 'failed' as const,
      error: { code: 'forbidden', message: 'Charles Babbage (+44 20 7946 0000) can not be saved.' },
      retryAt: null,
    },
  }
  const text = JSON.stringify(describePage(SESSION, sync, 'Chromium'))
  for (const planted of ['Ada', 'ada@', 'Analytical', 'Babbage', '7946', '0d6f1e6a', '7a1f1e6a']) {
    expect(text).not.toContain(planted)
  }
  expect(JSON.parse(text)).toMatchObject({ role: 'sales', sync: { phase: 'failed', error: 'forbidden', waiting: 3 } })
})
