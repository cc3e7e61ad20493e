import { expect, type Locator, type Page } from '@playwright/test'
import type { TestUser } from './backend.ts'

/** The sync pill: says in words how the replica stands, on every screen. */
export function syncPill(page: Page): Locator {
  return page.getByRole('button', { name: /^Sync: / }).or(page.getByRole('link', { name: /^Sync: / }))
}

type Credentials = Pick<TestUser, 'email' | 'password'>

/** Fills the form of the sign-in and sends it. */
export async function submitSignIn(page: Page, user: Credentials): Promise<void> {
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in through the form and waits until the app's own screens are there. */
export async function signIn(page: Page, user: Credentials): Promise<void> {
  await submitSignIn(page, user)
  await expect(syncPill(page)).toBeVisible({ timeout: 20_000 })
}

/** Waits until everything is sent and fetched. Looks often: Playwright itself soon looks twice a second only, and every spec waits here. */
export async function waitUntilInStep(page: Page, timeout = 60_000): Promise<void> {
  await expect
    .poll(() => syncPill(page).getAttribute('aria-label'), { intervals: [30], timeout })
    .toMatch(/^Sync: Up to date/)
}
