import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTags, sameTags } from './merge-tags.ts'

const tags = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'))

test('SY-4: tags merge as a set: what either added is there, what either removed is not, all else stays', () => {
  fc.assert(
    fc.property(tags, tags, tags, (base, mine, theirs) => {
      const merged = mergeTags(base, mine, theirs)
      for (const tag of 'abcde') {
        const before = base.includes(tag)
        // Only one side can differ from what was before in a given direction: a set has no conflicts.
        const expected = before
          ? mine.includes(tag) && theirs.includes(tag)
          : mine.includes(tag) || theirs.includes(tag)
        expect(merged.includes(tag)).toBe(expected)
      }
      expect(new Set(merged).size).toBe(merged.length)
      expect(sameTags(merged, mergeTags(base, theirs, mine))).toBe(true)
      expect(mergeTags(base, base, theirs)).toEqual(theirs)
      expect(sameTags(mergeTags(base, mine, base), mine)).toBe(true)
    }),
  )
})

test('SY-4: the same tags in another order are the same; one more or fewer is not', () => {
  expect(sameTags(['a', 'b'], ['b', 'a'])).toBe(true)
  expect(sameTags(['a', 'b'], ['a'])).toBe(false)
  expect(sameTags(['a'], ['a', 'b'])).toBe(false)
})
