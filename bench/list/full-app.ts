import type { Page } from '@playwright/test'
import { syncPill } from '../../e2e/harness/app-page.ts'
import { listRows, search } from '../../e2e/harness/screens.ts'
import type { BenchBackend } from '../first-sync/bench-backend.ts'

const PATIENCE_MS = 15 * 60_000

/** Signs in and waits until all customers are here, searchable, and on the screen as one list. */
export async function fillApp(page: Page, { user, lastEmail }: BenchBackend): Promise<void> {
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const upToDate = page.getByLabel(/^Sync: Up to date/)
  await syncPill(page).and(upToDate).waitFor({ timeout: PATIENCE_MS })
  await search(page, lastEmail)
  await listRows(page).filter({ hasText: lastEmail }).first().waitFor({ timeout: PATIENCE_MS })
  await search(page, '')
}

/** The question whose rows the list shows, as a number that grows with each. Runs in the page, too. */
export function shownQuery(): number {
  return Number(document.querySelector<HTMLElement>('[data-query]')?.dataset.query)
}
