import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { english } from '../../../renderer/texts/english/english.ts'
import { signIn, waitUntilInStep } from '../../harness/app-page.ts'
import { launchDesktop } from '../../harness/electron/launch.ts'
import { expect, goTo } from '../stop.ts'
import { prepare, type Stage } from './stage.ts'

/** What only the desktop app has: the first run, its settings, the lock. */
export async function desktop({ backend, camera }: Stage): Promise<void> {
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
