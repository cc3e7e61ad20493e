import type { ChaosDevice } from './chaos-device.ts'
import { OPERATIONS } from './operations.ts'
import type { Scenario } from './scenario.ts'

const NAMES = Object.entries(OPERATIONS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))

/** One thing that a person does, drawn by weight. A worker that is killed under it acknowledges nothing. */
export async function runOperation(
  scenario: Scenario,
  device: ChaosDevice,
  name = scenario.random.pick(NAMES),
): Promise<void> {
  const { random, markers, writes, step } = scenario
  const run = OPERATIONS[name]?.run
  if (run === undefined) throw new Error(`There is no operation ${name}`)
  scenario.operations += 1
  try {
    const outcome = await run({ device, tenant: scenario.tenantOf(device), random, markers, writes, step })
    scenario.note(`${device.person.email} ${name} ${outcome}`)
  } catch (error) {
    // It never answered: the worker is gone.
    if (device.isOpen) throw error
    scenario.note(`${device.person.email} ${name} broken off`)
  }
}
