import { collectUnsent } from '#sync/handover/handover-contents.ts'
import type { ChaosDevice } from './chaos-device.ts'
import { unsentEvidence } from './evidence.ts'
import { CHEAP_FAULTS, DEAR_FAULTS } from './faults.ts'
import { HintSpy } from './hint-spy.ts'
import { checkConvergence } from './invariants/convergence.ts'
import { checkHistory } from './invariants/history.ts'
import { checkReplicaIsolation, checkSilence } from './invariants/isolation.ts'
import { checkLedger } from './invariants/ledger.ts'
import { checkNoLostWrite } from './invariants/no-lost-write.ts'
import { hasEnded, hasStopped, heal, inStep, revive } from './patience.ts'
import { runOperation } from './run-operation.ts'
import { MOST_OPEN, Scenario, type ScenarioDeps } from './scenario.ts'
import type { Tenant } from './tenants.ts'

/** Steps of a seed, unless somebody wants fewer. */
export const STEPS = 140
/** Dear faults in a seed. */
const DEAR = 3
/** Requests of one replica that may be under way at a time: a page, the one after it, and what was given up on. */
const MOST_IN_FLIGHT = 4

/** Plays one seed: chaos, then calm, then everything that must hold. Resolves to what was said and done. */
export async function playSeed(deps: ScenarioDeps): Promise<Scenario> {
  const scenario = await Scenario.make(deps)
  const { tenants, server, devices } = scenario
  const quiet = listenToConsole()
  const spies = await Promise.all(
    tenants.map((tenant, index) => HintSpy.listen(scenario, server, tenant, tenants[1 - index] ?? tenant)),
  )
  try {
    await rage(scenario)
    await calm(scenario)
    for (const tenant of tenants) await checkTenant(scenario, tenant)
    await checkLedger(scenario)
    checkSilence(scenario, 'the log of the server', server.logs.join('\n'))
    checkSilence(scenario, 'the console of the app', quiet.lines().join('\n'))
  } catch (error) {
    scenario.violate('harness', error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    quiet.end()
    for (const device of devices) {
      await device.kill()
      for (const bug of device.bugs)
        scenario.violate('no bugs', bug instanceof Error ? (bug.stack ?? bug.message) : String(bug))
    }
    for (const spy of spies) await spy.end()
  }
  return scenario
}

async function rage(scenario: Scenario): Promise<void> {
  const { random, seed } = scenario
  const dear = Object.entries(DEAR_FAULTS)
  const cheap = Object.entries(CHEAP_FAULTS)
  // In turn over the seeds, so that each kind comes often in any run of some length.
  const plan = Array.from({ length: DEAR }, (_, n) => ({
    fault: dear[(seed * DEAR + n) % dear.length],
    step: random.int(8 + n * 40, 40 + n * 40),
  }))
  for (scenario.step = 1; scenario.step <= scenario.steps; scenario.step += 1) {
    await scenario.runDue()
    await tend(scenario)
    for (const { fault } of plan.filter(({ step }) => step === scenario.step)) await fault?.[1](scenario)
    if (random.chance(0.3)) await random.pick(cheap)[1](scenario)
    for (let more = random.int(1, 3); more > 0 && scenario.open.length > 0; more -= 1) {
      await runOperation(scenario, random.pick(scenario.open))
    }
    if (random.chance(0.08)) await chatArrives(scenario)
    await scenario.pass(random.int(20, 2_500), random.int(0, 6))
  }
}

/** What people do when nothing else happens: open a lid, restart an app that asks for it, sign in again. */
async function tend(scenario: Scenario): Promise<void> {
  const { random, atHand } = scenario
  for (const device of scenario.open) {
    if ((await hasStopped(device)) && random.chance(0.6)) await device.kill()
    else if ((device.state.kind !== 'signedIn' || (await hasEnded(device))) && random.chance(0.3)) await device.signIn()
  }
  const closed = atHand.filter((device) => !device.isOpen)
  if (closed.length > 0 && (scenario.open.length < MOST_OPEN || random.chance(0.05))) {
    await scenario.openLid(random.pick(closed))
  }
}

/** The chat assistant writes into the same database. */
async function chatArrives({ server, random, tenants, markers }: Scenario): Promise<void> {
  if (!server.isUp) return
  const { id, letter } = random.pick(tenants)
  const name = markers.next(letter)
  await server.sql`
    insert into public."VC Usage" (company_id, session_id, customer_name, customer_email, summary)
    values (${id}, ${random.uuid()}, ${`Chat ${name}`}, ${`${name}@chat.example`}, ${markers.next(letter)})`
}

/** Everything heals, whatever is due happens, and everybody gets in step. */
async function calm(scenario: Scenario): Promise<void> {
  scenario.note('calm')
  for (const device of scenario.devices) heal(device)
  await scenario.runDue(true)
  if (!scenario.server.isUp) await scenario.server.resume()
  // What was still due may have armed or queued something anew.
  for (const device of scenario.devices) heal(device)
  await scenario.runDue(true)
}

async function checkTenant(scenario: Scenario, tenant: Tenant): Promise<void> {
  const devices = scenario.devices.filter(({ person }) => person.companyId === tenant.id)
  for (const device of scenario.open) if (!devices.includes(device)) await device.shut()
  if (!(await allInStep(scenario, devices))) return
  const local = new Map<string, ReadonlySet<string>>()
  for (const device of devices) {
    const { person, network } = device
    if (network.mostInFlight > MOST_IN_FLIGHT) {
      scenario.violate('bounded memory', `${person.email} had ${network.mostInFlight} requests under way at a time`)
    }
    const { waiting } = await device.status()
    await device.shut()
    const read = await device.readStored(async (replica) => {
      const { customers, records, state } = await replica.load()
      local.set(person.id, unsentEvidence(collectUnsent({ customers, records, unreadable: state.quarantine ?? [] })))
      await checkConvergence(scenario, person, replica)
      await checkReplicaIsolation(scenario, tenant, person, replica)
    })
    if (read === null) scenario.violate('convergence', `${person.email} has no replica (${waiting} waited)`)
  }
  await checkNoLostWrite(scenario, tenant, local)
  await checkHistory(scenario, tenant, local)
}

/** Until nobody has anything left to send: a push of the last one is news for the first one. */
async function allInStep(scenario: Scenario, devices: readonly ChaosDevice[]): Promise<boolean> {
  for (let round = 0; round < 6; round += 1) {
    const pushes = () => devices.reduce((sum, { network }) => sum + network.pushes, 0)
    const before = pushes()
    for (const device of devices) {
      if ((await revive(scenario, device)) && (await inStep(scenario, device))) continue
      const status = device.isOpen ? JSON.stringify([device.state.kind, await device.status()]) : 'closed'
      scenario.violate('convergence', `${device.person.email} never gets in step: ${status}`)
      return false
    }
    if (round > 0 && pushes() === before) return true
  }
  scenario.violate('convergence', `company of ${devices[0]?.person.email}: somebody always has something to send`)
  return false
}

function listenToConsole(): { readonly lines: () => readonly string[]; readonly end: () => void } {
  const lines: string[] = []
  const originals = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => [name, console[name]] as const)
  for (const [name] of originals) console[name] = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '))
  return {
    lines: () => lines,
    end: () => {
      for (const [name, original] of originals) console[name] = original
    },
  }
}
