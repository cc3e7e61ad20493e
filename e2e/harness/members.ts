import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { TestBackend, TestUser } from './backend.ts'

/** Whom an owner lets in, and takes out, over the API as the settings of the company do. */
export interface Members {
  /** Takes a member out of the owner's company. */
  readonly revoke: (member: TestUser) => Promise<void>
  /** Invites somebody who has an account, who accepts at once. */
  readonly let: (newcomer: TestUser) => Promise<void>
}

/** The members of a company, as one of its owners manages them. */
export async function membersAs(backend: TestBackend, owner: TestUser): Promise<Members> {
  const owners = await signedIn(backend, owner)
  const { data } = await owners.from('companies').select('id').throwOnError()
  const company: string = data[0]?.id
  return {
    revoke: async (member) => {
      const { data: who } = await (await signedIn(backend, member)).auth.getUser()
      await owners.rpc('revoke_member', { p_company: company, p_user: who.user?.id }).throwOnError()
    },
    let: async (newcomer) => {
      const invitation = {
        p_company: company,
        p_email: newcomer.email,
        p_role: 'sales',
        p_display_name: newcomer.email,
      }
      const { data: invited } = await owners.rpc('invite_member', invitation).throwOnError()
      const them = await signedIn(backend, newcomer)
      await them.rpc('accept_invitation', { p_token: invited.token }).throwOnError()
    },
  }
}

async function signedIn(backend: TestBackend, { email, password }: TestUser): Promise<SupabaseClient> {
  const client = createClient(backend.url(), backend.publishableKey(), {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const { error } = await client.auth.signInWithPassword({ email, password })
  if (error !== null) throw error
  return client
}
