import { expect, test } from 'vitest'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import { makeCustomers } from './customers.ts'
import { keyStrokes, makeQueries } from './typed-queries.ts'

test('PF-1: customers and queries are the same in every run', () => {
  expect(makeCustomers(50)).toEqual(makeCustomers(50))
  expect(makeQueries(makeCustomers(50), 3)).toEqual(makeQueries(makeCustomers(50), 3))
  expect(new Set(makeCustomers(500).map(({ id }) => id)).size).toBe(500)
})

test('PF-1: a query is typed letter by letter', () => {
  expect(keyStrokes('añ👍')).toEqual(['a', 'añ', 'añ👍'])
})

test('PF-1: what is measured finds somebody: 95 of 100 whole queries', () => {
  const customers = makeCustomers(2_000)
  const index = new CustomerSearchIndex()
  index.upsertMany(customers)
  const queries = makeQueries(customers, 30)
  expect(queries.length).toBeGreaterThanOrEqual(300)
  const missed = queries.filter((query) => index.search(query).numbers.length === 0)
  expect(missed.length).toBeLessThan(queries.length * 0.05)
})
