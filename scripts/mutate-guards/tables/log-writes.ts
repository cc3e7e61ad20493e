import type { Guard } from '../guard.ts'

const FAULTS = 'database/local/log-storage/log-faults.test.ts'
const CONTRACT = 'database/local/log-storage/storage-contract.test.ts'
const LOG_FILE = { spec: 'SY-2', file: 'database/local/log-storage/log-file.ts', tests: [FAULTS] } as const
const LOG_HEAD = { spec: 'SY-2', file: 'database/local/log-storage/log-head.ts', tests: [FAULTS] } as const
const LOG_DATABASE = { spec: 'SY-2', file: 'database/local/log-storage/log-database.ts', tests: [FAULTS] } as const
const QUEUE = { spec: 'SY-2', file: 'database/local/log-storage/write-queue.ts', tests: [FAULTS] } as const
const BULK_WRITE = { spec: 'SY-2', file: 'database/local/log-storage/bulk-write.ts', tests: [FAULTS] } as const
const TOGETHER = { spec: 'SY-2', file: 'database/local/log-storage/together.ts', tests: [FAULTS] } as const
const STORAGE = { spec: 'SY-2', file: 'database/local/log-storage/log-storage.ts', tests: [CONTRACT] } as const

/** The order in which the log storage writes (docs/storage.md), step by step. */
export const LOG_WRITE_GUARDS: readonly Guard[] = [
  {
    ...LOG_FILE,
    id: 'log.encode-first',
    against: 'IndexedDB closes a transaction in which anything else is awaited',
    find: `      const records = await encodeAll(this.#codec, parts, base + 1, base + 1)
      const besides = beside?.(records)
      await this.#head.move(base, base + records.length, async () => {
        await Promise.all(`,
    off: `      let records: StoredRecord[] = []
      const besides = beside?.(records)
      await this.#head.move(base, base + splitParts(parts).length, async () => {
        records = await encodeAll(this.#codec, parts, base + 1, base + 1)
        await Promise.all(`,
  },
  {
    ...LOG_DATABASE,
    id: 'log.strict-durability',
    against: 'a power loss takes what was acknowledged',
    find: `chromeTransactionDurability: 'strict'`,
    off: `chromeTransactionDurability: 'relaxed'`,
    tests: ['database/local/storage.test.ts'],
  },
  {
    ...LOG_HEAD,
    id: 'log.head-check',
    against: 'a second owner writes over what it does not know',
    find: 'if (from !== null && before?.seq !== from) {',
    off: 'if (from === -1) {',
  },
  {
    ...LOG_HEAD,
    id: 'log.head-in-transaction',
    against: 'the head says less than the log holds after a crash',
    find: `        await write()
        await this.#meta.put({ key: 'head', seq: to, token })
      })`,
    off: `        await write()
      })
      await this.#meta.put({ key: 'head', seq: to, token })`,
  },
  {
    ...LOG_HEAD,
    id: 'log.read-head-again',
    against: 'a write that is durable is reported as failed when only its answer is lost',
    find: 'if (head?.token !== token) throw error',
    off: `if (head?.token !== '') throw error`,
  },
  {
    ...LOG_HEAD,
    id: 'log.head-token',
    against: 'the head of somebody else passes for ours, and a failed write for a durable one',
    find: 'if (head?.token !== token) throw error',
    off: 'if (head === undefined) throw error',
  },
  {
    ...LOG_FILE,
    id: 'log.fail-stop',
    against: 'a later write is stored past a failed one',
    find: '      this.stop(error)\n',
    off: '',
  },
  {
    ...LOG_FILE,
    id: 'log.stopped-refuses',
    against: 'a stopped log goes on writing',
    find: 'if (this.#stopped !== null) throw new LogStoppedError(this.#stopped)',
    off: '',
  },
  {
    ...LOG_DATABASE,
    id: 'log.no-auto-open',
    against: 'a database deleted underneath comes back empty',
    find: 'autoOpen: false',
    off: 'autoOpen: true',
  },
  {
    ...QUEUE,
    id: 'log.persist-then-apply',
    against: 'the screen shows what the disk may not have',
    find: `    try {
      if (parts.length > 0) await this.#append(parts)`,
    off: `    for (const write of planned) write.apply()
    try {
      if (parts.length > 0) await this.#append(parts)`,
  },
  {
    ...QUEUE,
    id: 'log.persist-then-tell',
    against: 'listeners and callers hear of a write before it is durable',
    find: `    try {
      if (parts.length > 0) await this.#append(parts)`,
    off: `    for (const write of planned) write.done()
    try {
      if (parts.length > 0) await this.#append(parts)`,
  },
  {
    ...QUEUE,
    id: 'log.apply-then-tell',
    against: 'a listener reads the replica as it was before what it is told of',
    find: `    for (const write of planned) write.apply()
    for (const write of planned) write.done()`,
    off: `    for (const write of planned) write.done()
    for (const write of planned) write.apply()`,
  },
  {
    ...QUEUE,
    id: 'log.failed-not-applied',
    against: 'a failed write shows',
    find: `      for (const write of planned) write.fail(error)
      return
`,
    off: `      for (const write of planned) write.fail(error)
`,
  },
  {
    ...QUEUE,
    id: 'log.group-commit',
    against: 'each of many waiting writes waits for a disk flush of its own',
    find: 'return i > 0 && size > GROUP_DOCUMENTS',
    off: 'return i > 0',
  },
  {
    ...BULK_WRITE,
    id: 'log.judge-in-flight',
    against: 'two writes over one revision both win: a lost update',
    find: 'for (const document of documents) call.state.plan(String(document[call.state.key]), document)',
    off: 'void documents',
  },
  {
    ...BULK_WRITE,
    id: 'log.together-or-not',
    against: 'half of a change that spans collections is stored',
    find: 'if (together && conflicts > 0) {',
    off: 'if (together && conflicts < 0) {',
  },
  {
    ...TOGETHER,
    id: 'log.together-waits',
    against: 'parts of a common write are judged and stored apart',
    find: 'if (group.calls.length < Number(count)) return',
    off: '',
  },
  {
    ...TOGETHER,
    id: 'log.together-gives-up',
    against: 'a part that never comes leaves the others waiting for ever',
    find: 'for (const call of group?.calls ?? []) call.reject(error)',
    off: 'void [group, error]',
  },
  {
    ...STORAGE,
    id: 'log.no-attachments',
    against: 'attachments are taken and silently not kept',
    find: 'if (params.schema.attachments !== undefined) {',
    off: 'if (params.schema === undefined) {',
  },
  {
    ...STORAGE,
    id: 'log.one-owner',
    against: 'several owners of one log are let in',
    find: 'if (params.multiInstance) {',
    off: 'if (params.multiInstance === undefined) {',
  },
  {
    spec: 'SY-2',
    file: 'database/local/log-storage/log-storage-instance.ts',
    id: 'log.close-waits',
    against: 'closing drops writes that are under way',
    find: 'this.#closed ??= this.#log.closeCollection(this.#state)\n    return this.#closed',
    off: 'this.#closed ??= this.#log.closeCollection(this.#state)\n    return Promise.resolve()',
    tests: [FAULTS],
  },
  {
    spec: 'PF-6',
    file: 'database/local/log-storage/split-parts.ts',
    id: 'log.record-size',
    against: 'a record grows too large to be read and checked in one go',
    find: 'const documents = part.documents.slice(start, start + room)',
    off: 'const documents = part.documents.slice(start)',
    tests: ['database/local/log-storage/split-parts.test.ts'],
  },
]
