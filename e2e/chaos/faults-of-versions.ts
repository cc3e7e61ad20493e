import { openReplica } from '#database/local/open-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ChaosDevice } from './chaos-device.ts'
import { heal, revive } from './patience.ts'
import { runOperation } from './run-operation.ts'
import type { Scenario } from './scenario.ts'

const DAY_MS = 86_400_000

/** An older app has written the replica, edits included; today's opens it. */
export async function schemaUpgrade(scenario: Scenario): Promise<void> {
  await withLidClosed(scenario, async (device) => {
    const wasThere = await device.readStored(async (replica) => {
      const { customers } = await replica.load()
      await replica.commit({
        customers: customers.filter(({ local }) => local !== null).map(asVersion1),
        state: { documentVersion: 1 },
      })
      return true
    })
    if (wasThere !== null) scenario.count('schemaUpgrade', device.person.email)
  })
}

/** The replica is carried to the other storage, and back by the next start. */
export async function storageChanged(scenario: Scenario): Promise<void> {
  await withLidClosed(scenario, async (device) => {
    // It is on both storages for a moment: now, and when it is carried back.
    await scenario.makeRoom(2)
    const place = device.mountPlace()
    try {
      const replica = await openReplica({ ...place, storage: 'dexie' })
      await replica.close()
      scenario.count('storageChanged', device.person.email)
    } finally {
      place.cut()
    }
  })
}

/** The browser is killed, takes its databases for damaged when it starts, and deletes them: all but the mirror. */
export async function databasesDeleted(scenario: Scenario): Promise<void> {
  const device = await edited(scenario)
  if (device === null) return
  const writing = runOperation(scenario, device, 'editField')
  for (let turn = scenario.random.int(0, 12); turn > 0; turn -= 1) await new Promise((next) => setImmediate(next))
  await device.kill()
  await writing
  device.disk.deleteAll()
  scenario.count('databasesDeleted', device.person.email)
  device.network.isOffline = false
  await scenario.openLid(device)
}

/** A laptop lies in a drawer for more than a month with edits that wait. */
export async function longOffline(scenario: Scenario): Promise<void> {
  const device = await edited(scenario)
  if (device === null) return
  await device.shut()
  scenario.inDrawer.add(device)
  scenario.later(scenario.random.int(12, 30), async () => {
    device.clock.jump(scenario.random.int(32, 60) * DAY_MS)
    device.network.isOffline = false
    device.network.arm('tokenExpired')
    scenario.inDrawer.delete(device)
    scenario.count('longOffline', device.person.email)
    await scenario.openLid(device)
  })
}

async function withLidClosed(scenario: Scenario, work: (device: ChaosDevice) => Promise<void>): Promise<void> {
  const device = await edited(scenario)
  if (device === null) return
  await device.shut()
  await work(device)
  device.network.isOffline = false
  await scenario.openLid(device)
}

/** A device with edits that wait. */
async function edited(scenario: Scenario): Promise<ChaosDevice | null> {
  const device = scenario.random.pick(scenario.atHand.filter(({ person }) => person.role !== 'analyst'))
  heal(device)
  if (!(await revive(scenario, device))) return null
  device.setOffline(true)
  for (const name of ['editField', 'create', 'addTag', 'requestQuote']) await runOperation(scenario, device, name)
  return device
}

/** A stored customer as version 1 of the app wrote it: conflicts did not know what both sides started from. */
function asVersion1(held: ReplicaCustomer): ReplicaCustomer {
  if (held.local === null) return held
  const conflicts = held.local.conflicts.map(({ base: _, ...conflict }) => conflict)
  return { ...held, local: { ...held.local, conflicts } } as ReplicaCustomer
}
