import type { AskReplica } from './ask-replica.ts'
import { CustomerDedupeService } from './customer-dedupe-service.ts'
import { CustomerEnrichmentService } from './customer-enrichment-service.ts'
import { CustomerRepository } from './customer-repository.ts'
import { CustomerSyncService } from './customer-sync-service.ts'

/** What can be done with customers, over the replica of this computer (docs/api.md). */
export interface CustomerServices {
  readonly customers: CustomerRepository
  readonly chats: CustomerSyncService
  readonly enrichment: CustomerEnrichmentService
  readonly dedupe: CustomerDedupeService
}

/** Makes the services. `country`: ISO 3166-1 alpha-2 of the open company. */
export function createCustomerServices(ask: AskReplica, country: () => string): CustomerServices {
  const customers = new CustomerRepository(ask)
  return {
    customers,
    chats: new CustomerSyncService({ ask, customers, country }),
    enrichment: new CustomerEnrichmentService(ask),
    dedupe: new CustomerDedupeService(ask),
  }
}
