import type { Page } from '@playwright/test'
import { syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { listRows } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** Presses keys, one after the other. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Goes on with Tab until the button or link with that name has the focus, then presses it. */
async function pressOn(page: Page, name: string | RegExp): Promise<void> {
  const control = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first()
  await expect(control).toBeVisible()
  const isHere = () => control.evaluate((element) => element === document.activeElement)
  for (let left = 60; left > 0 && !(await isHere()); left -= 1) await page.keyboard.press('Tab')
  await expect(control).toBeFocused()
  await page.keyboard.press('Enter')
}

/** Notes, frame by frame, where nothing has the focus for longer than handing it over takes: after which key. */
async function watchFocus(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const lost: string[] = []
    let key = ''
    let frames = 0
    let since = 0
    Object.assign(window, { lost })
    const note = (event: KeyboardEvent): void => {
      key = event.key
    }
    window.addEventListener('keydown', note, { capture: true })
    const look = (now: number): void => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body
      frames = isNowhere ? frames + 1 : 0
      if (frames === 1) since = now
      // On a busy machine a frame takes as long as all that is to be done. After the last control Tab leaves the page.
      if (frames === 9 && key !== 'Tab')
        lost.push(`after ${key}, for ${Math.round(now - since)} ms, at ${location.hash}`)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return () => page.evaluate(() => [...(window as unknown as { lost: string[] }).lost])
}

test('UI-5: a whole day without a mouse: create, edit, merge, undo, import, and undo that; the focus is never lost', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  const pointed: string[] = []
  await page.exposeFunction('pointed', (what: string) => pointed.push(what))
  await page.addInitScript(() => {
    const { pointed: tell } = window as unknown as { pointed: (what: string) => void }
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      window.addEventListener(kind, () => tell(kind), { capture: true })
  })
  await page.reload()
  const { email, password } = backend.user('owner')

  await expect(page.getByLabel('Email')).toBeVisible()
  await page.getByLabel('Email').focus()
  await page.keyboard.type(email)
  await press(page, 'Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(syncPill(page)).toBeVisible()
  await waitUntilInStep(page)
  await page.getByRole('grid', { name: 'Customers' }).focus()
  const lost = await watchFocus(page)

  // Two customers, the second seen through the warning.
  for (const [name, phone] of [
    ['Tastatur Nord', '+49 40 7788 001'],
    ['Tastatur Nordd', '+49 40 7788 001'],
  ] as const) {
    await press(page, 'n')
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    await page.keyboard.type(name)
    await press(page, 'Tab', 'Tab')
    await page.keyboard.type(phone)
    await press(page, 'Control+Enter')
    await pressOn(page, 'View profile')
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  }

  await press(page, 'e')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await press(page, 'Tab')
  await page.keyboard.type('nordd@tastatur.example')
  await press(page, 'Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'nordd@tastatur.example' })).toBeVisible()

  await press(page, 'm')
  await expect(page.getByRole('textbox', { name: 'Find the other customer' })).toBeFocused()
  await page.keyboard.type('tastatur nord')
  await pressOn(page, /^Tastatur Nord(?!d)/)
  await expect(page.getByRole('heading', { level: 1, name: 'Merge 2 customers' })).toBeFocused()
  await press(page, 'j', '2', 'Enter')
  await expect(page.getByText(/^Merged /)).toBeVisible()
  await press(page, 'u')
  await expect(page.getByText('The merge was taken back')).toBeVisible()
  await press(page, '/')
  await page.keyboard.type('tastatur')
  await expect(listRows(page).filter({ hasText: 'Tastatur' })).toHaveCount(2)
  await press(page, 'Escape', 'Escape')

  await press(page, 'i')
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeFocused()
  const dialog = page.waitForEvent('filechooser')
  await pressOn(page, 'Choose a file')
  const rows = 'Name,Email\nTastatur Ost,ost@tastatur.example\nTastatur West,west@tastatur.example\n'
  await (await dialog).setFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await expect(page.getByText('Nothing has been written yet.')).toBeVisible()
  await pressOn(page, 'Rehearse 2 rows')
  await expect(page.getByText('This is what will happen to each')).toBeVisible()
  await pressOn(page, 'Import 2 rows')
  await expect(page.getByRole('heading', { name: '2 customers imported' })).toBeVisible()
  await pressOn(page, 'Undo the import')
  const question = page.getByRole('dialog', { name: /^Undo the import of/ })
  await expect(question.getByText('2 customers that this import made will go.')).toBeVisible()
  await press(page, 'Tab', 'Enter')
  await expect(page.getByRole('heading', { name: 'This import was undone' })).toBeVisible()
  await press(page, 'g', 'c')
  await expect(page.getByRole('grid', { name: 'Customers' })).toBeVisible()

  // What floats over a page closes with it, and by Escape also where the focus is elsewhere.
  const story = page.getByRole('dialog', { name: 'Sync' })
  const heading = page.getByRole('heading', { level: 1, name: 'Sync' })
  await pressOn(page, /^Sync: /)
  await pressOn(page, 'Open the sync page')
  await expect(heading).toBeFocused()
  await expect(story).toHaveCount(0)
  await pressOn(page, /^Sync: /)
  await expect(story).toBeVisible()
  await heading.focus()
  await press(page, 'Escape')
  await expect(story).toHaveCount(0)

  expect(await lost()).toEqual([])
  expect(pointed).toEqual([])
})
