import type { Actor, Permission } from './customer-permissions.ts'

/** Whether `actor` may ask for a quote; the policy `quote_requests_insert` decides in the end. */
export function quoteRequestPermission({ role }: Actor): Permission {
  return role === 'analyst'
    ? { allowed: false, reason: "Analyst can't ask for quotes in this company." }
    : { allowed: true }
}
