import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { ChaosServer } from './chaos-server.ts'
import { checkSilence } from './invariants/isolation.ts'
import type { Scenario } from './scenario.ts'
import type { Tenant } from './tenants.ts'

/** Listens to what a company's people are told, and tries to hear what another company's are. */
export class HintSpy {
  heard = 0
  readonly #client: SupabaseClient

  private constructor(client: SupabaseClient) {
    this.#client = client
  }

  /** Joins the channel of its own company, and that of another one, which must be refused. */
  static async listen(scenario: Scenario, server: ChaosServer, tenant: Tenant, other: Tenant): Promise<HintSpy> {
    const auth = { persistSession: false, autoRefreshToken: false }
    const spy = new HintSpy(createClient(server.url, server.publishableKey, { auth }))
    const [person] = tenant.people
    if (person === undefined) throw new Error('A company without people')
    const { error } = await spy.#client.auth.signInWithPassword({ email: person.email, password: person.password })
    if (error !== null) throw error
    await spy.#client.realtime.setAuth()
    spy.#join(tenant.id, (message) => {
      spy.heard += 1
      checkSilence(scenario, `a hint of company ${tenant.letter}`, message)
    })
    spy.#join(other.id, (message) => {
      scenario.violate('tenant isolation', `${person.email} hears company ${other.letter}: ${message}`)
    })
    return spy
  }

  async end(): Promise<void> {
    await this.#client.removeAllChannels()
    await this.#client.realtime.disconnect()
  }

  #join(companyId: string, hear: (message: string) => void): void {
    this.#client
      .channel(`company:${companyId}`, { config: { private: true } })
      .on('broadcast', { event: '*' }, (message) => hear(JSON.stringify(message)))
      .subscribe()
  }
}
