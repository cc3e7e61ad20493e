import { appendFileSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { killBrowser, openProfile } from '../harness/profile.ts'
import type { Found, storageClient } from '../harness/storage-client.ts'
import { expect, test } from '../harness/web-test.ts'

/** As in `storage-client.ts`, which only a browser can load. */
const PAGE_ROWS = 300
/** How often the browser is killed; more by `KILLS=50`. */
const KILLS = Number(process.env.KILLS ?? 5)

interface ClientWindow {
  readonly storageClient: typeof storageClient
}

test('SY-2: a browser killed again and again in the middle of writes and pages loses no acknowledged edit, and the replica opens every time', async () => {
  test.setTimeout(60_000 + KILLS * 30_000)
  const singles = new Set<number>()
  const pages = new Set<number>()
  let restored = 0
  await withProfile(async (profile, url) => {
    for (let start = 0; start <= KILLS; start += 1) {
      await inBrowser(profile, url, async (page) => {
        const found = await read(page)
        check(found, singles, pages)
        if (found.condition !== 'sound') restored += 1
        // Two starts ago half a record was left, and the last one had the time to begin another journal.
        if (start % 4 === 2) expect(found.condition).toBe('sound')
        if (start === KILLS) return
        const from = Math.max(0, ...singles, ...pages) + 1_000
        await killWhileWriting(page, from, (kind, n) => (kind === 'page' ? pages : singles).add(n), 300)
      })
      // A kill seldom hits this moment by itself, and what it costs shows at the start after the next.
      if (start % 2 === 0) leaveHalfARecord(profile, start % 4 === 0 ? DEFAULT : MIRROR)
    }
  })
  const description = `${singles.size} edits, ${pages.size} pages; restored ${restored} times`
  test.info().annotations.push({ type: 'acknowledged', description })
  expect(singles.size).toBeGreaterThan(KILLS)
})

/** What Chromium takes for damage, and begins anew for. */
const WRECKS: Readonly<Record<string, (profile: string) => void>> = {
  CURRENT: (profile) => writeFileSync(oneOf(profile, DEFAULT, 'CURRENT'), 'no manifest'),
  // A record of 280 bytes that are not what its checksum says: LevelDB went on behind half of one.
  MANIFEST: (profile) => {
    const record = new Uint8Array(287)
    record.set([1, 2, 3, 4, 280 & 255, 280 >> 8, 1])
    appendFileSync(oneOf(profile, DEFAULT, 'MANIFEST-*'), record)
  },
}

for (const [wreck, spoil] of Object.entries(WRECKS)) {
  test(`SY-2: edits that waited are there after the browser has thrown away all its databases for a broken ${wreck}, and it is told`, async () => {
    const acknowledged = new Set<number>()
    await withProfile(async (profile, url) => {
      await inBrowser(profile, url, async (page) => {
        expect((await read(page)).condition).toBe('sound')
        await killWhileWriting(page, 1, (kind, n) => {
          if (kind === 'single') acknowledged.add(n)
        })
      })
      spoil(profile)
      await inBrowser(profile, url, async (page) => {
        const found = await read(page)
        expect(found).toMatchObject({ condition: 'restored', lastPage: 0 })
        expect(found.pages).toEqual({})
        expect([...acknowledged].filter((n) => !found.singles.includes(n))).toEqual([])
        expect(await read(page)).toMatchObject({ condition: 'sound', singles: found.singles })
        await page.evaluate(() => (globalThis as unknown as ClientWindow).storageClient.remove())
      })
      spoil(profile)
      await inBrowser(profile, url, async (page) => {
        expect(await read(page)).toMatchObject({ condition: 'sound', singles: [] })
      })
    })
  })
}

/** A new profile, and the address of the client. The profile stays, and is named, when the work fails. */
async function withProfile(work: (profile: string, url: string) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'tradesphere-kill-'))
  const site = await serveClient()
  try {
    await work(profile, site.url)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  } catch (error) {
    await test.info().attach('profile', { body: profile, contentType: 'text/plain' })
    throw error
  } finally {
    site.close()
  }
}

