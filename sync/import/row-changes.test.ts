import { expect, test } from 'vitest'
import { type CustomerFields, NO_FIELDS } from '#shared/domain/customer.ts'
import { changesOf, differences } from './row-changes.ts'

const eva: CustomerFields = {
  ...NO_FIELDS,
  name: 'Eva Berg',
  email: 'eva@example.com',
  phone: '0473 218 385',
  notes: 'Prefers mornings.',
  tags: ['vip'],
}

test('IO-5: the same phone or mailbox written in another way is no difference', () => {
  expect(differences({ ...eva, phone: '+61473218385', email: 'Eva@Example.com' }, eva)).toEqual([])
  const german = { ...eva, phone: '+49 (0)911 89108-28' }
  expect(differences({ ...german, phone: '+499118910828' }, german)).toEqual([])
})

test('IO-2: another phone is a difference, also one that only ends like it in too few digits', () => {
  expect(differences({ ...eva, phone: '+61473218386' }, eva)).toEqual(['phone'])
  expect(differences({ ...eva, phone: '+61 473 218 385' }, { ...eva, phone: '8385' })).toEqual(['phone'])
})

test('IO-2: empty fields are filled, tags added, and what is there is overwritten only when asked for', () => {
  const row = { ...eva, address: 'Kiel', notes: 'Prefers evenings.', tags: ['lead'] }
  expect(changesOf(row, eva, 'updateEmpty')).toEqual({ address: 'Kiel', tags: ['vip', 'lead'] })
  expect(changesOf(row, eva, 'overwrite')).toEqual({
    address: 'Kiel',
    notes: 'Prefers evenings.',
    tags: ['vip', 'lead'],
  })
  expect(changesOf({ ...row, notes: null, phone: null }, eva, 'overwrite')).not.toHaveProperty('notes')
})
