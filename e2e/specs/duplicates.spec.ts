import type { Page } from '@playwright/test'
import { waitUntilInStep } from '../harness/app-page.ts'
import type { TestBackend } from '../harness/backend.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { goTo, listRows, openCustomer, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

const GIVEN = `Albrecht Beatrix Cosima Dietmar Elfriede Falko Gudrun Hartmut Isolde Jonas Kunigunde Lothar Mechthild
  Norbert Ottilie Pankraz Quirin Roswitha Siegbert Traudel Ulrich Veronika Wenzel Xenia Yvonne Zacharias Agathe Burkhard
  Clothilde Detlef`.split(/\s+/)
const FAMILIES = `Abendroth Birnbaum Cornelius Dachsmann Eschenbach Finkenstein Grollmann Hufnagel Immendorf Jaeckel
  Kesselring Liebknecht Morgenstern Nachtigall Oberhuber Pfefferkorn Quandt Rosenzweig Siebenhaar Tauber Unterberg
  Vogelsang Wackernagel Yblagger Zuckerbrod Ahrendt Brockdorff Czerny Dornseif Emmerich`.split(/\s+/)
const TOWNS = ['20459 Hamburg', '80331 München', '50667 Köln', '01067 Dresden', '28195 Bremen', '99084 Erfurt']

/** Some people, each written down twice. Resolves to their names. */
async function putTwice(backend: TestBackend, from: number, count: number): Promise<string[]> {
  const names = GIVEN.slice(from, from + count).map((given, at) => `${given} ${FAMILIES[from + at]}`)
  const people = names.flatMap((name, index) => {
    const at = from + index
    const email = `${name.toLowerCase().replace(' ', '.')}@mail.example`
    const phone = `+49 ${30 + at * 7} ${((at + 3) * 7_654_321) % 10_000_000}`
    const address = `${FAMILIES[(at + 11) % 30]}weg ${at * 3 + 1}, ${TOWNS[at % 6]}`
    return [
      { name, email, phone, address },
      { name, email, phone, notes: `Second of ${name}.` },
    ]
  })
  await putCustomers(backend, people)
  return names
}

/** The group that is looked at. */
function group(page: Page) {
  return page.getByRole('article', { name: /^Are these one customer\?/ })
}

async function lookedAt(page: Page): Promise<string> {
  const label = await group(page).getAttribute('aria-label')
  return label?.replace('Are these one customer? ', '') ?? ''
}

/** Live customers of a name on the server. */
async function live(backend: TestBackend, name: string): Promise<number> {
  const [row] = await backend.sql()<{ count: number }[]>`
    select count(*)::int as count from public.customers where customer_name = ${name} and deleted_at is null`
  return row?.count ?? -1
}

