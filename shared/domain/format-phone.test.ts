import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhone, rangesAsShown } from './format-phone.ts'

test.each([
  ['+61400615844', 'AU', '0400 615 844'],
  ['0400615844', 'AU', '0400 615 844'],
  ['+61400615844', 'DE', '+61 400 615 844'],
  ['+4930901820', 'DE', '030 901820'],
  ['004930901820', 'DE', '030 901820'],
  ['02079460958', 'GB', '020 7946 0958'],
])('UI-5: %s reads in %s as %s', (text, country, shown) => expect(formatPhone(text, country)).toBe(shown))

test.each([
  ['030901820', 'AU'],
  ['0400 615 844 (Ann)', 'AU'],
  ['+61 400615 844', 'DE'],
  ['0400 615 844, 0400 615 845', 'AU'],
  ['0400 615 844 / 0400 615 845', 'AU'],
  ['12', 'AU'],
  ['0400615844', 'XX'],
  ['', 'AU'],
])('UI-5: %j stays as it was written in %s', (text, country) => expect(formatPhone(text, country)).toBe(text))

test.each([
  ['+61400615844', 'AU', '615844', '0400 [615 844]'],
  ['+61400615844', 'AU', '6140061', '0[400 61]5 844'],
  ['+61400615844', 'AU', '61', '[]0400 615 844'],
  ['+5491123456789', 'AR', '11', '[]011 15-2345-6789'],
  ['+5491123456789', 'AR', '9112', '011 15-[2]345-6789'],
  ['+5491123456789', 'AR', '345', '011 15-2[345]-6789'],
  ['+61400615844', 'AU', '', '[]0400 615 844'],
  ['+61400615844', 'DE', '61400', '+[61 400] 615 844'],
  ['0400615844', 'AU', '0400', '[0400] 615 844'],
  ['004930901820', 'DE', '901', '030 [901]820'],
])('SE-1: of %s, which reads in %s as a number of there, %s is marked as %s', (text, country, found, marked) => {
  const shown = formatPhone(text, country)
  const start = found === '' ? text.length : text.indexOf(found)
  const [range = [0, 0]] = rangesAsShown(text, shown, [[start, start + found.length]])
  expect(`${shown.slice(0, range[0])}[${shown.slice(...range)}]${shown.slice(range[1])}`).toBe(marked)
})

test('SE-1: whatever of a number is found, what is marked are digits of it that end where it ends', () => {
  const numbers = fc.constantFrom(
    '+61400615844',
    '0400615844',
    '+4930901820',
    '+442079460958',
    '+12025550143',
    '+5491123456789',
  )
  const part = fc.tuple(numbers, fc.constantFrom('AR', 'AU', 'DE', 'US'), fc.nat(12), fc.integer({ min: 1, max: 12 }))
  fc.assert(
    fc.property(part, ([text, country, from, length]) => {
      const start = Math.min(from, text.length - 1)
      const end = Math.min(start + length, text.length)
      const shown = formatPhone(text, country)
      const digits = (of: string): string => of.replace(/\D/g, '')
      for (const range of rangesAsShown(text, shown, [[start, end]])) {
        expect(range[0]).toBeLessThan(range[1])
        expect(digits(shown.slice(range[1]))).toBe(digits(text.slice(end)))
        expect(digits(text.slice(start, end)).endsWith(digits(shown.slice(...range)))).toBe(true)
      }
    }),
  )
})
