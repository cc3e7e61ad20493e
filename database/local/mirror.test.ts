import { Dexie } from 'dexie'
import { IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import fc from 'fast-check'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { IndexedDbApi } from './indexed-db-api.ts'
import { LogFile } from './log-storage/log-file.ts'
import { mirrorBucket } from './mirror-bucket.ts'
import { type LocalReplica, mirroredReplicas, openReplica, removeReplica } from './open-replica.ts'
import type { ReplicaCustomer } from './replica-customer.ts'
import { browserKeys, type KeySecrets, secretKeys } from './replica-keys.ts'
import type { ReplicaMarks } from './replica-marks.ts'
import type { ReplicaMirror } from './replica-place.ts'
import { StorageError } from './storage-error.ts'
import { freshDisk } from './testing/log-fixtures.ts'
import { notesInMemory } from './testing/notes-in-memory.ts'
import { rawLog } from './testing/raw-log.ts'
import { COMPANY, customerOf, edited, idOf } from './testing/replica-fixtures.ts'
import { storedText } from './testing/stored-text.ts'

afterEach(() => {
  vi.restoreAllMocks()
  refused.clear()
})

const USER = '11111111-1111-4111-8111-111111111111'
const NAME = `replica-${USER}-${COMPANY}`

/** A browser with two buckets: `lose` deletes all of the default one, as Chromium does. */
function browser({ secrets = null }: { secrets?: KeySecrets | null } = {}) {
  const second = freshDisk()
  const marked = new Set<string>()
  const marks: ReplicaMarks = {
    has: async (name) => marked.has(name),
    add: async (name) => void marked.add(name),
    remove: async (name) => void marked.delete(name),
  }
  const failures: unknown[] = []
  let answer: 'open' | 'refuse' | 'hang' = 'open'
  const bucket = async () => {
    if (answer === 'refuse') throw new DOMException('Not now', 'UnknownError')
    if (answer === 'hang') await new Promise(() => undefined)
    return second
  }
  const notes = new Map<string, string>()
  const onFailure = (error: unknown) => void failures.push(error)
  /** Of a worker that starts now. */
  const mirrorNow = () => {
    const opened = mirrorBucket({ storageBuckets: { open: bucket } }, IDBKeyRange)
    return opened && { ...opened, toRemove: notesInMemory(notes), onFailure }
  }
  const opened: LocalReplica[] = []
  onTestFinished(async () => void (await Promise.all(opened.map((replica) => replica.close()))))
  let first = freshDisk()
  const place = (userId = USER, companyId = COMPANY) => {
    const inBrowser = browserKeys(first, marks)
    const keys = secrets === null ? inBrowser : secretKeys(secrets, inBrowser)
    return { ...first, userId, companyId, keys, mirror: mirrorNow() }
  }
  return {
    second,
    failures,
    place,
    disk: () => first,
    lose: () => {
      first = freshDisk()
      notes.clear()
    },
    notes,
    /** What becomes of the second place when it is asked for. */
    answers: (next: typeof answer) => {
      answer = next
    },
    open: async (userId?: string, companyId?: string) => {
      // A killed browser closes nothing. Closing stores nothing either, and RxDB wants it.
      await Promise.all(opened.splice(0).map((replica) => replica.close()))
      const replica = await openReplica(place(userId, companyId))
      opened.push(replica)
      return replica
    },
  }
}
const phones = async (replica: LocalReplica) => {
  const { customers } = await replica.load()
  return Object.fromEntries(customers.map(({ id, phone }) => [id, phone]))
}
const { add } = IDBObjectStore.prototype
const refused = new Set<string>()
/** Refuses to add to the store of that name until it is told to stop. */
function refuseAdds(store: 'kept' | 'log'): () => void {
  refused.add(store)
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (refused.has(this.name)) throw new DOMException('No room', 'QuotaExceededError')
    return add.call(this, value, key)
  })
  return () => void refused.delete(store)
}
const waitingIn = async (replica: LocalReplica) => {
  const { customers } = await replica.load()
  return new Map(customers.flatMap(({ id, local, phone }) => (local === null ? [] : [[id, phone ?? '']])))
}
/** Takes the last record of a log away. */
async function loseLastRecord(disk: IndexedDbApi): Promise<void> {
  await rawLog(disk, `tradesphere-log-${NAME}`, (log) => {
    const keys = log.getAllKeys()
    keys.onsuccess = () => void log.delete(keys.result.at(-1) ?? 0)
  })
}
/** Keeps everybody else from the mirror until it is told to stop. */
async function hold({ indexedDB }: IndexedDbApi): Promise<() => void> {
  const opening = indexedDB.open(`tradesphere-log-${NAME}`)
  await new Promise((done) => opening.addEventListener('success', done))
  const kept = opening.result.transaction('kept', 'readwrite').objectStore('kept')
  let isHeld = true
  const goOn = () => {
    if (isHeld) kept.get(0).onsuccess = goOn
    else opening.result.close()
  }
  goOn()
  return () => {
    isHeld = false
  }
}
/** How many records lie in the mirrors. */
async function mirrored({ indexedDB, IDBKeyRange }: IndexedDbApi): Promise<number> {
  let count = 0
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('tradesphere-log-')) continue
    const db = await new Dexie(name, { indexedDB, IDBKeyRange }).open()
    count += await db.table('kept').count()
    db.close()
  }
  return count
}

