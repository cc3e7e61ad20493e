import { z } from 'zod'

/** The forms in which customers leave the house. */
export const exportFormatSchema = z.enum(['csv', 'vcard', 'json'])
export type ExportFormat = z.infer<typeof exportFormatSchema>
