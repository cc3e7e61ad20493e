import { expect, test, vi } from 'vitest'
import { NEVER_SCANNED } from '#shared/replica-api/duplicates.ts'
import { SYNC_STOPPED, type SyncStatus } from '#shared/replica-api/sync-status.ts'
import { emptyFormValues } from './customer-form-values.ts'
import { INITIAL_LIST_STATE } from './list-state.ts'
import type { ReplicaClient } from './replica-client.ts'
import { type AppSession, createReplicaModel } from './replica-model.ts'

const COMPANY = '0a111111-0000-4000-8000-00000000000c'
const userId = (digit: number): string => `0a111111-0000-4000-8000-00000000000${digit}`

function signedIn(digit: number): AppSession {
  return {
    kind: 'signedIn',
    user: { id: userId(digit), email: 'a@b.example', name: 'Anna' },
    workspace: { companyId: COMPANY, companyName: 'N', country: 'DE', role: 'owner', members: [] },
  }
}

function setUp() {
  const notices = new Map<string, (body: unknown) => void>()
  let onFailure = (): void => undefined
  const request = vi.fn(async (name: string, _input: unknown): Promise<unknown> => {
    if (name === 'customers.window')
      return { version: 1, offset: 0, rows: [], heldFirst: null, total: 0, all: 0, tookMs: 1 }
    if (name === 'attention.list') return []
    if (name === 'sync.status') return SYNC_STOPPED
    if (name === 'duplicates.status') return { ...NEVER_SCANNED, suggested: 3 }
    return null
  })
  const client = {
    request,
    onNotice: (name: string, listener: (body: unknown) => void) => {
      notices.set(name, listener)
      return () => undefined
    },
    onFailure: (listener: () => void) => {
      onFailure = listener
      return () => undefined
    },
  } as unknown as ReplicaClient
  const nothing = { getItem: () => null, setItem: () => undefined }
  return {
    model: createReplicaModel(client, { local: nothing, session: nothing }),
    notify: (name: string, body: unknown) => notices.get(name)?.(body),
    fail: () => onFailure(),
    asked: (name: string) => request.mock.calls.filter(([one]) => one === name),
  }
}

test('SE-1: every key asks at once, and only when the question is another', () => {
  const { model, asked } = setUp()
  model.session.set(signedIn(1))
  model.list.set({ ...model.list.get(), search: 'm' })
  model.list.set({ ...model.list.get(), scrollTop: 40 })
  model.list.set({ ...model.list.get(), search: 'mu' })
  expect(asked('customers.window').map(([, input]) => (input as { query: { search: string } }).query.search)).toEqual([
    '',
    'm',
    'mu',
  ])
})

test('SY-5: the next person on this machine finds nothing of the one before', async () => {
  const { model } = setUp()
  model.session.set(signedIn(1))
  model.list.set({ ...model.list.get(), search: 'secret client' })
  model.drafts.keep('new', { ...emptyFormValues(null), name: 'Secret client' })
  model.review.set({ ...model.review.get(), likely: 'asked' })
  await expect.poll(() => model.rows.get().kind).toBe('ready')
  await expect.poll(() => model.duplicates.get().suggested).toBe(3)
  model.session.set({ kind: 'signedOut' })
  expect(model.list.get()).toEqual(INITIAL_LIST_STATE)
  expect(model.rows.get().kind).toBe('loading')
  expect(model.duplicates.get()).toEqual(NEVER_SCANNED)
  expect(model.review.get().likely).toBe('suggested')
  expect(model.drafts.get('new')).toBeNull()
})

test('UI-1: many changes in a row refresh a few times, and the last one is never lost', () => {
  vi.useFakeTimers()
  try {
    const { model, notify } = setUp()
    model.session.set(signedIn(1))
    for (let count = 0; count < 50; count += 1) notify('customers.changed', { ids: null })
    expect(model.dataVersion.get()).toBe(1)
    vi.advanceTimersByTime(100)
    expect(model.dataVersion.get()).toBe(2)
    vi.advanceTimersByTime(1_000)
    expect(model.dataVersion.get()).toBe(2)
  } finally {
    vi.useRealTimers()
  }
})

test('R-3: a status with something to settle brings the list of it', () => {
  vi.useFakeTimers()
  try {
    const { model, notify, asked } = setUp()
    model.session.set(signedIn(1))
    expect(asked('attention.list')).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    const status: SyncStatus = { ...SYNC_STOPPED, phase: { kind: 'upToDate' }, attention: 1 }
    notify('sync.status', { ...status, attention: 0 })
    expect(asked('attention.list')).toHaveLength(1)
    notify('sync.status', status)
    expect(asked('attention.list')).toHaveLength(2)
    expect(model.sync.get()).toEqual(status)
  } finally {
    vi.useRealTimers()
  }
})

test('UI-6: a dead worker is told, not waited for', () => {
  const { model, fail } = setUp()
  fail()
  expect(model.session.get()).toEqual({ kind: 'crashed' })
})

test('DB-8: what was typed about an erased customer and not saved is forgotten, other drafts stay', () => {
  const { model, notify } = setUp()
  model.drafts.keep(userId(7), emptyFormValues(null))
  model.drafts.keep(`${userId(7)} email`, emptyFormValues(null))
  model.drafts.keep(userId(8), emptyFormValues(null))
  notify('customers.erased', { ids: [userId(7), userId(9)] })
  expect(model.drafts.get(userId(7))).toBeNull()
  expect(model.drafts.get(`${userId(7)} email`)).toBeNull()
  expect(model.drafts.get(userId(8))).not.toBeNull()
})

test('SE-5: how many duplicates are suggested follows the scan', () => {
  const { model, notify } = setUp()
  model.session.set(signedIn(1))
  notify('duplicates.changed', { ...NEVER_SCANNED, state: 'ready', groups: 5, suggested: 4 })
  expect(model.duplicates.get()).toMatchObject({ state: 'ready', suggested: 4 })
})
