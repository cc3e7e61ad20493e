import type { Guard } from '../guard.ts'

const DAMAGE = 'database/local/log-storage/log-damage.test.ts'
const LOG_FILE = { spec: 'SY-2', file: 'database/local/log-storage/log-file.ts', tests: [DAMAGE] } as const
const LOG_HEAD = { spec: 'SY-2', file: 'database/local/log-storage/log-head.ts', tests: [DAMAGE] } as const
const CODEC = { spec: 'EL-1', file: 'database/local/log-storage/record-codec.ts', tests: [DAMAGE] } as const
const COMPACTION = {
  spec: 'SY-2',
  file: 'database/local/log-storage/compaction.ts',
  tests: ['database/local/log-storage/compaction.test.ts'],
} as const

/** Opening a log, what encrypts it, salvage, and compaction. */
export const LOG_READ_GUARDS: readonly Guard[] = [
  {
    ...LOG_FILE,
    id: 'load.no-gap',
    against: 'a lost record goes unnoticed',
    find: 'if (record.from !== next) throw',
    off: 'if (record.from < 0) throw',
  },
  {
    ...LOG_HEAD,
    id: 'load.ends-at-head',
    against: 'a lost last record goes unnoticed',
    find: 'if (head.seq !== last) throw',
    off: 'if (head.seq < 0) throw',
  },
  {
    ...LOG_HEAD,
    id: 'load.has-head',
    against: 'a log without a head passes for a whole one',
    find: `    const head = await this.#read()
    if (head === undefined) throw`,
    off: `    const head = (await this.#read()) ?? { seq: last }
    if (head === undefined) throw`,
  },
  {
    ...LOG_FILE,
    id: 'load.has-format',
    against: 'a log that has lost its format is written on in another one',
    find: `if (this.#format === null) throw new LogDamagedError('its format is missing')`,
    off: '',
  },
  {
    ...LOG_FILE,
    id: 'load.no-fresh-start',
    against: 'a log that has lost its head and format is taken for a new one and emptied',
    find: '(await this.#log.count()) === 0 && ',
    off: '',
  },
  {
    ...LOG_FILE,
    id: 'load.newer-format',
    against: 'an older app salvages, and so destroys, what a newer one has written',
    find: `if (format === undefined) throw new LogLockedError('a later version of the app has written it')`,
    off: 'if (format === undefined) return',
  },
  {
    ...LOG_FILE,
    id: 'load.wrong-key',
    against: 'a wrong key passes for damage, and salvage throws everything away',
    find: `else if (!(await this.#codec.opens(format))) throw new LogLockedError('it needs another key')`,
    off: '',
  },
  {
    ...LOG_FILE,
    id: 'load.salvage-locked',
    against: 'salvage without the key throws encrypted records away',
    find: 'if (error instanceof LogLockedError) throw error\n',
    off: '',
  },
  {
    ...LOG_FILE,
    id: 'load.rewrite-atomic',
    against: 'a salvage that dies leaves an empty log',
    find: `    await this.#head.move(null, base + records.length, async () => {
      await this.#log.clear()
`,
    off: `    await this.#log.clear()
    await this.#head.move(null, base + records.length, async () => {
`,
  },
  {
    ...CODEC,
    id: 'load.checksum',
    against: 'altered bytes pass for documents',
    find: ' || expected.some((b, i) => b !== checksum[i])',
    off: '',
    spec: 'SY-2',
  },
  {
    ...CODEC,
    id: 'load.numbers-authenticated',
    against: 'a record moved to another place verifies there',
    find: 'function labelOf(name: string, { from, seq, n }: RecordPlace)',
    off: 'function labelOf(name: string, _: RecordPlace, from = 0, seq = 0, n = 0)',
  },
  {
    ...CODEC,
    id: 'load.name-authenticated',
    against: 'a record copied from another replica verifies here',
    find: 'function labelOf(name: string, { from, seq, n }: RecordPlace)',
    off: `function labelOf(_: string, { from, seq, n }: RecordPlace, name = '')`,
  },
  {
    ...CODEC,
    id: 'load.encrypted-stays-locked',
    against: 'an encrypted log that lost its format is taken for a damaged one in the clear',
    find: 'if (iv !== undefined && checksum === undefined) throw',
    off: 'if (iv !== undefined && checksum === null) throw',
  },
  {
    ...CODEC,
    id: 'load.fresh-nonce',
    against: 'two records share a nonce, which breaks AES-GCM',
    find: `      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const algorithm`,
    off: `      const iv = new Uint8Array(IV_BYTES)
      const algorithm`,
  },
  {
    ...CODEC,
    id: 'load.parts-parsed',
    against: 'bytes that are no documents throw past the salvage',
    find: 'return decodeParts(body)\n  } catch {\n    throw new LogDamagedError(',
    off: 'return decodeParts(body)\n  } catch {\n    throw new Error(',
    spec: 'SY-2',
  },
  {
    spec: 'SY-2',
    file: 'database/local/log-storage/log-record.ts',
    id: 'load.record-shape',
    against: 'a record that lost its shape breaks the reading instead of being left out',
    find: 'return storedRecordSchema.safeParse(value).data ?? null',
    off: 'return value as StoredRecord',
    tests: [DAMAGE],
  },
  {
    spec: 'SY-2',
    file: 'database/local/log-storage/document-log.ts',
    id: 'load.salvage-only-damage',
    against: 'a locked log is salvaged, which empties it',
    find: 'if (!(error instanceof LogDamagedError) || salvage === undefined) throw error',
    off: 'if (salvage === undefined) throw error',
    tests: [DAMAGE],
  },
  {
    spec: 'EL-1',
    file: 'database/local/log-storage/document-log.ts',
    id: 'load.encrypts-old-log',
    against: 'a log in the clear stays so although there is a key',
    find: 'if (found.damage === null && options.key !== null && !file.isEncrypted)',
    off: 'if (found.damage !== null && options.key !== null && !file.isEncrypted)',
    tests: [DAMAGE],
  },
  {
    ...COMPACTION,
    id: 'compaction.later-revision',
    against: 'dead documents stay in the log for ever',
    find: 'if (this.#deps.find(collection, id)?._rev === document._rev) into.put.set(id, document)',
    off: 'into.put.set(id, document)',
  },
  {
    ...COMPACTION,
    id: 'compaction.keeps-purges',
    against: 'what was forgotten comes back',
    find: 'if (!isFirst && gone.size > 0)',
    off: 'if (!isFirst && gone.size < 0)',
  },
  {
    ...COMPACTION,
    id: 'compaction.keeps-drops',
    against: 'a dropped collection comes back',
    find: 'const result: LogPart[] = isFirst ? []',
    off: 'const result: LogPart[] = isFirst || true ? []',
  },
  {
    ...COMPACTION,
    id: 'compaction.fixed-end',
    against: 'it chases a busy writer for ever',
    find: 'if (record === undefined || record.seq >= lastSeq) break',
    off: 'if (record === undefined) break',
  },
  {
    ...COMPACTION,
    id: 'compaction.lets-writers-pass',
    against: 'a write waits until all of the log is compacted',
    find: 'while (!this.#stopped && goesOn()) {',
    off: 'while (!this.#stopped) {',
  },
  {
    ...COMPACTION,
    id: 'compaction.never-throws',
    against: 'a full disk while compacting takes the worker down',
    find: `another try.
      .catch((error: unknown) => this.#failed(error))
`,
    off: '\n',
  },
  {
    ...COMPACTION,
    id: 'compaction.tells-damage',
    spec: 'SY-7',
    against: 'damage that is met while the app runs stays unknown until the next start, with work that waits',
    find: 'this.#tellDamaged(error)',
    off: '',
    tests: ['sync/worker/storage-troubles.test.ts'],
  },
  {
    ...COMPACTION,
    id: 'compaction.tried-again',
    against: 'a disk that was full once ends compaction until the next start',
    find: 'if (!(error instanceof LogDamagedError)) return',
    off: 'if (!(error instanceof LogDamagedError)) return void (this.#stopped = true)',
  },
  {
    ...LOG_FILE,
    id: 'compaction.not-the-head',
    against: 'the last record, of which the head speaks, is rewritten',
    find: ' || end >= this.records.length) throw',
    off: ') throw',
    tests: COMPACTION.tests,
  },
  {
    ...LOG_FILE,
    id: 'compaction.same-range',
    against: 'records that somebody else put there are replaced unread',
    find: `if ((await range.count()) !== end - start) throw new LogDamagedError('somebody else has changed it')`,
    off: '',
    tests: COMPACTION.tests,
  },
  {
    ...LOG_FILE,
    id: 'compaction.one-transaction',
    against: 'a crash between deleting and adding loses a range',
    find: `    await this.#db.transaction('rw', this.#log, async () => {
      const range`,
    off: `    await (async (_mode: string, _table: unknown, run: () => Promise<void>) => run())('rw', this.#log, async () => {
      const range`,
    tests: COMPACTION.tests,
  },
  {
    spec: 'SY-2',
    file: 'database/local/log-storage/compaction.ts',
    id: 'compaction.counts-dead',
    against: 'what was removed stays in the log for ever',
    find: 'if (documents - live > Math.max(FEW_DEAD, live)) return 0',
    off: '',
    tests: ['database/local/removed-documents.test.ts'],
  },
  {
    spec: 'SY-2',
    file: 'database/local/removed-documents.ts',
    id: 'compaction.marks-leave',
    against: 'marks of removed documents stay in memory and log for ever',
    find: 'while (!(await storage.cleanup(0)));',
    off: '',
    tests: ['database/local/removed-documents.test.ts'],
  },
  {
    spec: 'DB-8',
    file: 'database/local/rx-replica.ts',
    id: 'compaction.marks-of-erased',
    against: 'ids of removed documents stay in the store after an erasure',
    find: 'await removed.forgetNow()',
    off: '',
    tests: ['database/local/removed-documents.test.ts'],
  },
]
