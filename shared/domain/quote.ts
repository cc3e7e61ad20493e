import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

export const quoteStatusSchema = z.enum(['draft', 'sent', 'accepted', 'declined', 'expired'])

/** A line of a quote; amounts in the quote's currency. */
export const quoteLineSchema = z
  .looseObject({
    text: z.string().catch(''),
    quantity: z.number().catch(0),
    unitPrice: z.number().catch(0),
  })
  // Written by another system: a line that we can't read must not keep the quote from a replica.
  .catch({ text: '', quantity: 0, unitPrice: 0 })

/** A quote on the wire. */
export const quoteSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  customerId: z.guid(),
  /** The chat it came from. */
  sessionId: z.string().nullable(),
  number: z.string(),
  status: quoteStatusSchema,
  /** ISO 4217. */
  currency: z.string().length(3),
  /** Decimal with two places, such as `"1250.00"`: text, so that no digit is lost. */
  total: z.string(),
  lineItems: z.array(quoteLineSchema),
  createdAt: instant,
  rev: z.string(),
})

/** A wish for a new quote, and what became of it. */
export const quoteRequestSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  customerId: z.guid(),
  /** The quote to make anew; null for a first one. */
  quoteId: z.guid().nullable(),
  note: z.string().nullable(),
  status: z.enum(['open', 'done', 'declined']),
  requestedByUserId: z.guid().nullable(),
  requestedByUserName: z.string().nullable(),
  requestedAt: instant,
  answeredAt: instant.nullable(),
  rev: z.string(),
})
