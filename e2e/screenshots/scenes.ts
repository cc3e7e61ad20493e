import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { english } from '../../renderer/texts/english/english.ts'
import { german } from '../../renderer/texts/german/german.ts'
import { signIn, syncPill, waitUntilInStep } from '../harness/app-page.ts'
import type { TestBackend, TestUser } from '../harness/backend.ts'
import { launchDesktop } from '../harness/electron/launch.ts'
import { type Laptop, openLaptop } from '../harness/laptop.ts'
import { membersAs } from '../harness/members.ts'
import { createCustomer, editCustomer } from '../harness/screens.ts'
import { spoilStorage } from '../harness/spoil-storage.ts'
import { type Camera, DARK_VIEWS, WIDE } from './camera.ts'
import type { DemoBase } from './demo-base.ts'
import { expect, goTo } from './stop.ts'
import { tour } from './tour.ts'

/** What a scene plays with. */
interface Stage {
  readonly backend: TestBackend
  readonly base: DemoBase
  readonly camera: Camera
}

/** Somebody's laptop in a situation, and the screens they see in it. */
interface Scene {
  readonly name: string
  readonly run: (stage: Stage) => Promise<void>
}

/** In this order: later ones take from the demo company what earlier ones show. */
export const SCENES: readonly Scene[] = [
  { name: 'owner', run: owner },
  { name: 'German', run: inGerman },
  { name: 'right to left', run: rightToLeft },
  { name: 'signed out', run: signedOut },
  { name: 'loading', run: loading },
  { name: 'analyst', run: analyst },
  { name: 'offline', run: offline },
  { name: 'storage', run: storage },
  { name: 'empty', run: emptyCompany },
  { name: 'desktop', run: desktop },
]

/** The window as the pictures begin with it, nothing moving, and nobody waits long for what does not come. */
async function prepare(page: Page): Promise<void> {
  page.setDefaultTimeout(30_000)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(WIDE)
}

async function onLaptop(
  backend: TestBackend,
  user: TestUser | null,
  act: (laptop: Laptop) => Promise<void>,
): Promise<void> {
  const laptop = await openLaptop(backend, 'web')
  try {
    await prepare(laptop.page())
    if (user !== null) {
      await signIn(laptop.page(), user)
      await waitUntilInStep(laptop.page())
    }
    await act(laptop)
  } finally {
    await laptop.close()
  }
}

async function owner({ backend, base, camera }: Stage): Promise<void> {
  // Colleagues, whose devices the owner sees.
  for (const role of ['manager', 'sales'] as const) await onLaptop(backend, backend.user(role), async () => {})
  // Its file of customers is German: so are the numbers without a country.
  await backend.sql()`
    update public.companies set country = 'DE'
     where id = (select company_id from public.customers where id = ${base.firm})`
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    for (const { name, open } of tour(base, 'Nord')) await camera.visit(page, name, () => open(page, english))
  })
}

async function inGerman({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await page.evaluate(() => localStorage.setItem('crm.language', '"de"'))
    await page.reload()
    for (const { name, open } of tour(base, 'Ost'))
      await camera.visit(page, `German: ${name}`, () => open(page, german), DARK_VIEWS)
  })
}

const RIGHT_TO_LEFT = [
  'list',
  'customer',
  'customer, quotes',
  'merge',
  'import, rehearsal',
  'overview',
  'settings, members',
]

async function rightToLeft({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('dir', 'rtl'))
    })
    await page.reload()
    for (const { name, open } of tour(base, 'West'))
      if (RIGHT_TO_LEFT.includes(name) || name === 'import, columns')
        await camera.visit(page, `right to left: ${name}`, () => open(page, english))
  })
}

async function signedOut({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, null, async (laptop) => {
    const page = laptop.page()
    const { signIn: words } = english
    await camera.visit(page, 'sign-in', () => expect(page.getByRole('button', { name: words.submit })).toBeVisible())
    await camera.visit(page, 'sign-in, wrong password', async () => {
      await page.getByLabel(words.email).fill(backend.user('owner').email)
      await page.getByLabel(words.password, { exact: true }).fill('not the password')
      await page.getByRole('button', { name: words.submit }).click()
      await expect(page.getByRole('alert')).toBeVisible()
    })
    await camera.visit(page, 'sign-in, with an invitation', async () => {
      await page.getByRole('button', { name: words.invited }).click()
      await expect(page.getByLabel(words.invitation)).toBeVisible()
    })
    await camera.visit(page, 'sign-in, offline', async () => {
      await laptop.goOffline()
      await expect(page.getByText(words.offline)).toBeVisible()
    })
  })
}

