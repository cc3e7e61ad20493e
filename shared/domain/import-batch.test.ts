import { expect, test } from 'vitest'
import { importBatchSchema } from './import-batch.ts'

test('IO-4: an import that an older server tells of, or an older version stored, is read without its end', () => {
  const id = '00000000-0000-4000-8000-000000000001'
  const counts = { rowCount: 1, createdCount: 1, updatedCount: 0, skippedCount: 0, invalidCount: 0 }
  const user = { companyId: id, userId: id, userName: null }
  const batch = { ...counts, ...user, id, fileName: 'list.csv', createdAt: '2026-01-02T03:04:05Z', undoneAt: null }
  expect(importBatchSchema.parse({ ...batch, rev: '1' })).toMatchObject({ fileName: 'list.csv', endedAt: null })
})
