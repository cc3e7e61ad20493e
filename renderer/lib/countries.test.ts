import { getCountries } from 'libphonenumber-js/min'
import { expect, test } from 'vitest'
import { COUNTRIES, countryName } from './countries.ts'

test('UI-4: a company can be in each country whose numbers the app can read, called by its name', () => {
  expect(COUNTRIES).toEqual(getCountries().toSorted())
  for (const code of COUNTRIES) expect(countryName(code), code).not.toBe('')
  expect(countryName('AU')).toBe('Australia')
})
