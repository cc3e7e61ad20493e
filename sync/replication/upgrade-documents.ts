import type { DamagedDocument } from '#database/local/local-replica.ts'
import { type ReplicaCustomer, replicaCustomerSchema } from '#database/local/replica-customer.ts'
import type { CustomerField } from '#shared/domain/customer.ts'

/**
 * The version of what this app writes into a replica (SPEC SY-8). It grows when the form of stored
 * customers changes, together with a step below that makes the new form from the one before.
 *
 * 1: no number was stored. 2: an open conflict knows what both sides started from (`base`). 3: `website`.
 */
export const DOCUMENT_VERSION = 3

/** Makes a document of version n + 1 from one of version n; index 0 is n = 1. Must leave newer ones as they are. */
const STEPS: readonly ((document: Json) => Json)[] = [addConflictBase, adding('website')]

interface Json {
  readonly [key: string]: unknown
}

/** What became of stored customers. */
interface Upgraded {
  readonly customers: readonly ReplicaCustomer[]
  /** Those that have to be written again. */
  readonly changed: readonly ReplicaCustomer[]
  /** Those that no version of this app can read. */
  readonly damaged: readonly DamagedDocument[]
}

/**
 * Customers in today's form, queued edits included. Whatever doesn't read as today's is tried as what
 * it was when it was written, before it counts as damaged.
 */
export function upgradeCustomers(
  from: number,
  readable: readonly ReplicaCustomer[],
  unreadable: readonly DamagedDocument[],
): Upgraded {
  if (from === DOCUMENT_VERSION) return { customers: readable, changed: [], damaged: unreadable }
  const changed: ReplicaCustomer[] = []
  const damaged: DamagedDocument[] = []
  const kept: ReplicaCustomer[] = []
  const upgrade = (stored: unknown) => replicaCustomerSchema.safeParse(upgradeDocument(stored, from)).data
  for (const held of readable) {
    // Only local state has ever changed its form: the server's rows come from the protocol.
    const next = held.local === null ? held : (upgrade(held) ?? held)
    if (next !== held) changed.push(next)
    kept.push(next)
  }
  for (const document of unreadable) {
    const next = upgrade(document.stored)
    if (next === undefined) damaged.push(document)
    else changed.push(next)
    if (next !== undefined) kept.push(next)
  }
  return { customers: kept, changed, damaged }
}

/** A stored document of version `from` in today's form; what is no document stays what it is. */
export function upgradeDocument(stored: unknown, from: number): unknown {
  return isJson(stored) ? STEPS.slice(from - 1).reduce((document, step) => step(document), stored) : stored
}

function addConflictBase(document: Json): Json {
  const { local } = document
  if (!isJson(local) || !Array.isArray(local.conflicts)) return document
  // Nobody noted it then: unknown shows as empty.
  const conflicts = local.conflicts.map((conflict: unknown) =>
    isJson(conflict) ? { base: null, ...conflict } : conflict,
  )
  return { ...document, local: { ...local, conflicts } }
}

/** The step that gives stored customers a field that may be empty. */
function adding(field: CustomerField): (document: Json) => Json {
  const none = { [field]: null }
  return (document) => {
    const { local } = document
    if (!isJson(local) || !isJson(local.shadow)) return { ...none, ...document }
    return { ...none, ...document, local: { ...local, shadow: { ...none, ...local.shadow } } }
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