test('SY-2: what waited is there after the browser has deleted all databases, and the server is read again', async () => {
  const { open, lose } = browser()
  const before = await open()
  await before.commit({ customers: [customerOf(9)], state: { documentVersion: 3, checkpoint: { after: '7' } } })
  await before.commit({ customers: [edited(1, 'one')], state: { recent: [idOf(1)] } })
  await before.commit({ customers: [edited(2, 'two')] })
  lose()
  const after = await open()
  expect(after.condition).toBe('restored')
  const { customers, state } = await after.load()
  // It may have been sent since: what waits counts as sent.
  const asSent = (customer: ReplicaCustomer) => {
    const mutations = customer.local?.mutations.map((mutation) => ({ ...mutation, sent: true })) ?? []
    return { ...customer, local: { ...customer.local, mutations } }
  }
  expect(customers).toEqual([asSent(edited(1, 'one')), asSent(edited(2, 'two'))])
  expect(state).toEqual({})
  await after.close()
  const again = await open()
  expect(again.condition).toBe('sound')
  expect(await phones(again)).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
})

test('SY-2: what was sent, discarded or removed does not come back, though nobody had time to tidy', async () => {
  const { open, lose } = browser()
  const before = await open()
  await before.commit({ customers: [1, 2, 3].map((n) => edited(n, 'old')) })
  await before.commit({ customers: [customerOf(1)], removed: [idOf(2)] })
  await before.commit({ customers: [edited(3, 'new')] })
  lose()
  expect(await phones(await open())).toEqual({ [idOf(3)]: 'new' })
})

test('SY-2: rows that do not wait are not mirrored, and when nothing waits the mirror is empty', async () => {
  const { open, second, lose } = browser()
  const replica = await open()
  const page = (from: number) => Array.from({ length: 50 }, (_, n) => customerOf(from + n))
  await replica.commit({ customers: page(100), state: { documentVersion: 3, checkpoint: { after: '1' } } })
  expect(await mirrored(second)).toBe(0)
  await replica.commit({ customers: [edited(1, 'one')] })
  const withOne = await mirrored(second)
  expect(withOne).toBeGreaterThan(0)
  await replica.commit({ customers: page(200), state: { checkpoint: { after: '2' } } })
  expect(await mirrored(second)).toBe(withOne)
  await replica.commit({ customers: [customerOf(1)] })
  // Nobody writes for two seconds.
  await expect.poll(() => mirrored(second), { timeout: 10_000 }).toBe(0)
  lose()
  expect((await open()).condition).toBe('vanished')
})

test('SY-2: while something waits for long, what was settled leaves the mirror when most of it is dead', async () => {
  const { open, second, lose } = browser()
  const replica = await open()
  const many = Array.from({ length: 1_100 }, (_, n) => n + 1)
  await replica.commit({ customers: many.map((n) => edited(n, 'x')) })
  await replica.commit({ customers: many.slice(1).map((n) => customerOf(n)) })
  expect(await mirrored(second)).toBe(2)
  await expect.poll(() => mirrored(second), { timeout: 10_000 }).toBe(1)
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'x' })
})

test('SY-2: a damaged log takes from the mirror what lay in its destroyed records, the newest of each', async () => {
  const { open, disk } = browser()
  const before = await open()
  await before.commit({ customers: [edited(1, 'old'), edited(2, 'sent')] })
  await before.commit({ customers: [edited(1, 'new'), customerOf(2)] })
  await before.close()
  await loseLastRecord(disk())
  const after = await open()
  expect(after.condition).toBe('salvaged')
  expect(await phones(after)).toEqual({ [idOf(1)]: 'new' })
})

