import { createRandom, type Random } from '#database/embedded/seed/random.ts'
import { AckedWrites } from './acknowledged-writes.ts'
import { ChaosDevice } from './chaos-device.ts'
import type { ChaosServer } from './chaos-server.ts'
import { keysIn } from './evidence.ts'
import type { StorageSites } from './faulty-disk.ts'
import type { Outgoing } from './faulty-network.ts'
import { Markers } from './markers.ts'
import { makeTenants, type Tenant } from './tenants.ts'

/** A promise of the product that did not hold. */
export interface Violation {
  readonly seed: number
  readonly invariant: string
  readonly detail: string
}

/** What a scenario plays on. */
export interface ScenarioDeps {
  readonly seed: number
  /** Tells runs of one seed apart, on a server that keeps what was there. */
  readonly attempt: number
  /** How long the chaos lasts. */
  readonly steps: number
  readonly server: ChaosServer
  readonly sites: StorageSites
}

/** RxDB without a licence opens thirteen collections in a process; a replica has three. */
export const MOST_OPEN = 4
const TRACE_LINES = 4_000
const EXPIRED = { role: 'authenticated', aud: 'authenticated', sub: 'nobody', iat: 1_000, exp: 2_000 }

/** One seed at work: two companies, their laptops, what was said and done, and what is due later. */
export class Scenario {
  readonly seed: number
  readonly random: Random
  readonly markers: Markers
  readonly writes = new AckedWrites()
  readonly server: ChaosServer
  readonly sites: StorageSites
  readonly tenants: readonly Tenant[]
  readonly devices: readonly ChaosDevice[]
  readonly faults = new Map<string, number>()
  readonly violations: Violation[] = []
  readonly trace: string[] = []
  /** Mutation id → what the server said it had applied. */
  readonly applied = new Map<string, { readonly userId: string; readonly companyId: string }>()
  /** Person and mutation id → the server's word on it, which must never change. */
  readonly verdicts = new Map<string, string>()
  /** What only the server's verdict tells, such as `link:CHAT:CUSTOMER`. A restored backup may have lost it: that is nobody's to bring back. */
  readonly facts = new Set<string>()
  /** What hand-overs held, by person. */
  readonly handovers = new Map<string, ReadonlySet<string>>()
  /** Laptops that nobody opens for now. */
  readonly inDrawer = new Set<ChaosDevice>()
  /** Whether the server was restored from a backup. */
  restored = false
  readonly steps: number
  operations = 0
  step = 0
  #later: { readonly step: number; readonly run: () => Promise<void> }[] = []

  private constructor(deps: ScenarioDeps, random: Random, tenants: readonly Tenant[], token: string, markers: Markers) {
    this.seed = deps.seed
    this.steps = deps.steps
    this.random = random
    this.server = deps.server
    this.sites = deps.sites
    this.tenants = tenants
    this.markers = markers
    const config = { supabaseUrl: deps.server.url, publishableKey: deps.server.publishableKey }
    this.devices = tenants.flatMap(({ people }) =>
      people.map(
        (person) =>
          new ChaosDevice({
            person,
            config,
            // Of its own: how often a worker asks must not change what people do.
            random: createRandom(random.int(0, 0xffff_ffff)),
            sites: deps.sites,
            network: {
              isServerUp: () => deps.server.isUp,
              expiredToken: token,
              onFault: (fault) => this.count(fault, person.email),
              onPushed: (request, answer) => this.#pushed(person.id, request, answer),
            },
          }),
      ),
    )
  }

  static async make(deps: ScenarioDeps): Promise<Scenario> {
    const random = createRandom(deps.seed * 7_919 + deps.attempt * 104_729)
    const markers = new Markers()
    const tenants = await makeTenants(deps.server.sql, random, markers)
    return new Scenario(deps, random, tenants, await deps.server.sign(EXPIRED), markers)
  }

  tenantOf(device: ChaosDevice): Tenant {
    const tenant = this.tenants.find(({ id }) => id === device.person.companyId)
    if (tenant === undefined) throw new Error('A laptop without a company')
    return tenant
  }

  get open(): ChaosDevice[] {
    return this.devices.filter((device) => device.isOpen)
  }

