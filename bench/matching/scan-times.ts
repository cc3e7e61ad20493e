import { z } from 'zod'

/** How long the work of PF-8 took in a worker, in milliseconds. */
export const scanTimesSchema = z.object({
  index: z.number(),
  scan: z.number(),
  longestStep: z.number(),
  checks: z.array(z.number()),
  compared: z.number(),
  groups: z.number(),
})
export type ScanTimes = z.infer<typeof scanTimesSchema>
