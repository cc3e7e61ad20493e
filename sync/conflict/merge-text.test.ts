import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeText } from './merge-text.ts'

test.each([
  ['only I changed it', 'a', 'b', 'a', 'b'],
  ['only they changed it', 'a', 'a', 'b', 'b'],
  ['both alike', 'a', 'b', 'b', 'b'],
  ['both wrote the first notes', null, 'mine', 'theirs', 'theirs\nmine'],
  ['both added a line at the end', 'a', 'a\nmine', 'a\ntheirs', 'a\ntheirs\nmine'],
  ['both added the same line at the end', 'a', 'a\nsame', 'a\nsame', 'a\nsame'],
  ['both added lines, one of them the same', 'a', 'a\nsame\nmine', 'a\nsame\ntheirs', 'a\nsame\ntheirs\nmine'],
  [
    'different words of one line',
    'one two three four',
    'ONE two three four',
    'one two three FOUR',
    'ONE two three FOUR',
  ],
  ['I emptied it', 'a', null, 'a', null],
  ['I removed a line, they added one elsewhere', 'a\nb\nc\nd', 'a\nc\nd', 'a\nb\nc\nd\ne', 'a\nc\nd\ne'],
  ['blank lines count', 'a\n\nb', 'A\n\nb', 'a\n\nB', 'A\n\nB'],
])('SY-4: notes merge when %s', (_, base, mine, theirs, text) => {
  expect(mergeText(base, mine, theirs)).toEqual({ kind: 'merged', text })
})

test.each([
  ['the same word', 'one two', 'one MINE', 'one THEIRS', 'one MINE', 'one THEIRS'],
  ['a line that the other removed', 'a\nb', 'a\nB', 'a', 'a\nB', 'a'],
  ['what the other emptied', 'a', 'A', null, 'A', null],
])('SY-4: notes are a conflict where both changed %s', (_, base, mine, theirs, showsMine, showsTheirs) => {
  expect(mergeText(base, mine, theirs)).toEqual({ kind: 'conflict', mine: showsMine, theirs: showsTheirs })
})

test('SY-4: a text too long to be compared in time is a conflict as a whole, at once', () => {
  const lines = (word: string) => Array.from({ length: 9_000 }, (_, n) => (n % 2 ? '' : word)).join('\n')
  const started = performance.now()
  expect(mergeText(lines('a'), lines('b'), lines('c'))).toMatchObject({ kind: 'conflict' })
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('SY-4: the longest notes of one line merge in a moment where the changes are near each other', () => {
  const words = Array.from({ length: 3_300 }, (_, n) => `w${n % 40}`)
  const edited = (at: number, word: string) => words.with(at, word).join(' ')
  const started = performance.now()
  expect(mergeText(words.join(' '), edited(1_000, 'MINE'), edited(1_900, 'THEIRS'))).toEqual({
    kind: 'merged',
    text: words.with(1_000, 'MINE').with(1_900, 'THEIRS').join(' '),
  })
  // Too far apart to be compared in time: a conflict, with both whole.
  expect(mergeText(words.join(' '), edited(0, 'MINE'), edited(3_299, 'THEIRS'))).toEqual({
    kind: 'conflict',
    mine: edited(0, 'MINE'),
    theirs: edited(3_299, 'THEIRS'),
  })
  expect(performance.now() - started).toBeLessThan(2_000)
})

const word = fc.constantFrom('tea', 'calls', 'late', 'pays', 'moved', '')
const notes = fc
  .array(
    fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    { maxLength: 6 },
  )
  .map((lines) => lines.join('\n') || null)
const wordsIn = (text: string | null) => new Set((text ?? '').split(/\s+/).filter((part) => part !== ''))

test('SY-4: whatever two people do to notes: no word that either wrote is gone, and nobody meets without need', () => {
  fc.assert(
    fc.property(notes, notes, notes, (base, mine, theirs) => {
      const merge = mergeText(base, mine, theirs)
      const kept = merge.kind === 'merged' ? wordsIn(merge.text) : wordsIn(`${merge.mine ?? ''} ${merge.theirs ?? ''}`)
      const before = wordsIn(base)
      for (const written of [...wordsIn(mine), ...wordsIn(theirs)])
        if (!before.has(written)) expect(kept).toContain(written)
      // A word that both left where it was is still there.
      for (const left of before) if (wordsIn(mine).has(left) && wordsIn(theirs).has(left)) expect(kept).toContain(left)
      // Whose side it is seen from changes nothing about whether it is a conflict.
      expect(mergeText(base, theirs, mine).kind).toBe(merge.kind)
      expect(mergeText(base, base, theirs)).toEqual({ kind: 'merged', text: theirs })
      expect(mergeText(base, mine, mine)).toEqual({ kind: 'merged', text: mine })
    }),
    { numRuns: 3_000 },
  )
})

test('SY-4: changes to different lines, with a line between them, never meet', () => {
  const line = fc.stringMatching(/^[a-z]{3,8}( [a-z]{3,8}){0,4}$/)
  fc.assert(
    fc.property(fc.uniqueArray(line, { minLength: 3, maxLength: 12 }), fc.nat(), fc.nat(), (lines, a, b) => {
      const [at, other] = [a % lines.length, b % lines.length]
      fc.pre(Math.abs(at - other) > 1)
      const merge = mergeText(
        lines.join('\n'),
        lines.with(at, 'MINE').join('\n'),
        lines.with(other, 'THEIRS').join('\n'),
      )
      expect(merge).toEqual({ kind: 'merged', text: lines.with(at, 'MINE').with(other, 'THEIRS').join('\n') })
    }),
  )
})