test('SY-2: a sound log counts: the mirror is written anew from it at every start', async () => {
  const { open, second, lose } = browser()
  const first = await open()
  await first.commit({ customers: [edited(1, 'one')] })
  await first.close()
  // The second place is lost, and what is in the first must be in both again.
  for (const { name = '' } of await second.indexedDB.databases()) await new Dexie(name, { ...second }).delete()
  const next = await open()
  expect(await phones(next)).toEqual({ [idOf(1)]: 'one' })
  await next.close()
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
})

test.each(['opened', 'unopened'])(
  'R-2: a replica that was removed %s does not come back, and leaves neither data nor key in the second place',
  async (how) => {
    const { open, lose, second, place } = browser()
    const replica = await open()
    await replica.commit({ customers: [edited(1, 'secret')] })
    if (how === 'opened') await replica.remove()
    else {
      await replica.close()
      await removeReplica(place())
    }
    const names = (await second.indexedDB.databases()).map(({ name }) => name)
    expect(names).not.toContain(`tradesphere-log-${NAME}`)
    expect(await storedText(second)).not.toContain(NAME)
    lose()
    const after = await open()
    expect(after.condition).toBe('sound')
    expect(await phones(after)).toEqual({})
  },
)

test('R-2: what a removal could not take out of the second place stays locked', async () => {
  const { place, lose, open, second } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'secret')] })
  await replica.close()
  await removeReplica({ ...place(), mirror: undefined })
  expect(await mirrored(second)).toBeGreaterThan(0)
  lose()
  await expect(open()).rejects.toMatchObject({ code: 'storage_locked' })
})

test('R-2: a mirror that could not be removed is noted, never read, and goes with the next opening that reaches it', async () => {
  const { place, open, second, answers, notes, failures } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'secret')] })
  await replica.close()
  answers('refuse')
  await removeReplica(place())
  expect([...notes.values()]).toEqual([JSON.stringify([NAME])])
  expect(await mirrored(second)).toBe(1)
  const without = await open()
  await without.commit({ customers: [edited(2, 'new')] })
  expect(without.condition).toBe('sound')
  expect(failures.length).toBeGreaterThan(1)
  answers('open')
  // Also where nobody opens it, for those who have lost access.
  expect(await mirroredReplicas(place().mirror as ReplicaMirror, USER)).toEqual([])
  const after = await open()
  expect(await phones(after)).toEqual({ [idOf(2)]: 'new' })
  expect([...notes]).toEqual([])
  expect(await storedText(second)).not.toContain('secret')
})

test('R-2: a replica is removed though its open mirror hangs, which is noted', async () => {
  const { open, second, disk, notes } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'secret')] })
  const release = await hold(second)
  await whileTimeFlies(() => replica.remove())
  expect((await disk().indexedDB.databases()).map(({ name }) => name)).not.toContain(`tradesphere-log-${NAME}`)
  expect([...notes.values()]).toEqual([JSON.stringify([NAME])])
  release()
})

test('SY-2 R-2: a mirror that could not be asked whether it holds anything stays as it is, and goes with the replica', async () => {
  const { open, place, second } = browser()
  const before = await open()
  await before.commit({ customers: [edited(1, 'one')] })
  await before.close()
  await removeReplica({ ...place(), mirror: undefined })
  const { count } = IDBObjectStore.prototype
  const busy = vi.spyOn(IDBObjectStore.prototype, 'count').mockImplementation(function (this: IDBObjectStore) {
    if (this.name === 'kept') throw new DOMException('busy', 'UnknownError')
    return count.call(this)
  })
  const replica = await open()
  busy.mockRestore()
  await replica.commit({ customers: [edited(2, 'two')] })
  await replica.commit({ customers: [customerOf(2)] })
  expect(await mirrored(second)).toBe(1)
  await replica.remove()
  expect(await second.indexedDB.databases()).toEqual([])
})

test('R-2: a replica is not removed before it is noted that its mirror is to go', async () => {
  const { place, open } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  await replica.close()
  const { mirror, ...rest } = place()
  const add = () => Promise.reject(new StorageError('storage_full', null))
  const full = mirror && { ...mirror, toRemove: { ...mirror.toRemove, add } }
  await expect(removeReplica({ ...rest, mirror: full })).rejects.toMatchObject({ code: 'storage_full' })
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
})

test('SY-2: within one worker, a second place that was refused at the start is used when it answers', async () => {
  const { open, place, second, lose, answers } = browser()
  await (await open()).close()
  answers('refuse')
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  expect(await mirrored(second)).toBe(0)
  answers('open')
  await replica.commit({ customers: [edited(2, 'two')] })
  await expect.poll(() => mirrored(second), { timeout: 20_000 }).toBe(1)
  await replica.close()
  lose()
  answers('refuse')
  const worker = place()
  await expect(openReplica(worker)).rejects.toMatchObject({ code: 'storage_silent' })
  answers('open')
  const after = await openReplica(worker)
  expect(await phones(after)).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
  await after.close()
})

