import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NAME_FAMILIES } from '#shared/search/given-names.ts'
import { MIGRATIONS_DIRECTORY } from './migration-files.ts'

test('SE-1: the server knows the same forms of names as the laptops', async () => {
  const migration = await readFile(join(MIGRATIONS_DIRECTORY, '20261122003050_customer_search.sql'), 'utf8')
  const families = NAME_FAMILIES.map((names) => names.join(' '))
  expect(migration.split('$names$')[1]?.trim().split('\n')).toEqual(families)
})
