import { z } from 'zod'

/** Where the Supabase backend is, and the key that is meant to be public. Served as `/config.json`. */
export const backendConfigSchema = z.object({
  supabaseUrl: z.url({ protocol: /^https?$/ }),
  publishableKey: z.string().min(1),
})
export type BackendConfig = z.infer<typeof backendConfigSchema>
