import type { Random } from '#database/embedded/seed/random.ts'
import type { Result } from '#shared/util/result.ts'
import type { AckedWrites } from './acknowledged-writes.ts'
import type { ChaosDevice } from './chaos-device.ts'
import type { Markers } from './markers.ts'
import type { Tenant } from './tenants.ts'

/** What an operation works with. */
export interface OperationContext {
  readonly device: ChaosDevice
  readonly tenant: Tenant
  readonly random: Random
  readonly markers: Markers
  readonly writes: AckedWrites
  readonly step: number
}

/** Does one thing that a person does in the app. Resolves to what came of it, for the trace. */
export type Operation = (context: OperationContext) => Promise<string>

/** Customers that everybody edits, so that edits meet. */
const HOT = 3

/** A write as it is remembered: what it did, and the place where a later one replaces it. */
export function written({ device, step }: OperationContext, id: string, field: string, what: string) {
  return { person: device.person, step, what: `${what} of ${id}`, slot: `${id}.${field}` }
}

/** Mostly one of the few that everybody edits. */
export function someCustomer({ tenant, random }: OperationContext): string {
  return random.chance(0.6) ? random.pick(tenant.customers.slice(0, HOT)) : random.pick(tenant.customers)
}

/** Any customer of the tenant, equally often. */
export function anyCustomer({ tenant, random }: OperationContext): string {
  return random.pick(tenant.customers)
}

/** An answer, for the trace. */
export function said(answer: Result<unknown>): string {
  return answer.ok ? 'ok' : `refused: ${answer.error.code}`
}