/**
 * Leaves what a kill between LevelDB's two writes of a record leaves at the end of its journal: a header, here of
 * 280 bytes, without what it announces.
 */
function leaveHalfARecord(profile: string, folder: string): void {
  appendFileSync(oneOf(profile, folder, '*.log'), Uint8Array.of(1, 2, 3, 4, 280 & 255, 280 >> 8, 1))
}

/** Where Chromium's IndexedDB lies in a profile: that of an origin, and that of a bucket. */
const DEFAULT = 'Default/IndexedDB/*.leveldb'
const MIRROR = 'Default/WebStorage/*/IndexedDB/*.leveldb'

/** The newest file of that name in such a folder. */
function oneOf(profile: string, folder: string, name: string): string {
  const file = globSync(join(profile, folder, name))
    .toSorted()
    .at(-1)
  if (file === undefined) throw new Error(`IndexedDB has no ${name}: Chromium keeps it in another way than in LevelDB`)
  return file
}

const read = (page: Page) => page.evaluate(() => (globalThis as unknown as ClientWindow).storageClient.read())

function check(found: Found, singles: ReadonlySet<number>, pages: Set<number>): void {
  const stored = new Set(found.singles)
  expect([...singles].filter((n) => !stored.has(n))).toEqual([])
  if (found.condition === 'restored') {
    // Chromium has deleted all databases; pages come from the server again.
    expect(found.pages).toEqual({})
    pages.clear()
    return
  }
  expect(found.condition).toBe('sound')
  expect([...pages].filter((n) => found.pages[n] !== PAGE_ROWS)).toEqual([])
  // Never half a page, and never a row without the state that was written with it, or the reverse.
  expect(Object.values(found.pages).filter((rows) => rows !== PAGE_ROWS)).toEqual([])
  expect(found.lastSingle).toBe(Math.max(0, ...found.singles))
  expect(found.lastPage).toBe(Math.max(0, ...Object.keys(found.pages).map(Number)))
}

/** Lets the client write, and kills the browser with SIGKILL a random while, but so long, after its first acknowledged write. */
async function killWhileWriting(
  page: Page,
  from: number,
  acknowledged: (kind: string, n: number) => void,
  leastMs = 0,
): Promise<void> {
  const first = Promise.withResolvers<void>()
  page.on('console', (message) => {
    const [kind = '', n = ''] = message.text().split(' ')
    if (kind !== 'single' && kind !== 'page') return
    acknowledged(kind, Number(n))
    first.resolve()
  })
  const writing = page.evaluate((n) => (globalThis as unknown as ClientWindow).storageClient.write(n), from)
  // It ends with the browser, never by itself; if it fails before, the test does.
  await Promise.race([first.promise, writing])
  writing.catch(() => undefined)
  await new Promise((done) => setTimeout(done, leastMs + Math.random() * 1_000))
  await killBrowser(page.context())
}

async function inBrowser<T>(profile: string, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await openProfile(profile)
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(url)
    await page.waitForFunction(() => 'storageClient' in globalThis)
    return await work(page)
  } finally {
    await context.close().catch(() => undefined)
  }
}

/** A page with nothing but the client: the storage by itself, without server or screen. */
async function serveClient(): Promise<{ readonly url: string; readonly close: () => void }> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2024',
      lib: { entry: resolve(import.meta.dirname, '../harness/storage-client.ts'), formats: ['es'], fileName: 'client' },
    },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const chunk = outputs.find((output) => output.type === 'chunk' && output.isEntry)
  if (chunk?.type !== 'chunk') throw new Error('the client could not be bundled')
  const { code } = chunk
  const server = createServer((request, response) => {
    const isScript = request.url === '/client.js'
    response.setHeader('content-type', `${isScript ? 'text/javascript' : 'text/html'}; charset=utf-8`)
    response.end(isScript ? code : '<!doctype html><title>kill</title><script type="module" src="/client.js"></script>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() }
}