  /** A fault has struck. */
  count(fault: string, where: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1)
    this.note(`! ${fault} ${where}`)
  }

  note(line: string): void {
    if (this.trace.push(`${String(this.step).padStart(4)} ${line}`) > TRACE_LINES) this.trace.shift()
  }

  /** All that the trace says of the values and ids in a text. */
  about(text: string): string[] {
    const words = [...keysIn(text)]
    return this.trace.filter((line) => words.some((word) => line.includes(word)))
  }

  violate(invariant: string, detail: string): void {
    this.note(`VIOLATION ${invariant}: ${detail}`)
    this.violations.push({ seed: this.seed, invariant, detail })
  }

  /** Laptops that somebody may open. */
  get atHand(): ChaosDevice[] {
    return this.devices.filter((device) => !this.inDrawer.has(device))
  }

  /** Does something some steps from now; whatever is still due when calm returns is done then. */
  later(steps: number, run: () => Promise<void>): void {
    this.#later.push({ step: this.step + steps, run })
  }

  /** Does what is due. */
  async runDue(all = false): Promise<void> {
    const due = this.#later.filter(({ step }) => all || step <= this.step)
    this.#later = this.#later.filter((item) => !due.includes(item))
    for (const { run } of due) await run()
  }

  /** Time passes for everybody, and what is under way in this process gets its turn. */
  async pass(virtualMs: number, realMs = 2): Promise<void> {
    for (const device of this.devices) device.advance(virtualMs)
    await new Promise((resolve) => setTimeout(resolve, realMs))
  }

  /** Opens a lid, closing somebody else's where too many are open. */
  async openLid(device: ChaosDevice): Promise<void> {
    if (device.isOpen) return
    await this.makeRoom(1)
    const state = await device.open()
    this.note(`open ${device.person.email}: ${state.kind === 'unavailable' ? JSON.stringify(state.error) : state.kind}`)
    // The disk failed while it was opened: people try again.
    if (state.kind === 'unavailable') await device.kill()
  }

  /** Closes lids until so many replicas more can be open. */
  async makeRoom(replicas: number): Promise<void> {
    while (this.open.length + replicas > MOST_OPEN) await this.random.pick(this.open).shut()
  }

  /** SY-2: no two words on one mutation, but after the refusals that are not kept (docs/sync.md, Push). */
  #judgedOnce(key: string, { status, code, message }: { status: string; code?: string; message?: string }): void {
    if (code === 'invalid' || message === 'You are not a member of this company.') return
    const before = this.verdicts.get(key) ?? status
    if (before !== status) this.violate('idempotence', `${key} was ${before} and then ${status}`)
    this.verdicts.set(key, status)
  }

  #pushed(userId: string, request: Outgoing, answer: string): void {
    const { p_company: companyId, p_mutations: mutations } = JSON.parse(request.body) as {
      p_company: string
      p_mutations: { mutationId: string; id: string; changes?: { customerId?: string; sourceIds?: string[] } }[]
    }
    const { verdicts } = JSON.parse(answer) as {
      verdicts: {
        status: string
        mutationId: string
        code?: string
        message?: string
        row?: { deletedAt?: string | null; mergedInto?: string | null }
      }[]
    }
    for (const [index, verdict] of verdicts.entries()) {
      const mutation = mutations[index]
      this.note(`pushed ${userId} ${verdict.status} ${verdict.code ?? ''} ${JSON.stringify(mutation)}`)
      this.#judgedOnce(`${userId} ${verdict.mutationId}`, verdict)
      // Deleted or merged away meanwhile: a deletion is done, also when the merge is taken back later.
      const isGone = verdict.status === 'conflict' ? verdict.row?.deletedAt != null : verdict.row?.mergedInto != null
      if (isGone) this.facts.add(`deleted:${mutation?.id}`)
      if (verdict.status !== 'applied') continue
      this.applied.set(verdict.mutationId, { userId, companyId })
      if (mutation !== undefined) this.facts.add(`link:${mutation.id}:${mutation.changes?.customerId}`)
      // Two people who merge the same pair end in one merge, under one of the two ids.
      if (mutation?.changes?.sourceIds !== undefined) this.facts.add(mutation.id)
    }
  }
}