test.each(['be removed', 'be asked whether it holds anything'])(
  'SY-2: a mirror that could not %s is used as soon as it answers, while its replica is open',
  async (what) => {
    const { open, place, second, answers, notes, lose } = browser()
    if (what === 'be removed') {
      const removed = await open()
      await removed.commit({ customers: [edited(1, 'secret')] })
      await removed.close()
      answers('refuse')
      await removeReplica(place())
      expect(notes.size).toBe(1)
    }
    answers('refuse')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const replica = await open()
    await replica.commit({ customers: [edited(2, 'two')] })
    answers('open')
    await timeFliesUntil(async () => notes.size === 0 && (await mirrored(second)) === 1)
    vi.useRealTimers()
    lose()
    expect(await phones(await open())).toEqual({ [idOf(2)]: 'two' })
    expect(notes.size).toBe(0)
  },
  15_000,
)

test('R-2: a full disk keeps no replica from being opened or removed whose mirror is still to go', async () => {
  const { open, place, answers, notes } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  await replica.close()
  notes.set('mirrors-to-remove', JSON.stringify([NAME]))
  vi.spyOn(notes, 'set').mockImplementation(() => {
    throw new StorageError('storage_full', null)
  })
  vi.spyOn(notes, 'delete').mockImplementation(() => {
    throw new StorageError('storage_full', null)
  })
  for (const answer of ['refuse', 'open'] as const) {
    answers(answer)
    expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
  }
  answers('refuse')
  await (await open()).close()
  await removeReplica(place())
})

test('R-2: notes of mirrors to be removed that are made and cleared at once are all heeded', async () => {
  const notes = notesInMemory()
  await notes.add('a')
  await Promise.all([notes.add('b'), notes.done('a'), notes.add('c')])
  expect(await notes.all()).toEqual(['b', 'c'])
})

test('R-2: users and companies of one computer get back what is theirs', async () => {
  const { open, lose } = browser()
  const OTHER = '33333333-3333-4333-8333-333333333333'
  await (await open()).commit({ customers: [edited(1, 'mine')] })
  await (await open(OTHER)).commit({ customers: [edited(1, 'theirs')] })
  await (await open(USER, OTHER)).commit({ customers: [edited(1, 'elsewhere')] })
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'mine' })
  expect(await phones(await open(OTHER))).toEqual({ [idOf(1)]: 'theirs' })
  expect(await phones(await open(USER, OTHER))).toEqual({ [idOf(1)]: 'elsewhere' })
})

test('EL-1: the mirror is encrypted; a key of the secret store is not copied, and while it is locked nothing is overwritten', async () => {
  const kept = new Map<string, string>()
  let isLocked = false
  const secrets: KeySecrets = {
    get: async (key) => (isLocked ? null : (kept.get(key) ?? null)),
    set: async (key, value) => {
      if (!isLocked) kept.set(key, value)
      return !isLocked
    },
    remove: async (key) => void kept.delete(key),
  }
  const { open, lose, second } = browser({ secrets })
  await (await open()).commit({ customers: [edited(1, 'precious')] })
  const text = await storedText(second)
  expect(text).not.toContain('precious')
  expect((await second.indexedDB.databases()).map(({ name }) => name)).toEqual([`tradesphere-log-${NAME}`])
  lose()
  isLocked = true
  await expect(open()).rejects.toMatchObject({ code: 'storage_locked' })
  isLocked = false
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'precious' })
})

test('DB-8: what was erased leaves the mirror with compaction on demand', async () => {
  const second = freshDisk()
  const mirror = { open: async () => second, toRemove: notesInMemory(), onFailure: () => undefined }
  const replica = await openReplica({ ...freshDisk(), userId: USER, companyId: COMPANY, mirror })
  onTestFinished(() => replica.close())
  await replica.commit({ customers: [edited(1, 'erased'), edited(2, 'waits')] })
  await replica.commit({ removed: [idOf(1)] })
  expect(await storedText(second)).toContain('erased')
  await replica.compactNow()
  const text = await storedText(second)
  expect(text).not.toContain('erased')
  expect(text).toContain('waits')
})

test('SY-2: a mirror that refuses keeps no write from being stored, is told once, and is whole again when it can', async () => {
  const { open, lose, failures, second } = browser()
  const replica = await open()
  const allow = refuseAdds('kept')
  await replica.commit({ customers: [edited(1, 'one')] })
  await replica.commit({ customers: [edited(2, 'two')] })
  expect(failures).toHaveLength(1)
  allow()
  // Nobody writes for a while.
  await expect.poll(() => mirrored(second), { timeout: 15_000 }).toBe(1)
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
})

