import type { CustomerServices } from '#shared/services/customer-services.ts'
import { useReplica } from './use-replica.ts'

/** What can be done with customers: the same services for every screen. */
export function useServices(): CustomerServices {
  return useReplica().services
}
