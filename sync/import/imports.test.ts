import { expect, test } from 'vitest'
import { apply, kindsOf, rehearse, reportOf } from '../testing/import-files.ts'
import { countCustomers, oneCompany } from '../testing/one-company.ts'

const LIST = `Name,Email,Phone,City
Ann Lee,ann@example.com,0170 1234567,Berlin
Bob Ray,bob@example.com,,Hamburg
Cy Wolf,broken,,Bonn
Ann Lee,ann@example.com,,Berlin
`

test('IO-2: a rehearsal counts every row and writes nothing; the import does what it said', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  const summary = await rehearse(device, LIST)
  expect(kindsOf(summary)).toEqual({ new: 2, duplicateInFile: 1, invalid: 1 })
  expect(await countCustomers(device)).toBe(0)
  const progress = await apply(device, summary.importId)
  expect(progress).toMatchObject({
    state: 'done',
    rows: 4,
    counts: { created: 2, updated: 0, unchanged: 1, duplicates: 0, skipped: 0, failed: 1 },
  })
  expect(await countCustomers(device)).toBe(2)
  await device.synced()
  expect(await reportOf(device, summary.importId)).toMatchObject({
    rows: 4,
    waiting: 0,
    refused: 0,
    counts: progress.counts,
  })
})

test('IO-4: the same file twice makes nobody twice, and says so', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  const first = await rehearse(device, LIST)
  await apply(device, first.importId)
  await device.synced()
  const again = await rehearse(device, LIST)
  expect(kindsOf(again)).toEqual({ unchanged: 3, invalid: 1 })
  expect(await apply(device, again.importId)).toMatchObject({ counts: { created: 0, unchanged: 3, failed: 1 } })
  await device.synced()
  expect(server.rows.size).toBe(2)
})

test('IO-4: whom no key finds is known again by all that is said of them', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  // Nothing to compare in the first, and more namesakes than are compared with each other.
  const namesakes = Array.from({ length: 40 }, (_, n) => `Eva Berg,,${n} Some Street`)
  const list = `Name,Email,Address\n###,,\n${namesakes.join('\n')}\n`
  const { importId, kinds } = await rehearse(device, list)
  for (const { kind, rows } of kinds) {
    if (rows > 0) await device.ask('import.choose', { importId, kind, action: 'create' })
  }
  expect(await apply(device, importId)).toMatchObject({ counts: { created: 41 } })
  expect(kindsOf(await rehearse(device, list))).toEqual({ unchanged: 41 })
})

test('IO-4: undoing takes back who was made, restores what was changed, and keeps what was edited since', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await apply(device, (await rehearse(device, LIST)).importId)
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone\nAnn Lee,ann@example.com,0301234567\nBob Ray,bob@example.com,030 7654321\nDee Fox,dee@example.com,\nEve Gold,eve@example.com,\n',
  )
  await device.ask('import.choose', { importId, kind: 'update', action: 'overwrite' })
  expect(await apply(device, importId)).toMatchObject({ counts: { created: 2, updated: 2 } })
  await device.synced()
  const byName = (name: string) => [...server.rows.values()].find((row) => row.name === name)
  await device.ask('customers.update', { id: byName('Eve Gold')?.id ?? '', changes: { notes: 'Called her' } })
  await device.ask('customers.update', { id: byName('Bob Ray')?.id ?? '', changes: { phone: '1' } })
  await device.synced()
  await device.restart()
  const preview = await device.ask('import.undoPreview', { importId })
  const expected = { removed: 1, editedSince: 1, notAllowed: 0, restored: 1, valuesKept: 1, elsewhere: 0, gone: 0 }
  expect(preview).toEqual({ ok: true, value: expected })
  expect(await device.ask('import.undo', { importId })).toEqual({ ok: true, value: expected })
  await device.synced()
  expect(byName('Dee Fox')?.deletedAt).not.toBeNull()
  expect(byName('Eve Gold')?.deletedAt).toBeNull()
  expect(byName('Ann Lee')?.phone).toBe('0170 1234567')
  expect(byName('Bob Ray')?.phone).toBe('1')
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: false, error: { code: 'undone' } })
})