test('SY-2: a mirror that failed is tried again though nobody stops writing', async () => {
  const { open, second, failures } = browser()
  const replica = await open()
  const allow = refuseAdds('kept')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  await replica.commit({ customers: [edited(2, 'two')] })
  expect(failures).toHaveLength(1)
  allow()
  for (let n = 0; n < 10; n += 1) {
    await replica.commit({ customers: [customerOf(9)] })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  // Waiting must not move the clock.
  vi.useRealTimers()
  await expect.poll(() => mirrored(second)).toBe(1)
})

test('SY-2: of a large write only the records with something that waits are mirrored', async () => {
  const { open, second } = browser()
  const replica = await open()
  const rows = Array.from({ length: 3_000 }, (_, n) => customerOf(100 + n))
  await replica.commit({ customers: [...rows, edited(1, 'one')] })
  expect(await mirrored(second)).toBe(1)
})

test('SY-2: a record of the mirror that can not be read at first is asked for again, and where that fails the others are kept and it is told', async () => {
  const { open, lose, failures } = browser()
  const before = await open()
  await before.commit({ customers: [edited(1, 'one')] })
  await before.commit({ customers: [edited(2, 'two')] })
  const { get } = IDBObjectStore.prototype
  let rejections = 1
  let busy: unknown = null
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    busy ??= this.name === 'kept' ? key : null
    if (this.name === 'kept' && key === busy && rejections > 0) {
      rejections -= 1
      throw new DOMException('busy', 'UnknownError')
    }
    return get.call(this, key)
  })
  lose()
  const after = await open()
  expect(await phones(after)).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
  await after.commit({ customers: [edited(3, 'three')] })
  expect(failures).toEqual([])
  lose()
  busy = null
  rejections = 2
  const last = await open()
  expect(await phones(last)).toEqual({ [idOf(3)]: 'three' })
  expect(failures).toHaveLength(1)
})

test('SY-2: a write is told only when its mirror is written as well', async () => {
  const file = await LogFile.open({ ...freshDisk(), name: 'log', key: null })
  onTestFinished(() => file.close())
  const mirror = Promise.withResolvers<void>()
  let isTold = false
  const told = file
    .append([{ op: 'drop', collection: 'a' }], () => mirror.promise)
    .then(() => {
      isTold = true
    })
  await expect.poll(() => file.head).toBe(1)
  await new Promise((done) => setTimeout(done, 0))
  expect(isTold).toBe(false)
  mirror.resolve()
  await told
})

test('SY-2: where there are no storage buckets nothing is mirrored; one that was refused or hung is asked again', async () => {
  expect(mirrorBucket({}, IDBKeyRange)).toBeNull()
  const { indexedDB } = freshDisk()
  const journals = vi.spyOn(indexedDB, 'deleteDatabase')
  const answers = [() => Promise.reject(new Error('No')), () => new Promise<never>(() => undefined)]
  const open = vi.fn(async () => answers.shift()?.() ?? { indexedDB })
  const place = mirrorBucket({ storageBuckets: { open } }, IDBKeyRange)
  await expect(place?.open()).rejects.toThrow('No')
  await whileTimeFlies(async () => expect(place?.open()).rejects.toThrow('does not answer'))
  expect((await place?.open())?.indexedDB).toBe(indexedDB)
  expect((await place?.open())?.indexedDB).toBe(indexedDB)
  expect(open).toHaveBeenCalledTimes(3)
  // A torn journal would cost this place as it costs the other.
  expect(journals).toHaveBeenCalledOnce()
})

test('SY-2: what the log can still say counts before a mirror that had failed', async () => {
  const { open, disk } = browser()
  const before = await open()
  await before.commit({ customers: [edited(1, 'old'), edited(2, 'discarded'), edited(3, 'destroyed')] })
  const allow = refuseAdds('kept')
  await before.commit({ customers: [edited(1, 'new')] })
  await before.commit({ customers: [customerOf(2)] })
  await before.commit({ customers: [edited(4, 'last')] })
  await before.close()
  await loseLastRecord(disk())
  const after = await open()
  allow()
  expect(after.condition).toBe('salvaged')
  expect(await phones(after)).toEqual({ [idOf(1)]: 'new', [idOf(3)]: 'destroyed' })
})

