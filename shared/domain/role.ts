import { z } from 'zod'

/** Roles of a member of a company (SPEC R). */
export const roleSchema = z.enum(['owner', 'manager', 'sales', 'analyst'])
export type Role = z.infer<typeof roleSchema>
