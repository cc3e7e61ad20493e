import { z } from 'zod'
import { resultSchema } from '../util/result.ts'
import { sessionStateSchema } from './session-state.ts'

const done = resultSchema(z.null())

/** The code of an invitation, as its owner handed it over. */
export const invitationCodeSchema = z.string().trim().min(1).max(200)

/** What a user does with their own account. The first two need the network. */
export const accountRequests = {
  /** Fails with `wrong_password` at `current`, or with what the server has against the new one at `next`. */
  'account.changePassword': {
    input: z.object({ current: z.string().min(1).max(1_000), next: z.string().min(1).max(1_000) }),
    output: done,
  },
  /** Joins another company by the code of an invitation, and opens it. */
  'account.acceptInvitation': {
    input: z.object({ code: invitationCodeSchema }),
    output: resultSchema(sessionStateSchema),
  },
  /**
   * Removes the open company's replica from this computer and opens another company; the membership
   * stays. Fails with `unsent` when changes wait in it, with `only_company` where there is no other.
   */
  'account.forgetCompany': { input: z.object({ discardUnsent: z.boolean() }), output: done },
} as const
