import type { DemoBase } from './demo-base.ts'
import type { Stop } from './stop.ts'
import { customerStops } from './tour/customer.ts'
import { frameStops } from './tour/frame.ts'
import { importStops } from './tour/import.ts'
import { listStops } from './tour/list.ts'
import { mergeStops } from './tour/merge.ts'
import { settingsStops } from './tour/settings.ts'

/**
 * Every screen and dialog that an owner has, in an order in which each can be reached from the one before.
 *
 * @param mark stands in the file that is imported, so that its rows are new once more; empty where they are new
 */
export function tour(base: DemoBase, mark: string): readonly Stop[] {
  return [
    ...listStops(),
    ...customerStops(base),
    ...mergeStops(base),
    ...importStops(mark),
    ...frameStops(),
    ...settingsStops(),
  ]
}
