import { expect, test } from 'vitest'
import { parseQuery } from './parse-query.ts'

test.each([
  ['anna berg', ['word', 'word']],
  ['+49 170 123', ['phone']],
  ['0170 123 456', ['phone']],
  ['(0170) 123-456', ['phone']],
  ['12 4053', ['number', 'number']],
  ['10115 berlin', ['number', 'word']],
  ['anna@web.de', ['email']],
  ['anna 0170123456', ['word', 'phone']],
  ['... --- ,;', []],
  ['a b c d e f g h i j', Array.from({ length: 8 }, () => 'word')],
])('SE-1: "%s" is read as %j', (query, kinds) => {
  expect(parseQuery(query).map((term) => term.kind)).toEqual(kinds)
})

test('SE-1: a number typed in any format is the same phone', () => {
  const digits = ['+49 (0)170 1234567', '0049 170 1234567', '+49-170-1234567', '49 170 / 1234567'].map((text) =>
    parseQuery(text).map((term) => (term.kind === 'phone' ? term.digits.bare : term.kind)),
  )
  expect(digits).toEqual([['491701234567'], ['491701234567'], ['491701234567'], ['491701234567']])
})
