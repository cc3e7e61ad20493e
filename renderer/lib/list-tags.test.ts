import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tagsText } from './list-tags.ts'

test('UI-1: what the search marked in a tag is marked in the text of the column', () => {
  const tag = fc.string({ minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(tag, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (tags, which, from) => {
      const at = which % tags.length
      const wanted = tags[at] ?? ''
      const start = tags.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0)
      const begin = from % wanted.length
      const { text, ranges } = tagsText(tags, [[start + begin, start + wanted.length]])
      expect(text).toBe(tags.join(', '))
      const [[first, end] = [0, 0]] = ranges ?? []
      expect(text.slice(first, end)).toBe(wanted.slice(begin))
      const before = tags.slice(0, at).map((one) => `${one}, `)
      expect(first).toBe(before.join('').length + begin)
    }),
  )
})
