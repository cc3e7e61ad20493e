import { expect, test } from 'vitest'
import { parseName } from './person-name.ts'

test.each([
  ['Anna Berger', { given: 'anna', family: 'berger', middle: [] }],
  ['BERGER, Anna Maria', { given: 'anna', family: 'berger', middle: ['maria'] }],
  ['Dr. Anna Lena von der Heide', { given: 'anna', middle: ['lena'], family: 'vonderheide' }],
  ['Berg, Anna von', { given: 'anna', family: 'vonberg' }],
  ["Siobhán O'Brien", { given: 'siobhan', family: 'obrien' }],
  ['Lisa Schmidt-Meier', { family: 'schmidtmeier', familyParts: ['schmidt', 'meier'] }],
  ['John Smith Jr.', { given: 'john', family: 'smith', generation: 'jr' }],
  ['Smith, Sr., John', { given: 'john', family: 'smith', generation: 'sr' }],
  ['Hans Meier d. Ä.', { family: 'meier', generation: 'sr' }],
  ['Constructor Prototype', { given: 'constructor', generation: '' }],
  ['Cher', { given: '', family: 'cher', words: ['cher'] }],
  [', Anna', { given: 'anna', family: '' }],
  ['Berger,', { given: '', family: 'berger' }],
  ['', { given: '', family: '', words: [] }],
  ['Müller Bau GmbH & Co. KG', { isOrganisation: true, words: ['muller', 'bau'] }],
  ['The Smith Restaurant Ltd', { isOrganisation: true, words: ['smith', 'restaurant'] }],
  ['Ltd & Co', { isOrganisation: true, words: ['ltd', 'co'] }],
  ['Sam Church', { isOrganisation: true }],
])('SE-3: the name %j is taken apart', (name, parts) => {
  expect(parseName(name)).toMatchObject(parts)
})
