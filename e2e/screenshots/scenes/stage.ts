import type { Page } from '@playwright/test'
import { signIn, waitUntilInStep } from '../../harness/app-page.ts'
import type { TestBackend, TestUser } from '../../harness/backend.ts'
import { type Laptop, openLaptop } from '../../harness/laptop.ts'
import { type Camera, WIDE } from '../camera.ts'
import type { DemoBase } from '../demo-base.ts'

/** What a scene plays with. */
export interface Stage {
  readonly backend: TestBackend
  readonly base: DemoBase
  readonly camera: Camera
}

/** Somebody's laptop in a situation, and the screens they see in it. */
export interface Scene {
  readonly name: string
  readonly run: (stage: Stage) => Promise<void>
}

/** The window as the pictures begin with it, nothing moving, and nobody waits long for what does not come. */
export async function prepare(page: Page): Promise<void> {
  page.setDefaultTimeout(30_000)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(WIDE)
}

/** A laptop of its own with somebody signed in, everything fetched; null: nobody is. */
export async function onLaptop(
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