test('SY-2: a mirror that stays as it was after a deletion is older than what is written from then on', async () => {
  const { open, disk, lose } = browser()
  const before = await open()
  for (const phone of ['a', 'b', 'c', 'd', 'e', 'f', 'old']) await before.commit({ customers: [edited(1, phone)] })
  // In the second, nothing waits any more: the new log begins empty, and yet behind the mirror.
  await before.commit({ customers: [customerOf(1)] })
  lose()
  const allow = refuseAdds('kept')
  const { clear } = IDBObjectStore.prototype
  const stays = vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
    if (this.name === 'kept') throw new DOMException('Not now', 'UnknownError')
    return clear.call(this)
  })
  const next = await open()
  expect(next.condition).toBe('vanished')
  await next.commit({ customers: [edited(1, 'new')] })
  await next.commit({ customers: [edited(2, 'last')] })
  await next.close()
  await loseLastRecord(disk())
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'new' })
  allow()
  stays.mockRestore()
})

test('SY-2: a mirror that can not be read right now is not taken for an empty one', async () => {
  const { open, lose } = browser()
  await (await open()).commit({ customers: [edited(1, 'one')] })
  lose()
  for (const read of ['getAllKeys', 'get'] as const) {
    const original = IDBObjectStore.prototype[read] as (this: IDBObjectStore, query: IDBValidKey) => IDBRequest
    const busy = vi.spyOn(IDBObjectStore.prototype, read).mockImplementation(function (
      this: IDBObjectStore,
      query?: unknown,
    ) {
      if (this.name === 'kept') throw new DOMException('busy', 'UnknownError')
      return original.call(this, query as IDBValidKey)
    })
    await expect(open()).rejects.toMatchObject({ code: 'storage_silent' })
    busy.mockRestore()
  }
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
})

test('SY-2: a damaged record of the mirror does not hide the others, and one in which nothing can be read is left alone', async () => {
  const { open, lose, second, disk } = browser()
  const before = await open()
  await before.commit({ customers: [edited(1, 'one')] })
  await before.commit({ customers: [edited(2, 'two')] })
  const alter = async (key: number) => {
    const db = await new Dexie(`tradesphere-log-${NAME}`, { ...second }).open()
    await db.table('kept').update(key, { body: new Uint8Array(8) })
    db.close()
  }
  const keys = async () => {
    const db = await new Dexie(`tradesphere-log-${NAME}`, { ...second }).open()
    const found = await db.table('kept').toCollection().primaryKeys()
    db.close()
    return found as number[]
  }
  const [first = 0, other = 0] = await keys()
  await alter(first)
  lose()
  const after = await open()
  expect(await phones(after)).toEqual({ [idOf(2)]: 'two' })
  await after.close()
  expect(await keys()).not.toContain(other)
  await alter((await keys())[0] ?? 0)
  lose()
  await expect(open()).rejects.toMatchObject({ code: 'storage_silent' })
  expect(await mirrored(second)).toBe(1)
  expect((await disk().indexedDB.databases()).map(({ name }) => name)).toContain(`tradesphere-log-${NAME}`)
})

test('SY-2: where the second place is refused once, what vanished waits for it and has its key again', async () => {
  const { open, lose, answers, failures } = browser()
  await (await open()).commit({ customers: [edited(1, 'one')] })
  lose()
  answers('refuse')
  await expect(open()).rejects.toMatchObject({ code: 'storage_silent' })
  await expect(open()).rejects.toMatchObject({ code: 'storage_silent' })
  answers('open')
  const after = await open()
  expect(after.condition).toBe('restored')
  expect(await phones(after)).toEqual({ [idOf(1)]: 'one' })
  expect(failures).toEqual([])
})

test('SY-2: with another key than the right one a mirror is left alone', async () => {
  const secrets = new Map<string, string>()
  const keyStore: KeySecrets = {
    get: async (key) => secrets.get(key) ?? null,
    set: async (key, value) => void secrets.set(key, value) === undefined,
    remove: async (key) => void secrets.delete(key),
  }
  const { open, lose, second } = browser({ secrets: keyStore })
  await (await open()).commit({ customers: [edited(1, 'one')] })
  lose()
  const [[name = '', right = ''] = []] = [...secrets]
  secrets.set(name, btoa('x'.repeat(32)))
  await expect(open()).rejects.toMatchObject({ code: 'storage_locked' })
  expect(await mirrored(second)).toBe(1)
  secrets.set(name, right)
  // Nothing was written with the wrong key that needs it now.
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
})

test('SY-2: a mirror in the clear is read with the key that came later', async () => {
  const { open, lose, place } = browser()
  const clear = await openReplica({ ...place(), keys: undefined })
  await clear.commit({ customers: [edited(1, 'one')] })
  await clear.close()
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one' })
})

