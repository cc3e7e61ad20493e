import { z } from 'zod'
import type { Result } from '#shared/util/result.ts'
import type { Transport } from '../replication/transport.ts'
import { answered } from './online-commands.ts'

const joinedSchema = z.object({ companyId: z.guid() })

/** Joins the company of an invitation, which the server has made out to the user's address. */
export function acceptInvitation(transport: Transport, code: string): Promise<Result<z.infer<typeof joinedSchema>>> {
  return answered(() => transport.ask('accept_invitation', { p_token: code }, joinedSchema))
}
