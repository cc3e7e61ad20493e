import { expect, test } from 'vitest'
import { parseAddress } from './postal-address.ts'

test.each([
  ['11 dooland ct, flowerdale, VIC 3163', '11', 'dooland', '3163', ['flowerdale']],
  ['6, tullaroop street, willaroo, st james, 4011, wa', '6', 'tullaroop', '4011', ['willaroo', 'stjames']],
  ['46, rowethorpe, waterloo, VIC 2017', '46', 'rowethorpe', '2017', ['waterloo']],
  ['Hauptstr. 12, 80331 München, Germany', '12', 'haupt', '80331', ['munchen']],
  ['Hauptstraße 12\n80331 München', '12', 'haupt', '80331', ['munchen']],
  ['132 Main Street Springfield', '132', 'main', '', ['springfield']],
  ['Unit 5, 12 Smith St, Sydney NSW 2000', '12', 'smith', '2000', ['sydney']],
  ['5/12 Smith St, Sydney', '12', 'smith', '', ['sydney']],
  ['435 s. la cienega blv., los angeles', '435', 'lacienega', '', ['losangeles']],
  ['10 Downing Street, London SW1A 2AA', '10', 'downing', 'sw1a2aa', ['london']],
  ['ul. Długa 5, 90-123 Łódź', '5', 'dluga', '90123', ['lodz']],
  ['villa 5, galmarra street, kurri kurri', '', 'galmarra', '', ['villa5', 'kurrikurri']],
  ['St Kilda, VIC 3182', '', '', '3182', ['stkilda']],
  ['London', '', '', '', ['london']],
  ['', '', '', '', []],
])('SE-3: the address %j is taken apart', (address, number, street, postcode, places) => {
  expect(parseAddress(address)).toEqual({ number, street, postcode, places })
})
