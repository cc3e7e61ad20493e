import {
  type FilledMangoQuery,
  getQueryMatcher,
  getSortComparator,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb'

type Schema<T> = RxJsonSchema<RxDocumentData<T>>

/**
 * Answers a query by looking at every document. The app's lists have tables of their own; what
 * comes here is rare, and indexes would cost every write more than they could save (docs/decisions/0004).
 */
export function findDocuments<T>(
  schema: Schema<T>,
  documents: Iterable<RxDocumentData<T>>,
  { query }: PreparedQuery<T>,
): RxDocumentData<T>[] {
  const matches = getQueryMatcher<T>(schema, query)
  const found: RxDocumentData<T>[] = []
  for (const document of documents) if (matches(document)) found.push(document)
  found.sort(getSortComparator<T>(schema, query))
  return found.slice(query.skip, query.limit === undefined ? undefined : query.skip + query.limit)
}

/** How many documents `findDocuments` would answer. */
export function countMatches<T>(
  schema: Schema<T>,
  documents: Iterable<RxDocumentData<T>>,
  { query }: PreparedQuery<T>,
): number {
  const matches = getQueryMatcher<T>(schema, query)
  let count = 0
  for (const document of documents) if (matches(document)) count += 1
  return withinLimit(count, query)
}

function withinLimit<T>(count: number, { skip, limit }: FilledMangoQuery<T>): number {
  return Math.min(Math.max(count - (skip ?? 0), 0), limit ?? Number.POSITIVE_INFINITY)
}