/** Lets the clock, which is not the real one, run ahead until something is so. */
async function timeFliesUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await vi.advanceTimersByTimeAsync(500)
    await new Promise((next) => setImmediate(next))
  }
}

/** Waits while the clock runs ahead. */
async function whileTimeFlies<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let isDone = false
  try {
    const done = work().finally(() => {
      isDone = true
    })
    await timeFliesUntil(async () => isDone)
    return await done
  } finally {
    vi.useRealTimers()
  }
}

test.each(['refuse', 'hang'] as const)(
  'SY-2: where the second place can only %s, a first start, writes and a removal go on without it, and it is told',
  async (how) => {
    const { open, answers, failures, disk, place } = browser()
    answers(how)
    const { keys } = place()
    await whileTimeFlies(async () => {
      const replica = await open()
      await replica.commit({ customers: [edited(1, 'one')] })
      await replica.close()
      const again = await open()
      expect(again.condition).toBe('sound')
      expect(await phones(again)).toEqual({ [idOf(1)]: 'one' })
      expect(failures.length).toBeGreaterThan(0)
      await again.remove()
    })
    expect((await disk().indexedDB.databases()).map(({ name }) => name)).not.toContain(`tradesphere-log-${NAME}`)
    expect(await keys.find(NAME)).toBeNull()
    expect(await keys.had(NAME)).toBe(false)
  },
)

test('SY-2: a second place that hangs while it is open holds writes up once only', async () => {
  const { open, second, failures } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  const release = await hold(second)
  await whileTimeFlies(async () => {
    await replica.commit({ customers: [edited(1, 'two')] })
    expect(failures).toHaveLength(1)
  })
  await replica.commit({ customers: [edited(1, 'three')] })
  release()
})

test('SY-2: a second place that is tried again holds no write up, and gets what was written meanwhile', async () => {
  const { open, second, lose, failures } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  const release = await hold(second)
  let isTriedAgain = false
  const { clear } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
    isTriedAgain ||= this.name === 'kept'
    return clear.call(this)
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const told = replica.commit({ customers: [edited(1, 'two')] })
  await timeFliesUntil(async () => failures.length > 0)
  await told
  await timeFliesUntil(async () => isTriedAgain)
  // The clock stands: whoever waits for the mirror waits for ever.
  await replica.commit({ customers: [edited(1, 'three')] })
  release()
  vi.useRealTimers()
  await expect.poll(() => mirrored(second)).toBe(2)
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'three' })
})

test('SY-2: a write is told only when it is in both places', async () => {
  const { open, second } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  const release = await hold(second)
  let isTold = false
  const told = replica.commit({ customers: [edited(1, 'two')] }).then(() => {
    isTold = true
  })
  await new Promise((done) => setTimeout(done, 50))
  expect(isTold).toBe(false)
  release()
  await told
})

test('SY-2: the first write waits until the mirror holds what waited before', async () => {
  const { open, lose, second } = browser()
  await (await open()).commit({ customers: [edited(1, 'one')] })
  const release = await hold(second)
  const next = await open()
  let isTold = false
  const told = next.commit({ customers: [edited(2, 'two')] }).then(() => {
    isTold = true
  })
  await new Promise((done) => setTimeout(done, 50))
  expect(isTold).toBe(false)
  release()
  await told
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
})

test('SY-2: a mirror that is closed underneath is written anew', async () => {
  const { open, lose, second, failures } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  // Deleting it makes the browser close what is open.
  await new Dexie(`tradesphere-log-${NAME}`, { ...second }).delete()
  expect(failures).toHaveLength(1)
  await replica.commit({ customers: [edited(2, 'two')] })
  await expect.poll(() => mirrored(second), { timeout: 15_000 }).toBe(1)
  lose()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'one', [idOf(2)]: 'two' })
})

test('SY-2: while the log takes no more writes, its mirror stays as it is', async () => {
  const { open, second } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'one')] })
  const allow = refuseAdds('log')
  await expect(replica.commit({ customers: [customerOf(1)] })).rejects.toThrow()
  allow()
  const before = await mirrored(second)
  await expect(replica.compactNow()).rejects.toThrow()
  expect(await mirrored(second)).toBe(before)
})

test('DB-8: what was erased leaves also a mirror that can not be written any more', async () => {
  const { open, second } = browser()
  const replica = await open()
  await replica.commit({ customers: [edited(1, 'erased'), edited(2, 'waits')] })
  await replica.commit({ removed: [idOf(1)] })
  const allow = refuseAdds('kept')
  await replica.compactNow()
  allow()
  const names = (await second.indexedDB.databases()).map(({ name }) => name)
  expect(names).not.toContain(`tradesphere-log-${NAME}`)
  expect(await phones(replica)).toEqual({ [idOf(2)]: 'waits' })
})

