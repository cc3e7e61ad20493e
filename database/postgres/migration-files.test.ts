import { expect, test } from 'vitest'
import { MIGRATIONS_DIRECTORY, planMigrations, readMigrationFiles } from './migration-files.ts'

const file = (name: string, checksum = 'c') => ({ name, sql: '', checksum })

test('DB-1: what is new is applied, in order', () => {
  const plan = planMigrations([file('1'), file('2'), file('3')], [{ name: '1', checksum: 'c' }])
  expect(plan).toMatchObject({ ok: true, value: [{ name: '2' }, { name: '3' }] })
})

test.each([
  ['migration_changed', [file('1', 'other')], ['1']],
  ['migration_missing', [file('2')], ['1']],
  ['migration_out_of_order', [file('1'), file('2')], ['2']],
])('DB-1: %s is refused with the name of the file', (code, files, applied) => {
  const plan = planMigrations(
    files,
    applied.map((name) => ({ name, checksum: 'c' })),
  )
  expect(plan).toMatchObject({ ok: false, error: { code, message: expect.stringContaining('1') } })
})

test('DB-1: the product has migrations, well named', async () => {
  const files = await readMigrationFiles(MIGRATIONS_DIRECTORY)
  expect(files.ok && files.value.length).toBeGreaterThan(10)
})

test('DB-1: a folder that is not there is named', async () => {
  expect(await readMigrationFiles('/nowhere')).toMatchObject({ ok: false, error: { code: 'migrations_unreadable' } })
})
