import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, onTestFinished, test } from 'vitest'
import { openVault } from '#database/local/vault.ts'
import { HandoverVault } from './handover-vault.ts'

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [ADA, BOB] = [idOf(1), idOf(2)]
/** A note as it is stored, with the quotes of a sealed file in it. */
const note = (n: number, userId: string) => ({
  id: idOf(n),
  userId,
  companyId: idOf(9),
  companyName: `Company ${n}, [Inc]`,
  unsent: 1,
  lostAt: '2026-01-01T00:00:00.000Z',
  isSignedOut: false,
  purged: true,
  seen: true,
  file: JSON.stringify([{ id: 'x', userId: 'y' }, { id: 'z' }]),
})

/** A vault whose stored hand-overs are this text. */
async function vaultOf(text: string) {
  const vault = await openVault({ indexedDB: new IDBFactory(), IDBKeyRange })
  onTestFinished(() => vault.close())
  await vault.set('handovers', text)
  const handovers = new HandoverVault(vault, null)
  const idsOf = async (userId: string) => (await handovers.of(userId)).map(({ id }) => id)
  return { vault, handovers, idsOf }
}

test('SY-5: hand-overs are read as they were written', async () => {
  const notes = [note(3, ADA), note(4, BOB)]
  const { handovers } = await vaultOf(JSON.stringify(notes))
  expect(await handovers.of(ADA)).toEqual([notes[0]])
  expect(await handovers.of(BOB)).toEqual([notes[1]])
  expect(await handovers.damagedOf(ADA)).toEqual([])
})

test.each([
  ['a note that has lost a field', JSON.stringify([note(3, ADA), { ...note(4, ADA), file: undefined }, note(5, ADA)])],
  ['a note that was cut off', JSON.stringify([note(3, ADA), note(5, ADA), note(4, ADA)]).slice(0, -40)],
  [
    'a note with a byte changed',
    JSON.stringify([note(3, ADA), note(4, ADA), note(5, ADA)]).replace(`{"id":"${idOf(4)}",`, `{"id":"${idOf(4)};`),
  ],
])('SY-5: %s is put apart with all its bytes, and the others go on', async (_what, text) => {
  const { vault, handovers, idsOf } = await vaultOf(text)
  expect(await idsOf(ADA)).toEqual([idOf(3), idOf(5)])
  const [damaged = '', ...more] = await handovers.damagedOf(ADA)
  expect(more).toEqual([])
  expect(damaged).toContain(idOf(4))
  expect(text).toContain(damaged)
  // Nobody else’s.
  expect(await handovers.damagedOf(BOB)).toEqual([])
  // Later changes leave it where it is.
  await handovers.discard(idOf(3))
  expect(await idsOf(ADA)).toEqual([idOf(5)])
  expect(await handovers.damagedOf(ADA)).toEqual([damaged])
  await handovers.forgetDamaged([damaged])
  expect(await handovers.damagedOf(ADA)).toEqual([])
  expect(await vault.get('handovers-damaged')).toBeNull()
})

test('SY-5: what nothing can be made of is kept whole, for whoever comes', async () => {
  const { handovers, idsOf } = await vaultOf('\u0000\u0000 no JSON at all')
  expect(await idsOf(ADA)).toEqual([])
  expect(await handovers.damagedOf(BOB)).toEqual(['\u0000\u0000 no JSON at all'])
})
