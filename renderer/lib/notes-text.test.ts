import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joined, type NoteLine, type NoteSpan, readNotes, saysTheSame, writeLine, writeNotes } from './notes-text.ts'

const ANY_TEXT = fc.string({
  unit: fc.constantFrom(...'ab *_[]()\\-+.)1 \t\r\n<>&`!#|:/', 'https://x.y', '**', 'ü', '😀'),
})
const WORD = fc.string({ unit: fc.constantFrom(...'abü1.-*_[]\\()'), minLength: 1, maxLength: 6 })
const HREF = fc.constantFrom(null, null, 'https://example.com/a_b?c=1&d=2', 'mailto:a@b.example', 'tel:+4930123')
/** Marked words, apart by blanks: what people write. */
const WORDS = fc.array(fc.record({ text: WORD, bold: fc.boolean(), italic: fc.boolean(), href: HREF }), {
  maxLength: 5,
})
const SPANS = fc.array(
  fc.record({
    text: fc.string({ unit: fc.constantFrom(...'ab *_[]\\-1.'), maxLength: 4 }),
    bold: fc.boolean(),
    italic: fc.boolean(),
    href: HREF,
  }),
  { maxLength: 5 },
)
const HEAD = fc.constantFrom(
  { kind: 'text', indent: '', marker: '' } as const,
  { kind: 'bullet', indent: '  ', marker: '-' } as const,
  { kind: 'number', indent: '', marker: '12.' } as const,
)

function textOf({ spans }: NoteLine): string {
  return spans.map(({ text }) => text).join('')
}

function oneLine(text: string): NoteLine {
  const [line, ...others] = readNotes(text)
  if (line === undefined || others.length > 0) throw new Error('not one line')
  return line
}

test('UI-2: any text is read and written back as it was', () => {
  fc.assert(
    fc.property(ANY_TEXT, (text) => {
      expect(writeNotes(readNotes(text))).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('UI-2: whoever edits a line changes no other', () => {
  fc.assert(
    fc.property(ANY_TEXT, fc.nat(), WORDS, (text, at, spans) => {
      const lines = readNotes(text)
      const index = at % lines.length
      const edited = lines.map((line, i) => (i === index ? { ...line, spans } : line))
      const before = text.split('\n')
      const after = writeNotes(edited).split('\n')
      expect(after.toSpliced(index, 1)).toEqual(before.toSpliced(index, 1))
    }),
    { numRuns: 300 },
  )
})

test('UI-2: marked words and links read back as they were written', () => {
  fc.assert(
    fc.property(HEAD, WORDS, (head, words) => {
      const plain = { text: ' ', bold: false, italic: false, href: null }
      const spans = joined(words.flatMap((word, i): NoteSpan[] => (i === 0 ? [word] : [plain, word])))
      const line = { ...head, spans }
      const back = oneLine(writeLine(line))
      expect(saysTheSame(back, line), `${JSON.stringify(line)} → ${writeLine(line)}`).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('UI-2: whatever is marked, every word survives', () => {
  fc.assert(
    fc.property(HEAD, SPANS, (head, spans) => {
      const line = { ...head, spans: joined(spans) }
      expect(textOf(oneLine(writeLine(line))).trim()).toBe(textOf(line).trim())
    }),
    { numRuns: 500 },
  )
})

test('UI-2: bold, italic, links and lists are understood; HTML and other schemes are text', () => {
  const [first, second, third] = readNotes(
    '- **Call** _me_ at [the office](tel:+49301)\n<b>x</b> [y](javascript:alert(1))\nsnake_case_name',
  )
  expect(first).toMatchObject({
    kind: 'bullet',
    spans: [
      { text: 'Call', bold: true, italic: false, href: null },
      { text: ' ', bold: false, italic: false, href: null },
      { text: 'me', bold: false, italic: true, href: null },
      { text: ' at ', bold: false, italic: false, href: null },
      { text: 'the office', bold: false, italic: false, href: 'tel:+49301' },
    ],
  })
  expect(second?.spans).toEqual([{ text: '<b>x</b> [y](javascript:alert(1))', bold: false, italic: false, href: null }])
  expect(third?.spans).toEqual([{ text: 'snake_case_name', bold: false, italic: false, href: null }])
})
