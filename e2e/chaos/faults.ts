import type { ChaosDevice } from './chaos-device.ts'
import { badRow } from './fault-bad-row.ts'
import { accessRevoked, roleChanged } from './faults-of-access.ts'
import { backupRestored, openTransaction, serverRestart } from './faults-of-server.ts'
import { databasesDeleted, longOffline, schemaUpgrade, storageChanged } from './faults-of-versions.ts'
import type { NetworkFault } from './network-faults.ts'
import { runOperation } from './run-operation.ts'
import type { Scenario } from './scenario.ts'

/** Prepares or strikes a fault; each counts itself when it has struck. */
type Fault = (scenario: Scenario) => Promise<unknown>

const HOUR_MS = 3_600_000
const LATE_COPIES = 30

/** Faults that cost milliseconds: every seed has many of each. */
export const CHEAP_FAULTS: Readonly<Record<string, Fault>> = {
  requestLost: (scenario) => strike(scenario, 'requestLost'),
  responseLost: (scenario) => strike(scenario, 'responseLost'),
  killAfterCommit: (scenario) => strike(scenario, 'killAfterCommit'),
  duplicated: (scenario) => strike(scenario, 'duplicated'),
  reordered: async (scenario) => {
    const device = await strike(scenario, 'reordered')
    if (device !== null) scenario.later(scenario.random.int(2, 8), () => device.network.deliverLate())
  },
  lateCopy: async (scenario) => {
    for (const { network, person } of scenario.open) {
      network.onCopied = () => scenario.count('lateCopy', person.email)
      // Again and again: at one of these times the base may hold.
      for (let more = 0; more < LATE_COPIES; more += 1)
        scenario.later(scenario.random.int(1, 100), () => network.deliverCopies())
    }
  },
  partialBatch: (scenario) => strike(scenario, 'partialBatch'),
  serverError: (scenario) => strike(scenario, 'serverError'),
  rateLimited: (scenario) => strike(scenario, 'rateLimited'),
  captivePortal: (scenario) => strike(scenario, 'captivePortal'),
  tokenExpired: (scenario) => strike(scenario, 'tokenExpired'),
  storageRejected: async (scenario) => {
    const device = someOpen(scenario)
    // At the call sites that failed least often so far, over all seeds.
    const [site] = scenario.sites
      .leastFailed()
      .slice(0, 4)
      .filter(() => scenario.random.chance(0.6))
    device?.disk.arm('rejects', site ?? null, () =>
      scenario.count('storageRejected', `${device.person.email} at ${site}`),
    )
  },
  storageFull: async (scenario) => {
    const device = someOpen(scenario)
    device?.disk.arm('full', null, () => scenario.count('storageFull', device.person.email))
  },
  storageAnswerLost: async (scenario) => {
    const device = someOpen(scenario)
    device?.disk.arm('answerLost', null, () => scenario.count('storageAnswerLost', device.person.email))
  },
  workerKilled: async (scenario) => {
    const device = someOpen(scenario)
    if (device === null) return
    // In the middle of a write, or right after the app said "saved".
    const writing = runOperation(scenario, device)
    if (scenario.random.chance(0.5)) await writing
    else
      for (let turn = scenario.random.int(0, 12); turn > 0; turn -= 1) await new Promise((next) => setImmediate(next))
    scenario.count('workerKilled', device.person.email)
    await device.kill()
    await writing
  },
  sleep: async (scenario) => {
    const device = someOpen(scenario)
    if (device === null) return
    scenario.count('sleep', device.person.email)
    device.sleep(scenario.random.int(1, 12) * HOUR_MS)
  },
  clockOffHour: (scenario) => setClock(scenario, 'clockOffHour', HOUR_MS),
  clockOffDay: (scenario) => setClock(scenario, 'clockOffDay', 24 * HOUR_MS),
  offline: async (scenario) => {
    const device = someOpen(scenario)
    if (device === null) return
    scenario.count('offline', device.person.email)
    device.setOffline(true)
    scenario.later(scenario.random.int(3, 25), async () => device.setOffline(false))
  },
  hintsLost: async (scenario) => {
    const device = someOpen(scenario)
    if (device === null) return
    scenario.count('hintsLost', device.person.email)
    device.isDeaf = true
    scenario.later(scenario.random.int(5, 30), async () => {
      device.isDeaf = false
    })
  },
  serverNewer: async (scenario) => {
    const device = someOpen(scenario)
    if (device === null) return
    scenario.count('serverNewer', device.person.email)
    device.network.isServerNewer = true
    scenario.later(scenario.random.int(2, 10), async () => {
      device.network.isServerNewer = false
    })
  },
}

/** Faults that cost seconds: each seed has some of them, in turn. */
export const DEAR_FAULTS: Readonly<Record<string, Fault>> = {
  serverRestart,
  accessRevoked,
  badRow,
  schemaUpgrade,
  openTransaction,
  backupRestored,
  roleChanged,
  longOffline,
  storageChanged,
  databasesDeleted,
}

async function strike(scenario: Scenario, fault: NetworkFault): Promise<ChaosDevice | null> {
  const device = someOpen(scenario)
  device?.network.arm(fault)
  return device
}

async function setClock(scenario: Scenario, fault: string, ms: number): Promise<void> {
  const device = someOpen(scenario)
  if (device === null) return
  await device.shut()
  scenario.count(fault, device.person.email)
  device.clock.jump(scenario.random.chance(0.5) ? ms : -ms)
  await scenario.openLid(device)
}

function someOpen(scenario: Scenario): ChaosDevice | null {
  return scenario.open.length === 0 ? null : scenario.random.pick(scenario.open)
}
