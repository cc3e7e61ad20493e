import { z } from 'zod'

/** Unsent changes that were kept when access to a company ended (SPEC SY-5). */
export const handoverSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  companyName: z.string(),
  /** Changes in it. */
  unsent: z.number().int().nonnegative(),
  lostAt: z.string(),
  /** The user has the company open again: the changes may go back into the outbox. */
  canRequeue: z.boolean(),
})
export type Handover = z.infer<typeof handoverSchema>

/** A hand-over as a file to be saved, and what opens it. The app shows the passphrase, and writes it into no file. */
export const handoverFileSchema = z.object({
  fileName: z.string(),
  content: z.string(),
  passphrase: z.string(),
})
export type HandoverFile = z.infer<typeof handoverFileSchema>

/** A company that the user may switch to. */
export const companyChoiceSchema = z.object({
  companyId: z.guid(),
  companyName: z.string(),
  isOpen: z.boolean(),
  /** Changes of this company that wait on this computer until it is opened again; 0 for the open one. */
  unsent: z.number().int().nonnegative(),
})
export type CompanyChoice = z.infer<typeof companyChoiceSchema>