async function loading({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, null, async (laptop) => {
    const page = laptop.page()
    await camera.visit(page, 'first sync', async () => {
      const { email, password } = backend.user('owner')
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password', { exact: true }).fill(password)
      // The app itself is here, so what comes now is the answer to the sign-in, the company, and the customers.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      const before = laptop.network.passed().down
      await page.getByRole('button', { name: english.signIn.submit }).click()
      const isPulling = () => laptop.network.passed().down - before
      await expect.poll(isPulling, { intervals: [1] }).toBeGreaterThan(15_000)
      laptop.network.set('paused')
      await expect(page.getByText(english.firstSync.title)).toBeVisible()
    })
    laptop.network.set('up')
    await waitUntilInStep(page)
    laptop.network.set('paused')
    await camera.visit(page, 'settings, devices, the server is slow', async () => {
      await goTo(page, '/settings/devices')
      await expect(page.getByRole('status', { name: english.settings.loading })).toBeVisible()
    })
    await camera.visit(page, 'sync, saving', async () => {
      await goTo(page, '/sync')
      await page.getByRole('button', { name: english.actions.syncNow }).click()
    })
    laptop.network.set('up')
  })
}

async function analyst({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('analyst'), async (laptop) => {
    const page = laptop.page()
    const places: readonly (readonly [name: string, path: string])[] = [
      ['list', '/customers'],
      ['customer', `/customers/${base.firm}`],
      ['import', '/import'],
      ['merge', `/merge/${base.firm},${base.twin}`],
      ['company', '/settings/company'],
      ['members', '/settings/members'],
      ['privacy', '/settings/privacy'],
      ['log', '/settings/log'],
    ]
    for (const [name, path] of places) {
      await camera.visit(page, `analyst: ${name}`, async () => {
        await goTo(page, path)
        await expect(page.getByRole('heading').first()).toBeVisible()
      })
    }
    await camera.visit(page, 'analyst: a refusal on focus', async () => {
      await goTo(page, '/customers')
      await page.getByRole('button', { name: english.export.title, exact: true }).focus()
      await page.keyboard.press('Tab')
      await expect(page.getByRole('tooltip')).toBeVisible()
    })
  })
}

