import { expect, test } from 'vitest'
import { formatPhone } from './format-phone.ts'

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
