import { z } from 'zod'
import { roleSchema } from './role.ts'

/** A colleague: for owner names and assignment. */
export const memberSchema = z.object({ userId: z.guid(), name: z.string(), role: roleSchema })
export type Member = z.infer<typeof memberSchema>

/** A company the signed-in user belongs to: the answer of the RPC `my_companies()`, one entry each. */
export const workspaceSchema = z.object({
  companyId: z.guid(),
  companyName: z.string(),
  /** ISO 3166-1 alpha-2: how national phone numbers are read. */
  country: z.string().length(2),
  /** Where a chat opens in the assistant (`chat-link.ts`); null: nowhere. An older server does not say. */
  chatUrl: z.string().nullish(),
  role: roleSchema,
  members: z.array(memberSchema),
})
export type Workspace = z.infer<typeof workspaceSchema>
