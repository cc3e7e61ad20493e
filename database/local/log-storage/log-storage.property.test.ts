import { IDBObjectStore } from 'fake-indexeddb'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import {
  contents,
  freshDisk,
  type ItemInstance,
  item,
  logStorageOn,
  next,
  openCollection,
} from '../testing/log-fixtures.ts'
import { togetherContext } from './together.ts'

afterEach(() => vi.restoreAllMocks())

type Op =
  | { readonly kind: 'write' | 'delete'; readonly collection: 0 | 1; readonly key: number; readonly value: string }
  | { readonly kind: 'both'; readonly key: number; readonly value: string }
  | { readonly kind: 'cleanup' | 'compact' | 'reopen' | 'crash' | 'full' }

const anyKey = fc.integer({ min: 0, max: 6 })
const anyValue = fc.string({ maxLength: 4 })
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('write' as const, 'delete' as const),
      collection: fc.constantFrom(0 as const, 1 as const),
      key: anyKey,
      value: anyValue,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('both' as const), key: anyKey, value: anyValue }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('cleanup', 'compact', 'reopen', 'crash', 'full'),
    }) as fc.Arbitrary<Op>,
  },
)

test('SY-2: after any sequence of writes, crashes, full disks, compactions and restarts the log holds exactly what was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOp, { minLength: 5, maxLength: 60 }), fc.boolean(), async (ops, encrypted) => {
      const key = encrypted
        ? await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
        : null
      const disk = freshDisk()
      const model: [Map<string, string>, Map<string, string>] = [new Map(), new Map()]
      const open = async () => {
        const { storage, log } = logStorageOn(disk, { key })
        const a = await openCollection(storage, { collection: 'a' })
        const b = await openCollection(storage, { collection: 'b' })
        return { log, both: [a, b] as [ItemInstance, ItemInstance] }
      }
      let now = await open()
      const close = () => Promise.all(now.both.map((instance) => instance.close()))
      const write = async (instance: ItemInstance, id: string, value: string | null, context: string) => {
        const [stored] = await instance.findDocumentsById([id], true)
        if (stored !== undefined)
          return () => instance.bulkWrite([next(stored, value ?? '', { _deleted: value === null })], context)
        return () => (value === null ? null : instance.bulkWrite([{ document: item(id, value) }], context))
      }
      for (const op of ops) {
        if (op.kind === 'write' || op.kind === 'delete') {
          const value = op.kind === 'write' ? op.value : null
          const run = await write(now.both[op.collection], `k${op.key}`, value, 'test')
          await run()
          if (value === null) model[op.collection].delete(`k${op.key}`)
          else model[op.collection].set(`k${op.key}`, value)
        } else if (op.kind === 'both') {
          const context = togetherContext(2)
          const runs = await Promise.all(now.both.map((instance) => write(instance, `k${op.key}`, op.value, context)))
          await Promise.all(runs.map((run) => run()))
          for (const side of model) side.set(`k${op.key}`, op.value)
        } else if (op.kind === 'cleanup') {
          await now.both[0].cleanup(0)
        } else if (op.kind === 'compact') {
          await now.log().compaction.run({ from: 0 })
        } else if (op.kind === 'full') {
          vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
            throw new DOMException('full', 'QuotaExceededError')
          })
          const run = await write(now.both[0], 'unacknowledged', 'x', 'test')
          await expect(run()).rejects.toThrow()
          vi.restoreAllMocks()
          await close()
          now = await open()
        } else {
          // A crash: whatever was not acknowledged may be there or not; nothing is closed properly.
          if (op.kind === 'reopen') await close()
          now = await open()
        }
        for (const [i, instance] of now.both.entries()) {
          expect(await contents(instance)).toEqual(Object.fromEntries([...(model[i] ?? [])].toSorted()))
        }
      }
      await close()
    }),
    { numRuns: 60 },
  )
})