test('SY-2: coming from the other storage, what lies there counts, and not an old mirror', async () => {
  const { open, lose, place, disk } = browser()
  await (await open()).commit({ customers: [edited(1, 'old')] })
  lose()
  // The mirror could not be removed then.
  const dexie = await openReplica({ ...place(), mirror: undefined, storage: 'dexie' })
  await dexie.commit({ customers: [edited(1, 'new'), edited(2, 'two')] })
  await dexie.close()
  // A start ended here between making the log and carrying over.
  const log = await LogFile.open({ ...disk(), name: `tradesphere-log-${NAME}`, key: null })
  log.close()
  expect(await phones(await open())).toEqual({ [idOf(1)]: 'new', [idOf(2)]: 'two' })
})

type Op =
  | {
      readonly kind: 'edit' | 'fail' | 'settle' | 'remove' | 'pull'
      readonly n: number
      readonly phone: string
      readonly isLost: boolean
    }
  | { readonly kind: 'kill' | 'close' | 'lose' | 'compact' | 'refuse' | 'damage' }
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('edit', 'edit', 'fail', 'settle', 'remove', 'pull'),
      n: fc.integer({ min: 1, max: 4 }),
      phone: fc.string({ maxLength: 3 }),
      isLost: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('kill', 'close', 'lose', 'lose', 'compact', 'refuse', 'damage') }),
  },
)

test('SY-2: after any sequence of edits, verdicts, pages, kills and deletions everything that waits is there, and nothing that was settled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOp, { minLength: 3, maxLength: 25 }), async (ops) => {
      const { open, lose, disk } = browser()
      const waiting = new Map<string, string>()
      /** The second place refuses; null: it doesn't, and holds all that waits. */
      let refusing: (() => void) | null = null
      /** Edits that only the mirror took: they may show where the mirror could not forget them. */
      const rejected = new Map<string, string>()
      /** What the last record of the log is about; null: nobody knows. */
      let last: string | null = null
      let replica = await open()
      for (const op of ops) {
        if ('n' in op) {
          const id = idOf(op.n)
          // Removing what is not there writes nothing.
          last = op.kind === 'remove' ? null : id
          if (op.kind === 'edit') {
            waiting.set(id, op.phone)
            await replica.commit({ customers: [edited(op.n, op.phone)], state: { recent: [id] } })
          } else if (op.kind === 'fail') {
            // It may be in the mirror already; nobody was told that it is stored.
            const allow = refuseAdds('log')
            await expect(replica.commit({ customers: [edited(op.n, op.phone)] })).rejects.toThrow()
            allow()
            last = null
            rejected.set(id, op.phone)
            const isLost = op.isLost && refusing === null
            if (isLost) lose()
            replica = await open()
            if (isLost && (await waitingIn(replica)).get(id) === op.phone) waiting.set(id, op.phone)
          } else if (op.kind === 'pull') {
            await replica.commit({ customers: [customerOf(op.n + 10)], state: { checkpoint: { after: op.n } } })
          } else {
            waiting.delete(id)
            if (op.kind === 'remove') await replica.commit({ removed: [id] })
            else await replica.commit({ customers: [customerOf(op.n)] })
          }
          continue
        }
        if (op.kind === 'compact') {
          await replica.compactNow()
          last = null
          continue
        }
        if (op.kind === 'refuse') {
          refusing ??= refuseAdds('kept')
          continue
        }
        // Without a mirror what goes with the log is gone.
        if (op.kind === 'lose' && refusing !== null) continue
        if (op.kind === 'damage' && last === null) continue
        await replica.close()
        if (op.kind === 'lose') lose()
        if (op.kind === 'damage') await loseLastRecord(disk())
        replica = await open()
        const found = await waitingIn(replica)
        if (op.kind === 'damage' && last !== null && (refusing !== null || !waiting.has(last))) {
          // The last that was said of it is in neither place. All else is as the log tells, whatever an older mirror says.
          waiting.delete(last)
          const before = found.get(last)
          if (before !== undefined) waiting.set(last, before)
        }
        for (const [id, phone] of rejected) {
          if (op.kind === 'damage' && refusing !== null && found.get(id) === phone) waiting.set(id, phone)
        }
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(waiting))
        if (op.kind !== 'kill' && op.kind !== 'close') last = null
        if (refusing === null) continue
        refusing()
        refusing = null
        await replica.close()
        replica = await open()
      }
      refusing?.()
      await replica.close()
    }),
    { numRuns: 25 },
  )
})
