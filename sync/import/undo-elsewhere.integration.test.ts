import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { user } from '#database/embedded/testing/test-backend.ts'
import { apply, importEverybody, rehearse } from '../testing/import-files.ts'
import { signedInDevice } from '../testing/real-device.ts'
import type { TestDevice } from '../testing/test-device.ts'

const { backend } = await suiteBackend(20)
const signedIn = (login: string) => signedInDevice(backend, user(login))

/** The customers of the list, by name: their phones. */
async function phones(device: TestDevice): Promise<Record<string, string | null>> {
  const query = { search: 'undone.example', filter: {}, sort: { by: 'name', direction: 'asc' } } as const
  const { rows } = await device.ask('customers.window', { query, offset: 0, limit: 50 })
  const found = await Promise.all(rows.map(({ id }) => device.ask('customers.get', { id })))
  return Object.fromEntries(found.flatMap((one) => (one === null ? [] : [[one.customer.name, one.customer.phone]])))
}

test('IO-4: an import of a colleague is undone on another computer: who came goes, what was replaced comes back, what was edited stays', async () => {
  const sales = await signedIn('sales')
  await importEverybody(
    sales,
    'Name,Email,Phone\nUndo Ann,ann@undone.example,0412 000 001\nUndo Bob,bob@undone.example,0412 000 002\n',
  )
  await sales.synced(30_000)
  const { importId } = await rehearse(
    sales,
    'Name,Email,Phone\nUndo Ann,ann@undone.example,0412 000 011\nUndo Bob,bob@undone.example,0412 000 012\nUndo Cy,cy@undone.example,0412 000 013\n',
  )
  await sales.ask('import.choose', { importId, kind: 'update', action: 'overwrite' })
  expect(await apply(sales, importId)).toMatchObject({ counts: { created: 1, updated: 2 } })
  await sales.synced(30_000)
  const manager = await signedIn('manager')
  const query = { search: 'Undo Bob', filter: {}, sort: { by: 'name', direction: 'asc' } } as const
  const { rows } = await manager.ask('customers.window', { query, offset: 0, limit: 1 })
  await manager.ask('customers.update', { id: rows[0]?.id ?? '', changes: { phone: '+61412000099' } })
  await manager.synced(30_000)
  const expected = { removed: 1, restored: 1, notAllowed: 0, elsewhere: 0 }
  expect(await manager.ask('import.undoPreview', { importId })).toMatchObject({ ok: true, value: expected })
  expect(await manager.ask('import.undo', { importId })).toMatchObject({ ok: true, value: expected })
  await manager.synced(30_000)
  await sales.synced(30_000)
  for (const device of [manager, sales]) {
    expect(await phones(device)).toEqual({ 'Undo Ann': '+61412000001', 'Undo Bob': '+61412000099' })
    expect(await device.ask('attention.list', null)).toEqual([])
  }
  expect(await sales.ask('import.undo', { importId })).toMatchObject({ ok: false, error: { code: 'undone' } })
}, 120_000)
