import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import { FakeHints } from './fake-hints.ts'
import { FakeServer, type FakeUser, refusal } from './fake-server.ts'

/** Two companies behind one address, with members who come and go. */
export class FakeCompanies {
  readonly acme = new FakeServer('c0000000-0000-4000-8000-000000000001')
  readonly beta = new FakeServer('c0000000-0000-4000-8000-000000000002')
  readonly users: FakeUser[] = []
  readonly hints = new FakeHints()
  /** Code of an invitation → where it leads. */
  readonly invitations = new Map<string, FakeServer>()
  /** Devices that said that a company has left them. */
  readonly emptied: string[] = []
  /** How many of them are not heard next. */
  loseConfirmations = 0
  readonly #members = new Set<string>()
  /** Who was signed out of which company on their device. */
  readonly #signedOut = new Set<string>()

  /** Adds a user who belongs to the given companies. */
  addUser(name: string, companies: readonly FakeServer[]): FakeUser {
    const [acme] = [this.acme.addUser('owner', name), this.beta.addUser('owner', name)]
    this.users.push(acme)
    for (const company of companies) this.let(acme, company)
    return acme
  }

  let(user: FakeUser, company: FakeServer): void {
    this.#members.add(`${user.id} ${company.companyId}`)
    company.outsiders.delete(user.id)
    this.#signedOut.delete(`${user.id} ${company.companyId}`)
  }

  /** Signs a user's device out of a company; `let` stands for their next sign-in. */
  signOutDevice(user: FakeUser, company: FakeServer): void {
    this.revoke(user, company)
    this.#signedOut.add(`${user.id} ${company.companyId}`)
  }

  revoke(user: FakeUser, company: FakeServer): void {
    this.#members.delete(`${user.id} ${company.companyId}`)
    company.outsiders.add(user.id)
  }

  transportFor(user: FakeUser): Transport {
    const servers = [this.acme, this.beta]
    const mine = () => servers.filter(({ companyId }) => this.#members.has(`${user.id} ${companyId}`))
    const at = (companyId: string): Transport => {
      const server = mine().find((candidate) => candidate.companyId === companyId)
      if (server !== undefined) return server.transportFor(user)
      const isSignedOut = this.#signedOut.has(`${user.id} ${companyId}`)
      throw refused(isSignedOut ? 'PT403' : '42501')
    }
    // A push answers everybody, with a verdict for each change.
    const known = (companyId: string) =>
      servers.find((server) => server.companyId === companyId)?.transportFor(user) ?? at(companyId)
    return {
      companies: async () => (await Promise.all(mine().map((server) => server.transportFor(user).companies()))).flat(),
      pull: async (companyId, ...args) => at(companyId).pull(companyId, ...args),
      push: async (companyId, ...args) => known(companyId).push(companyId, ...args),
      pushRecords: async (companyId, ...args) => known(companyId).pushRecords(companyId, ...args),
      registerDevice: async (companyId, ...args) => at(companyId).registerDevice(companyId, ...args),
      ask: async (name, args, answer) => {
        if (name === 'confirm_sign_out') {
          if (!this.#signedOut.has(`${user.id} ${String(args.p_company)}`)) throw refused('42501')
          this.loseConfirmations -= 1
          if (this.loseConfirmations >= 0) throw new SyncError('unreachable', 'It was lost.')
          this.emptied.push(String(args.p_device))
          return answer.parse(null)
        }
        if (name !== 'accept_invitation') return at(String(args.p_company)).ask(name, args, answer)
        const company = this.invitations.get(String(args.p_token))
        if (company === undefined) throw refusal('P0002', 'This invitation is not valid any more. Ask for a new one.')
        this.let(user, company)
        return answer.parse({ companyId: company.companyId })
      },
      acknowledgeErasure: async (companyId, ...args) => at(companyId).acknowledgeErasure(companyId, ...args),
    }
  }
}

function refused(code: string): SyncError {
  return new SyncError('forbidden', 'You have no access to this company.', { cause: { code, message: 'No.' } })
}