test('SE-3 UI-3: who is written down twice is told while typing, and why; saving stays possible', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [{ name: 'Waldtraut Xaver', phone: '+494061234567', notes: 'Rings early.' }])
  const { laptop, page } = await signedIn('owner')
  await laptop.goOffline()
  const box = page.getByRole('region', { name: 'Somebody like this is here already' })
  const type = async (name: string): Promise<void> => {
    await goTo(page, 'Customers')
    await page.getByRole('button', { name: 'New customer' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Phone', { exact: true }).fill('040 61234567')
    // The first time, everybody has to be compared first.
    await expect(box).toContainText('Waldtraut Xaver')
  }

  await type('Waltraut Xaver')
  await expect(box).toContainText('same phone')
  await expect(box, 'as the list shows it').toContainText('+49 40 61234567')
  await box.getByRole('button', { name: "It's someone else" }).click()
  await expect(box).toHaveCount(0)
  await page.getByRole('button', { name: 'Create customer' }).click()
  await page.getByRole('button', { name: 'View profile' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Waltraut Xaver' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Waltraut Xaver deleted')).toBeVisible()

  // What was typed goes to the one who is here; it is looked at, then saved.
  await type('Waldtraud Xaver')
  await page.getByLabel('Email', { exact: true }).fill('w@xaver.example')
  await box.getByRole('button', { name: 'Add to this one' }).first().click()
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue('w@xaver.example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('w@xaver.example').first()).toBeVisible()
  await expect(page.getByText(/Rings early\./).first()).toBeVisible()
  await search(page, 'Waldtraud Xaver')
  await expect(listRows(page).filter({ hasText: 'Waldtraut Xaver' })).toHaveCount(1)
  await expect(listRows(page).filter({ hasText: 'Waldtraud Xaver' })).toHaveCount(0)
})

test('SE-5: the inbox is worked by keys: merged, chosen, not a duplicate, skipped, and each taken back', async ({
  backend,
  signedIn,
}) => {
  await putTwice(backend, 0, 4)
  const { page } = await signedIn('manager')
  await page.keyboard.press('d')
  await expect(page.getByRole('heading', { level: 1, name: 'Duplicates' })).toBeFocused()
  await expect(group(page)).toContainText(/very likely · \d\d %/)
  await expect(group(page)).toContainText('same phone')
  const first = await lookedAt(page)
  await page.keyboard.press('j')
  await expect.poll(() => lookedAt(page)).not.toBe(first)
  await page.keyboard.press('k')
  await expect.poll(() => lookedAt(page)).toBe(first)

  // Merged as suggested; the next one is there; taken back; merged for good.
  await page.keyboard.press('a')
  await expect.poll(() => lookedAt(page)).not.toBe(first)
  await expect(page.getByText(`Merged ${first}`)).toBeVisible()
  await expect.poll(() => live(backend, first)).toBe(1)
  await page.keyboard.press('u')
  await expect.poll(() => lookedAt(page)).toBe(first)
  await expect.poll(() => live(backend, first)).toBe(2)
  await page.keyboard.press('a')
  await expect.poll(() => lookedAt(page)).not.toBe(first)

  // Not a duplicate, taken back, and for good.
  const second = await lookedAt(page)
  await page.keyboard.press('r')
  await expect.poll(() => lookedAt(page)).not.toBe(second)
  await page.keyboard.press('u')
  await expect.poll(() => lookedAt(page)).toBe(second)
  await page.keyboard.press('r')
  await expect.poll(() => lookedAt(page)).not.toBe(second)

  // Skipped, then chosen by field.
  const third = await lookedAt(page)
  await page.keyboard.press('s')
  await expect.poll(() => lookedAt(page)).not.toBe(third)
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { name: 'Merge 2 customers' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/2 merged, 1 not duplicates, 1 skipped/)).toBeVisible()
  await waitUntilInStep(page)
  await expect.poll(() => Promise.all([first, second, third].map((name) => live(backend, name)))).toEqual([1, 2, 2])
  await expect
    .poll(
      () => backend.sql()`
        select from public.duplicate_dismissals join public.customers c on c.id = customer_a where customer_name = ${second}`,
    )
    .toHaveLength(1)

  // Whoever was told apart stays so, after a restart and for others; who was skipped is there again.
  await page.reload()
  await expect(group(page)).toBeVisible()
  const list = page.getByRole('region', { name: 'Groups' })
  await expect(list.getByText(third)).toBeVisible()
  await expect(list.getByText(second)).toHaveCount(0)
})

test('SE-5: decisions as fast as the keys come, each written', async ({ backend, signedIn }) => {
  const names = await putTwice(backend, 5, 25)
  const { page } = await signedIn('owner')
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  const list = page.getByRole('region', { name: 'Groups' })
  for (const name of names) await expect(list.getByText(name)).toBeVisible()
  // Others' groups of this run are passed over.
  let merged = 0
  const startedAt = Date.now()
  for (let presses = 0; merged < names.length && presses < 200; presses += 1) {
    const isOurs = names.includes(await lookedAt(page))
    await page.keyboard.press(isOurs ? 'a' : 's')
    if (isOurs) merged += 1
  }
  const seconds = (Date.now() - startedAt) / 1_000
  console.log(`${names.length} decisions in ${seconds.toFixed(1)} s`)
  // A hundred in five minutes leave 3 s each to look; the app takes nothing of them.
  expect(seconds / names.length).toBeLessThan(1)
  await expect
    .poll(
      () => backend.sql()`
        select count(*) filter (where deleted_at is null)::int as live, count(merged_into)::int as merged
          from public.customers where customer_name = any (${names})`,
    )
    .toEqual([{ live: names.length, merged: names.length }])
})

test('R-1 UI-6: a sales rep sees duplicates side by side and is told why they neither decide nor merge', async ({
  backend,
  signedIn,
}) => {
  const [name = ''] = await putTwice(backend, 4, 1)
  const { page } = await signedIn('sales')
  const reason = page.getByText("Sales can't merge customers in this company.", { exact: true })
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Duplicates/ })
    .click()
  await expect(group(page)).toBeVisible()
  await expect(page.getByText(/You can look at these, but not decide: Sales can't merge customers/)).toBeVisible()
  const before = await lookedAt(page)
  await page.keyboard.press('a')
  await expect(reason).toBeVisible()
  expect(await lookedAt(page)).toBe(before)
  await expect(page.getByRole('button', { name: /^Not a duplicate/ })).toHaveAccessibleDescription(/can't merge/)

  await openCustomer(page, name)
  await expect(page.getByRole('button', { name: 'Merge with…' })).toHaveAccessibleDescription(/can't merge customers/)
  await page.getByText('Looks like').waitFor()
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { name: 'Merge 2 customers' })).toBeVisible()
  await page.getByRole('button', { name: 'Merge', exact: true }).click({ force: true })
  await expect(reason).toBeVisible()
  expect(await live(backend, name)).toBe(2)
})
