import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, headlessExecutable } from '#scripts/chromium.ts'

type ProfileOptions = Pick<BrowserContextOptions, 'viewport' | 'serviceWorkers'>
const LOCALE = { locale: 'en-GB' }

function launchOptions() {
  const executablePath = headlessExecutable()
  return { ...(executablePath === undefined ? {} : { executablePath }), args: [...CHROMIUM_FLAGS] }
}

/** Starts Chromium on a lasting profile, which one browser at a time can use. */
export function openProfile(folder: string, options: ProfileOptions = {}): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...launchOptions(), ...LOCALE, ...options })
}

/** Starts Chromium for many profiles. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions())
}

/**
 * A profile of its own in a shared browser, in a third of the time that a lasting one takes: an incognito
 * one, whose storage is in memory and never on a disk, and gone when it is closed.
 */
export function openPassingProfile(browser: Browser, options: ProfileOptions): Promise<BrowserContext> {
  return browser.newContext({ ...LOCALE, ...options })
}

/** Adds the errors on the console of a page, and uncaught ones, from now on. */
export function collectErrors(page: Page, errors: string[] = []): readonly string[] {
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

/** SIGKILL to the browser, with everything in it. Resolves once it is gone. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const closed = new Promise<void>((done) => context.once('close', () => done()))
  process.kill(await browserPid(context), 'SIGKILL')
  await closed
}

/** The process of the browser itself, which Playwright doesn't tell: asked over the debugging protocol. */
async function browserPid(context: BrowserContext): Promise<number> {
  const browser = context.browser()
  if (browser === null)
    throw new Error('Playwright hides the browser of a persistent profile: its process is not known')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const main = processInfo.find(({ type }) => type === 'browser')
  if (main === undefined) throw new Error('the browser names no process of its own')
  return main.id
}
