import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { goTo } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-5: a wrong password is told at the form, in words', async ({ backend, openLaptop }) => {
  const page = (await openLaptop()).page()
  await page.getByLabel('Email').fill(backend.user('analyst').email)
  await page.getByLabel('Password', { exact: true }).fill('not-the-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(
    page
      .getByText(/password/i)
      .filter({ hasText: /wrong|not right|don't match|does not match/i })
      .first(),
  ).toBeVisible()
})

test('SY-7: a backend that does not answer is told at sign-in, and signing in works once it does', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  const user = backend.user('analyst')
  await expect(page.getByLabel('Email')).toBeVisible()
  laptop.network.set('cut')
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(/can.?t be reached|can not be reached|does not answer|no network/i).first()).toBeVisible()
  laptop.network.set('up')
  await signIn(page, user)
})

test('IO-1: a file that is no text is refused with a reason, and nothing is written', async ({
  backend,
  openLaptop,
}) => {
  const page = (await openLaptop()).page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  const before = await backend.sql()`select count(*)::int as count from public.customers`
  await goTo(page, 'Import')
  const buffer = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer })
  await expect(page.getByRole('alert').first()).toContainText(/picture|image|not.*text|CSV/i)
  await expect(page.getByText(/\bat .*\.(js|ts):\d+/)).toHaveCount(0)
  await waitUntilInStep(page)
  expect(await backend.sql()`select count(*)::int as count from public.customers`).toEqual(before)
})
