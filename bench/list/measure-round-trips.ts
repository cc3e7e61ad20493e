import type { BrowserContext, Page } from '@playwright/test'
import { createClient } from '@supabase/supabase-js'
import { listRows, search } from '../../e2e/harness/screens.ts'
import { type BenchBackend, startBenchBackend } from '../first-sync/bench-backend.ts'
import { browserProfile } from '../local/browser-run.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { fillApp, shownQuery } from './full-app.ts'

/** Lists and openings that are asked for. */
const ACTIONS = 25
const TEXTS = ['a', 'mue', 'berlin', 'gmail', '0412', 'anna', 'schmidt', 'street']
/** The backend's own paths; all others are the app's files. */
const API = /\/(rest|auth|realtime|storage|functions)\/v1\//
/** What keeps the replica in step, whatever is on the screen: the view that is noted behind an opening goes this way, too. */
const SYNC = /\/rest\/v1\/rpc\/sync_|\/auth\/v1\/token/

/**
 * PF-12: round trips to the server from asking for a list or a customer until it shows, in the built app
 * in Chromium, online, with its replica full. All requests to the backend are held back from the click on
 * until the answer shows, so that nothing on the screen can have come from one; those under way are
 * counted, but for sync's own, which are told beside it. Baseline: a plain supabase-js client that does
 * the same against the same backend, its requests counted where they leave.
 */
export async function measureRoundTrips(customers: number, say: (text: string) => void): Promise<Measurement[]> {
  const bench = await startBenchBackend(customers, say)
  const profile = browserProfile()
  try {
    const counted = await profile.visit(bench.backend.url, async (page) => {
      const gate = await holdingGate(page.context())
      await fillApp(page, bench)
      if (gate.seen() === 0) throw new Error("the worker's requests were not seen: nothing could be counted")
      say(`PF-12: ${bench.rows} customers are here; ${gate.seen()} requests so far`)
      const lists = await everyTime((n) => gate.during(() => list(page, n)))
      await search(page, '')
      const openings = await everyTime((n) => gate.during(() => open(page, n)))
      say(`PF-12: sync's own meanwhile: ${gate.ofSync()} requests, held back until the answer showed`)
      return { lists, openings }
    })
    const plain = await plainClient(bench)
    return [
      line('requests to list customers', bench.rows, counted.lists, plain.list),
      line('requests to open a customer', bench.rows, counted.openings, plain.open),
    ]
  } finally {
    profile.remove()
    await bench.close()
  }
}

interface Gate {
  /** Requests to the backend so far. */
  readonly seen: () => number
  /** Those of sync that were held back. */
  readonly ofSync: () => number
  /** Runs something while no request to the backend is answered; how many others than sync's there were. */
  readonly during: (work: () => Promise<void>) => Promise<number>
}

async function holdingGate(context: BrowserContext): Promise<Gate> {
  let seen = 0
  let ofSync = 0
  let others = 0
  let opened: Promise<void> | null = null
  await context.route(API, async (route) => {
    seen += 1
    if (opened !== null) {
      if (SYNC.test(route.request().url())) ofSync += 1
      else others += 1
      await opened
    }
    await route.continue()
  })
  return {
    seen: () => seen,
    ofSync: () => ofSync,
    during: async (work) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      opened = promise
      others = 0
      try {
        await work()
        return others
      } finally {
        opened = null
        resolve()
      }
    },
  }
}

async function everyTime(count: (n: number) => Promise<number>): Promise<number[]> {
  const counts: number[] = []
  for (let n = 0; n < ACTIONS; n += 1) counts.push(await count(n))
  return counts
}

async function list(page: Page, n: number): Promise<void> {
  const before = await page.evaluate(shownQuery)
  await search(page, `${TEXTS[n % TEXTS.length]}${n < TEXTS.length ? '' : ` ${n}`}`)
  while ((await page.evaluate(shownQuery)) === before) await page.waitForTimeout(5)
}

async function open(page: Page, n: number): Promise<void> {
  const row = listRows(page).nth(1 + (n % 12))
  const id = await row.getAttribute('data-customer')
  if (id === null) throw new Error('there is no customer in this row to open')
  await row.click()
  await page.waitForURL((url) => url.hash.includes(id))
  // Nobody was open before.
  const heading = page.getByRole('complementary').getByRole('heading', { level: 2 }).first()
  await heading.waitFor()
  await page.keyboard.press('Escape')
  await heading.waitFor({ state: 'detached' })
}

/** Requests that one who works without a replica needs: a page of the list; a customer with their history. */
async function plainClient({ backend, user }: BenchBackend): Promise<{ list: number; open: number }> {
  let requests = 0
  const client = createClient(backend.url, backend.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input, init) => {
        requests += 1
        return fetch(input, init)
      },
    },
  })
  const counting = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
    const before = requests
    const result = await work()
    return [requests - before, result]
  }
  const { error } = await client.auth.signInWithPassword({ email: user.email, password: user.password })
  if (error !== null) throw error
  const [list, page] = await counting(async () =>
    client.from('customers').select('*').is('deleted_at', null).order('customer_name').limit(100).throwOnError(),
  )
  const id: unknown = page.data[0]?.id
  const [open] = await counting(async () => {
    await client.from('customers').select('*').eq('id', id).single().throwOnError()
    const ofCustomer = (table: string) => client.from(table).select('*').eq('customer_id', id).limit(50).throwOnError()
    await Promise.all(['VC Usage', 'quotes', 'customer_interactions'].map(ofCustomer))
  })
  return { list, open }
}

function line(what: string, rows: number, counts: readonly number[], plain: number): Measurement {
  const max = Math.max(...counts)
  return {
    id: 'PF-12',
    what,
    rows,
    unit: 'requests',
    p50: percentile(counts, 0.5),
    p95: percentile(counts, 0.95),
    max,
    target: 0,
    pass: max === 0,
    baseline: { name: 'plain supabase-js client', value: plain },
    // Nothing can be divided by none.
    ratio: rounded(plain / Math.max(1, max)),
  }
}