async function offline({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await laptop.goOffline()
    await goTo(page, `/customers/${base.firm}`)
    await editCustomer(page, { Phone: '+49 40 3344 299' })
    await createCustomer(page, { Name: 'Bootswerft Kiekeberg', Email: 'werft@kiekeberg.example' })
    await camera.visit(page, 'offline: customer that waits', async () => {
      await goTo(page, `/customers/${base.firm}`)
      await expect(syncPill(page)).toHaveAccessibleName(/Offline · 2 changes waiting/, { timeout: 20_000 })
    })
    await camera.visit(page, 'offline: sync, in the pill', async () => {
      await syncPill(page).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
    for (const section of ['devices', 'members', 'privacy', 'log'] as const) {
      await camera.visit(page, `offline: settings, ${section}`, async () => {
        await goTo(page, `/settings/${section}`)
        await expect(page.getByText(/This needs a network/).first()).toBeVisible({ timeout: 30_000 })
      })
    }
    await camera.visit(page, 'offline: signing out with unsent changes', async () => {
      await goTo(page, '/customers')
      await page.getByRole('button', { name: /^Account of/ }).click()
      await page.getByRole('menuitem', { name: english.actions.signOut }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
    await camera.visit(page, 'attention, two people changed a field', async () => {
      await goTo(page, '/attention')
      await backend.sql()`update public.customers set customer_phone = '+49 40 3344 777' where id = ${base.firm}`
      await laptop.goOnline()
      await expect(page.getByRole('main').getByText('+49 40 3344 777')).toBeVisible({ timeout: 30_000 })
    })
  })
  await onLaptop(backend, backend.user('sales'), async (laptop) => {
    const page = laptop.page()
    await createCustomer(page, { Name: 'Odilo Fremdgut' })
    await waitUntilInStep(page)
    await laptop.goOffline()
    await backend.sql()`
      update public.customers set owner_id = m.user_id, created_by_user_id = m.user_id
        from public.company_members m join auth.users u on u.id = m.user_id
       where customers.customer_name = 'Odilo Fremdgut' and u.email = ${backend.user('sales', 0, 1).email}`
    await editCustomer(page, { Phone: '+61 2 5550 0666' })
    await laptop.goOnline()
    await camera.visit(page, 'attention, a change was refused', async () => {
      await goTo(page, '/attention')
      await expect(page.getByText('Odilo Fremdgut').first()).toBeVisible({ timeout: 30_000 })
    })
    await camera.visit(page, 'attention, discarding a change', async () => {
      await page.getByRole('button', { name: english.attention.discard, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
  })
}

async function storage({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('manager'), async (laptop) => {
    const page = laptop.page()
    const second = await page.context().newPage()
    await prepare(second)
    await camera.visit(second, 'open in another window', async () => {
      await second.goto(page.url())
      await expect(second.getByRole('alert')).toContainText('another window')
    })
    await second.close()
    await laptop.goOffline()
    await createCustomer(page, { Name: 'Konrad Schloss' })
    await camera.visit(page, 'the copy is damaged', async () => {
      await spoilStorage(page, { kind: 'breakRecord' })
      await page.reload()
      await expect(page.getByText('was damaged and has been repaired')).toBeVisible()
    })
    await camera.visit(page, 'the key is missing', async () => {
      await spoilStorage(page, { kind: 'hideKey' })
      await page.reload()
      await expect(page.getByRole('button', { name: english.actions.tryAgain })).toBeVisible()
    })
  })
  const rep = backend.user('sales', 1)
  const members = await membersAs(backend, backend.user('owner', 1))
  await onLaptop(backend, rep, async (laptop) => {
    const page = laptop.page()
    await laptop.goOffline()
    await createCustomer(page, { Name: 'Yvonne Ungesendet' })
    await members.revoke(rep)
    await camera.visit(page, 'access lost', async () => {
      await laptop.goOnline()
      await expect(page.getByRole('heading', { name: /^You no longer have access to / })).toBeVisible({
        timeout: 40_000,
      })
    })
  })
}

async function emptyCompany({ backend, camera }: Stage): Promise<void> {
  const user = backend.user('owner', 1)
  await backend.sql()`
    update public.customers set deleted_at = now()
     where company_id = (select id from public.companies where name = ${user.company})`
  await backend.sql()`
    delete from public."VC Usage" where company_id = (select id from public.companies where name = ${user.company})`
  await onLaptop(backend, user, async (laptop) => {
    const page = laptop.page()
    for (const [name, path] of [
      ['list', '/customers'],
      ['overview', '/dashboard'],
      ['duplicates', '/duplicates'],
      ['unlinked conversations', '/conversations'],
      ['import', '/import'],
    ] as const) {
      await camera.visit(page, `empty: ${name}`, async () => {
        await goTo(page, path)
        await expect(page.getByRole('main').getByText(/\S/).first()).toBeVisible()
      })
    }
  })
}

async function desktop({ backend, camera }: Stage): Promise<void> {
  const userData = mkdtempSync(join(tmpdir(), 'tradesphere-screens-'))
  const app = await launchDesktop({ runtime: 'standin', config: null, userData })
  try {
    const page = await app.firstWindow()
    await prepare(page)
    const { firstRun, settings } = english.desktop
    await camera.visit(page, 'first run', () => expect(page.getByLabel(firstRun.server)).toBeVisible())
    await page.getByLabel(firstRun.server).fill(backend.url())
    await page.getByLabel(firstRun.key).fill(backend.publishableKey())
    await page.getByRole('button', { name: firstRun.connect }).click()
    await signIn(page, backend.user('owner'))
    await waitUntilInStep(page)
    await camera.visit(page, 'desktop: this app', async () => {
      await goTo(page, '/settings/app')
      await page.getByLabel(settings.newPin).fill('4711')
      await page.getByRole('button', { name: settings.turnOn }).click()
      await expect(page.getByText(settings.lockOn(15))).toBeVisible()
    })
    await camera.visit(page, 'desktop: locked', async () => {
      await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'), null)
      await expect(page.getByRole('heading', { name: english.desktop.lock.title })).toBeVisible()
    })
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true })
  }
}
