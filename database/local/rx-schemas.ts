import type { RxJsonSchema } from 'rxdb'
import type { ReplicaCustomer } from './replica-customer.ts'
import type { ReplicaRecord } from './replica-record.ts'

/** A stored key and its value, as JSON text so that the storage never interprets it. */
export interface StateDocument {
  readonly key: string
  readonly json: string
}

/**
 * RxDB's schema of the customers. Types are checked by zod at our border (one source of truth), so
 * this names the key and lets the rest be: list, sort and search work on memory, no index is needed.
 */
export const customerRxSchema: RxJsonSchema<ReplicaCustomer> = {
  title: 'customers',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 36 } } as RxJsonSchema<ReplicaCustomer>['properties'],
  required: ['id'],
}

/** RxDB's schema of the rows of all other collections: one store, because the free RxDB opens 13 at most. */
export const recordRxSchema: RxJsonSchema<ReplicaRecord> = {
  title: 'records',
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: { key: { type: 'string', maxLength: 60 } } as RxJsonSchema<ReplicaRecord>['properties'],
  required: ['key'],
}

/** RxDB's schema of the key/value state. */
export const stateRxSchema: RxJsonSchema<StateDocument> = {
  title: 'state',
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: { key: { type: 'string', maxLength: 60 }, json: { type: 'string' } },
  required: ['key', 'json'],
  additionalProperties: false,
}
