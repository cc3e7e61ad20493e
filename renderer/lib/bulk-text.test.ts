import { expect, test } from 'vitest'
import { outcomeText, undoneText } from './bulk-text.ts'

const DONE = { changed: 3, unchanged: 0, notAllowed: 0, tooManyTags: 0, stopped: false, error: null }
const UNDONE = { restored: 3, kept: 0, notAllowed: 0, missing: 0, stopped: false }
const tags = { kind: 'tags', add: ['VIP'], remove: [] } as const

test('UI-1: an act on many says whom it left, in sentences', () => {
  const change = { ...tags, add: [...tags.add], remove: [] }
  expect(outcomeText(change, DONE)).toBe('Tags of 3 customers changed')
  expect(outcomeText(change, { ...DONE, changed: 1, notAllowed: 1 })).toBe(
    'Tags of 1 customer changed. 1 is not yours and stays as it is.',
  )
  expect(outcomeText(change, { ...DONE, changed: 0, notAllowed: 2 })).toBe(
    'Nothing to change: all of them are like that already. 2 are not yours and stay as they are.',
  )
})

test('UI-4: undoing it tells those changed since from those who may not be changed, and from those who are elsewhere', () => {
  expect(undoneText(UNDONE)).toBe('3 customers as before')
  expect(undoneText({ ...UNDONE, restored: 0, kept: 10 })).toBe(
    'Nothing could be taken back. 10 were changed since and stay.',
  )
  expect(undoneText({ restored: 1, kept: 1, notAllowed: 2, missing: 1, stopped: true })).toBe(
    '1 customer as before. 1 was changed since and stays. 2 are not yours and stay as they are. ' +
      '1 is not on this computer at the moment. Stopped: the others stay as they are.',
  )
})
