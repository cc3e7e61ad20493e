import { z } from 'zod'
import { forEachText } from '#shared/domain/customer.ts'
import type { CustomerFormValues } from './customer-form-values.ts'
import type { TextStorage } from './store.ts'

const valuesSchema: z.ZodType<CustomerFormValues> = z.object({
  name: z.string(),
  ...forEachText(() => z.string()),
  tags: z.array(z.string()),
  ownerId: z.string().nullable(),
})
const draftsSchema = z.record(z.string(), valuesSchema)

/** What somebody typed and has not saved, by form. */
export interface FormDrafts {
  readonly get: (form: string) => CustomerFormValues | null
  readonly keep: (form: string, values: CustomerFormValues) => void
  readonly forget: (forms: readonly string[]) => void
  /** Forgets what was typed about these customers: their forms, and what is named after them (`<id> <part>`). */
  readonly forgetCustomers: (ids: readonly string[]) => void
  /** Forgets all, for another user. */
  readonly clear: () => void
}

/**
 * Keeps unsaved input over navigation and reload, so that going back never needs an "are you sure".
 * Session storage: drafts end with the window, and never lie about on a shared machine.
 */
export function createFormDrafts(storage: TextStorage, key = 'crm.drafts'): FormDrafts {
  let drafts = read()

  function read(): Record<string, CustomerFormValues> {
    try {
      return draftsSchema.parse(JSON.parse(storage.getItem(key) ?? '{}'))
    } catch {
      return {}
    }
  }

  function write(next: Record<string, CustomerFormValues>): void {
    drafts = next
    try {
      storage.setItem(key, JSON.stringify(next))
    } catch {
      // Storage refused: drafts live as long as the window does.
    }
  }

  function drop(isDropped: (form: string) => boolean): void {
    const kept = Object.entries(drafts).filter(([form]) => !isDropped(form))
    if (kept.length < Object.keys(drafts).length) write(Object.fromEntries(kept))
  }

  return {
    get: (form) => drafts[form] ?? null,
    keep: (form, values) => write({ ...drafts, [form]: values }),
    clear: () => write({}),
    forget: (forms) => drop((form) => forms.includes(form)),
    forgetCustomers: (ids) => drop((form) => ids.some((id) => form === id || form.startsWith(`${id} `))),
  }
}
