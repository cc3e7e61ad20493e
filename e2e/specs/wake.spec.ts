import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { createCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** A token counts as expired when it has less than this left, in milliseconds: a constant of supabase-js. */
const RENEWED_BEFORE = 90_000

// A Chromium without a window can't be frozen (it ignores `Page.setWebLifecycleState`), so the page is
// told by the event with which Chromium ends a freeze.
test('SY-6: a page that thaws is in step at once, with a token that expired meanwhile and no hint of what changed', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  /** Of the token that the app has; on the way to another one: never. */
  let expiresAt = 0
  let isAsleep = false
  let renewals = 0
  await page.context().route('**/auth/v1/token?*', async (route) => {
    if (isAsleep) return route.abort()
    expiresAt = Number.POSITIVE_INFINITY
    const answer = await route.fetch()
    if (route.request().url().includes('grant_type=refresh_token')) renewals += 1
    expiresAt = Date.now() + 3_000
    const seconds = Math.floor((expiresAt + RENEWED_BEFORE) / 1_000)
    await route.fulfill({ response: answer, json: { ...(await answer.json()), expires_at: seconds } })
  })
  await signIn(page, backend.user('manager'))
  await waitUntilInStep(page)
  await createCustomer(page, { Name: 'Nora Winterschlaf' })
  await waitUntilInStep(page)
  await expect.poll(() => laptop.network.hintConnections()).toBe(1)
  isAsleep = true
  await expect.poll(() => Date.now() > expiresAt).toBe(true)
  renewals = 0

  await backend.sql().begin(async (sql) => {
    await sql`alter table private.pending_hints disable trigger pending_hints_flush`
    await sql`update public.customers set customer_phone = '+49 40 555 0600' where customer_name = 'Nora Winterschlaf'`
    await sql`alter table private.pending_hints enable trigger pending_hints_flush`
  })
  isAsleep = false
  await page.evaluate(() => document.dispatchEvent(new Event('resume')))
  // Without it, the next poll is half a minute away.
  await expect(page.getByText('+49 40 555 0600').first()).toBeVisible({ timeout: 10_000 })
  expect(renewals).toBeGreaterThan(0)
})
