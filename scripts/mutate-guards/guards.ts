import type { Guard } from './guard.ts'
import { BACKEND_GUARDS } from './tables/backend.ts'
import { BULK_GUARDS } from './tables/bulk.ts'
import { COMPANY_GUARDS } from './tables/company.ts'
import { CONFLICT_GUARDS } from './tables/conflicts.ts'
import { DERIVED_GUARDS } from './tables/derived.ts'
import { DESKTOP_GUARDS } from './tables/desktop.ts'
import { DUPLICATE_GUARDS } from './tables/duplicates.ts'
import { IMPORT_GUARDS } from './tables/import.ts'
import { LOG_READ_GUARDS } from './tables/log-reads.ts'
import { LOG_WRITE_GUARDS } from './tables/log-writes.ts'
import { MIRROR_GUARDS } from './tables/mirror.ts'
import { REPLICA_GUARDS } from './tables/replica.ts'
import { SERVER_GUARDS } from './tables/server.ts'
import { SESSION_GUARDS } from './tables/session.ts'
import { SYNC_LOOP_GUARDS } from './tables/sync-loop.ts'

/** All guards that are switched off in turn. */
export const GUARDS: readonly Guard[] = [
  ...LOG_WRITE_GUARDS,
  ...LOG_READ_GUARDS,
  ...REPLICA_GUARDS,
  ...MIRROR_GUARDS,
  ...DERIVED_GUARDS,
  ...SYNC_LOOP_GUARDS,
  ...CONFLICT_GUARDS,
  ...SESSION_GUARDS,
  ...DUPLICATE_GUARDS,
  ...IMPORT_GUARDS,
  ...BULK_GUARDS,
  ...COMPANY_GUARDS,
  ...SERVER_GUARDS,
  ...DESKTOP_GUARDS,
  ...BACKEND_GUARDS,
]
