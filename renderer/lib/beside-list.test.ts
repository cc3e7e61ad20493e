import { expect, test } from 'vitest'
import { besideList } from './beside-list.ts'
import { routes } from './routes.ts'

const id = '0194e000-0000-7000-8000-000000000001'

test.each([
  [routes.customers, { kind: 'nothing' }],
  [routes.newCustomer, { kind: 'create', madeId: null }],
  [routes.madeCustomer(id), { kind: 'create', madeId: id }],
  [routes.madeCustomer('edit'), { kind: 'create', madeId: null }],
  [routes.customer(id), { kind: 'customer', id, isEditing: false }],
  [routes.editCustomer(id), { kind: 'customer', id, isEditing: true }],
  [routes.customer('nobody'), { kind: 'nothing' }],
])('UI-5: the address %s says who stands beside the list', (location, beside) => {
  expect(besideList(location)).toEqual(beside)
})
