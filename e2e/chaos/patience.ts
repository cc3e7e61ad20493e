import type { ChaosDevice } from './chaos-device.ts'
import type { Scenario } from './scenario.ts'

/** Virtual time between two looks, in milliseconds. */
const LOOK_MS = 700
/** How often to look for what nothing is in the way of: on a busy machine looks take as much longer as everything else. */
const LOOKS = 5_000
/** So long at least, in milliseconds: a server that starts again does not hurry because looks are quick. */
const PATIENCE_MS = 60_000

/** Lets time pass until `isDone`; false when that takes too long. */
export async function until(scenario: Scenario, isDone: () => Promise<boolean> | boolean): Promise<boolean> {
  const from = performance.now()
  for (let look = 0; look < LOOKS || performance.now() - from < PATIENCE_MS; look += 1) {
    if (await isDone()) return true
    await scenario.pass(LOOK_MS, 4)
  }
  return false
}

/** Nothing is in a device's way any more. */
export function heal(device: ChaosDevice): void {
  device.network.heal()
  device.disk.disarm()
  device.isDeaf = false
  if (device.isOpen) device.setOffline(false)
}

/** Brings a device to work: the lid is open, somebody is signed in, and its storage has not failed. */
export async function revive(scenario: Scenario, device: ChaosDevice): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (device.isOpen && (await hasStopped(device))) await device.kill()
    await scenario.openLid(device)
    if (!device.isOpen) continue
    // Also after access was lost: it may be back.
    if (device.state.kind !== 'signedIn' || (await hasEnded(device))) await device.signIn()
    if (device.state.kind === 'signedIn') return true
  }
  return false
}

/** Whether the app has stopped syncing for good and asks to be started again: its storage failed. */
export async function hasStopped(device: ChaosDevice): Promise<boolean> {
  if (device.state.kind === 'unavailable') return true
  const phase = await device.phase()
  return phase.kind === 'failed' && (phase.error.code.startsWith('storage_') || phase.error.code === 'bug')
}

/** Whether the session is over, which only its user can mend: a restored server has never heard of it. */
export async function hasEnded(device: ChaosDevice): Promise<boolean> {
  const phase = await device.phase()
  return phase.kind === 'failed' && phase.error.code === 'sign_in_again'
}

/** Waits until a pull that began after this call is done and nothing waits; false: it never came to that. */
export async function inStep(scenario: Scenario, device: ChaosDevice): Promise<boolean> {
  for (let round = 0; round < 2; round += 1) {
    const before = device.network.pulls
    await device.ask('sync.now', null)
    if (
      !(await until(
        scenario,
        whileSignedIn(device, () => device.network.pulls > before),
      ))
    )
      return false
  }
  return until(
    scenario,
    whileSignedIn(device, async () => {
      const { phase, waiting } = await device.status()
      return phase.kind === 'upToDate' && waiting === 0
    }),
  )
}

/** Whoever hears that their session is over signs in again: that may come out with any request. */
function whileSignedIn(device: ChaosDevice, isDone: () => Promise<boolean> | boolean): () => Promise<boolean> {
  return async () => {
    if (await hasEnded(device)) await device.signIn()
    return isDone()
  }
}
