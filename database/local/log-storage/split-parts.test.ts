import { expect, test } from 'vitest'
import type { LogPart } from './log-record.ts'
import { splitParts } from './split-parts.ts'

const put = (...keys: string[]) => ({
  op: 'put',
  collection: 'items|0',
  key: 'key',
  documents: keys.map((key) => ({ key })),
})

test('PF-6: parts are distributed over records of a bounded size, in their order', () => {
  const purge = { op: 'purge', collection: 'items|0', ids: ['a'] }
  expect(splitParts([put('a', 'b', 'c', 'd', 'e'), purge, put('f', 'g')] as unknown as LogPart[], 2)).toEqual([
    [put('a', 'b')],
    [put('c', 'd')],
    [put('e'), purge, put('f')],
    [put('g')],
  ])
})
