import { signIn, submitSignIn } from '../harness/app-page.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-5 SY-7: a wrong password, and a backend that does not answer, are told at the form, and signing in works then', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  const user = backend.user('analyst')
  await submitSignIn(page, { ...user, password: 'not-the-password' })
  await expect(page.getByRole('alert')).toContainText('The email address or the password is not right.')
  laptop.network.set('cut')
  await submitSignIn(page, user)
  await expect(page.getByRole('alert')).toContainText('The server does not answer.')
  laptop.network.set('up')
  await signIn(page, user)
})
