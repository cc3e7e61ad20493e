import type { Guard } from '../guard.ts'

const PLACE = { spec: 'SY-2', tests: ['database/local/mirror.test.ts'] } as const
const MIRROR = { ...PLACE, file: 'database/local/log-storage/unsent-mirror.ts' } as const
const LOG = { ...PLACE, file: 'database/local/log-storage/document-log.ts' } as const
const OPEN = { ...PLACE, file: 'database/local/open-replica.ts' } as const
const STORAGES = { ...PLACE, file: 'database/local/replica-storages.ts' } as const
const KEYS = { ...PLACE, file: 'database/local/replica-keys.ts' } as const

/** The second place of what waits to be sent. */
export const MIRROR_GUARDS: readonly Guard[] = [
  {
    ...PLACE,
    file: 'database/local/log-storage/log-file.ts',
    id: 'mirror.before-answer',
    against: 'an edit counts as saved that goes with the first place',
    find: '      await besides\n',
    off: '',
  },
  {
    ...PLACE,
    file: 'database/local/mirror-bucket.ts',
    id: 'mirror.fresh-journal',
    against: 'a killed browser costs the second place, too',
    find: '    await beginFreshJournal(api)\n',
    off: '',
  },
  {
    ...MIRROR,
    id: 'mirror.only-what-waits',
    against: 'every page of the server is written twice',
    find: 'if (!this.#takeIn(parts)) return',
    off: 'this.#takeIn(parts)',
  },
  {
    ...MIRROR,
    id: 'mirror.hears-the-end',
    against: 'an edit that was discarded comes back and is sent',
    find: 'else if (!waiting.delete(id)) continue',
    off: 'else continue',
  },
  {
    ...MIRROR,
    id: 'mirror.tidied',
    against: 'the second place grows for ever',
    find: 'return this.#documents > 0 && waiting === 0',
    off: 'return false',
  },
  {
    ...MIRROR,
    id: 'mirror.sheds-the-dead',
    against: 'weeks without a connection fill the disk with what was settled',
    find: ' || this.#documents - waiting > Math.max(FEW_DEAD, waiting)',
    off: '',
  },
  {
    ...MIRROR,
    id: 'mirror.fails-soft',
    against: 'a second place that is full keeps the first from taking edits',
    find: 'if (this.#isWhole) await this.#store(records)\n    }).catch(() => undefined)',
    off: 'if (this.#isWhole) await this.#store(records)\n    })',
  },
  {
    ...MIRROR,
    id: 'mirror.edits-only',
    against: 'old state comes back with the edits that were written together with it',
    find: 'part.documents.filter((document) => this.#place.canWait(part.collection, document))',
    off: 'part.documents',
  },
  {
    ...MIRROR,
    id: 'mirror.waits-for-key',
    spec: 'EL-1',
    against: 'edits of which the key is locked away are thrown away',
    find: "return parseRecord(await db.table('kept').toCollection().first())?.iv !== undefined",
    off: "return parseRecord(await db.table('kept').toCollection().first())?.seq === -1",
  },
  {
    ...LOG,
    id: 'mirror.laid-in',
    against: 'unsent edits go with the log, though they are kept a second time',
    find: '  applyParts(collections, (await mirror?.read()) ?? [])\n',
    off: '',
  },
  {
    ...LOG,
    id: 'mirror.log-counts',
    against: 'what a start finds in the log only is kept once',
    find: '    this.#mirror?.rewrite(collections).catch(() => undefined)\n',
    off: '',
  },
  {
    ...OPEN,
    id: 'mirror.key-copied',
    against: 'the second place can not be read when the browser has deleted the key',
    find: 'const copied = keys?.copy?.(name)',
    off: 'const copied = null',
  },
  {
    ...STORAGES,
    id: 'mirror.forgets-erased',
    spec: 'DB-8',
    against: 'an erased person stays in the second place',
    find: '      await opened?.rewriteMirror()\n',
    off: '',
  },
  {
    ...STORAGES,
    id: 'mirror.goes-on-removal',
    spec: 'R-2',
    against: 'a replica that was removed comes back',
    find: 'for (const place of [mirror, api]) if',
    off: 'for (const place of mirror === api ? [mirror] : [api]) if',
  },
  {
    ...KEYS,
    id: 'mirror.key-goes',
    spec: 'R-2',
    against: 'the key of a removed replica stays in the second place',
    find: '      if (place !== null) await use(place, (keys) => keys.delete(name))\n',
    off: '',
  },
  {
    ...KEYS,
    id: 'mirror.marked-only',
    spec: 'R-2',
    against: 'what a removal could not reach comes back with its key',
    find: 'if (key !== null || !(await marks?.has(name))) return key',
    off: 'if (key !== null) return key',
  },
]
