import { z } from 'zod'
import { createPersistedStore } from '../lib/store.ts'

/** How tall the rows of lists are; kept on this device. */
export const densityStore = createPersistedStore(
  'crm.density',
  z.enum(['comfortable', 'compact']),
  'comfortable',
  window.localStorage,
)
