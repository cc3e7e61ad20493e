/** The list that is on the screen, as far as holding its rows needs it. */
export interface OnScreen {
  /** Slots on the screen, in the order shown; they need not be in the new list (any more). */
  readonly held: readonly number[]
  /** Slots above them, in the order shown. */
  readonly above: Int32Array
  /** Whether a slot stands there where it belongs, and has not changed since. */
  readonly isSettled: (slot: number) => boolean
}

/**
 * Keeps the rows on the screen together, in the order in which they are shown, inside a list that was
 * made anew: rows that came in between enter above or below them. They stand where the first of them
 * that is settled belongs (without one, behind the last settled row above), so that whoever scrolls on
 * from there sees each row that did not change once, and misses none.
 *
 * @param fresh slots in their true order
 * @returns the new order, where the first held row stands in it, the slots that stand elsewhere than
 * they belong (held ones that changed, and those below that belong in between), and the held ones that
 * are not in the new list at all
 */
export function holdRows(
  fresh: Int32Array,
  { held, above, isSettled }: OnScreen,
): {
  readonly slots: Int32Array
  readonly first: number
  readonly unsettled: ReadonlySet<number>
  readonly strangers: ReadonlySet<number>
} {
  const isHeld = new Set(held)
  const room = new Int32Array(fresh.length)
  let count = 0
  /** By held row: how many others come before it. */
  const places = new Map<number, number>()
  for (const slot of fresh) {
    if (isHeld.has(slot)) places.set(slot, count)
    else room[count++] = slot
  }
  const others = room.subarray(0, count)
  const settled = held.flatMap((slot) => (isSettled(slot) ? (places.get(slot) ?? []) : []))
  const first = settled[0] ?? placeBelow(others, above, isSettled)
  const between = others.subarray(first, settled.at(-1) ?? first)
  const slots = new Int32Array(count + held.length)
  slots.set(others.subarray(0, first))
  slots.set(held, first)
  slots.set(others.subarray(first), first + held.length)
  return {
    slots,
    first,
    unsettled: new Set([...held.filter((slot) => !isSettled(slot)), ...between]),
    strangers: new Set(held.filter((slot) => !places.has(slot))),
  }
}

function placeBelow(others: Int32Array, above: Int32Array, isSettled: OnScreen['isSettled']): number {
  const isThere = new Set(others)
  const settled = above.findLast((slot) => isSettled(slot) && isThere.has(slot))
  return settled === undefined ? 0 : others.indexOf(settled) + 1
}

/**
 * Where the first row of the screen must stand so that the first settled one stays where it is, in a
 * list in its true order.
 */
export function followRows(fresh: Int32Array, { held, isSettled }: OnScreen): number {
  const anchor = held.findIndex(isSettled)
  const index = anchor < 0 ? -1 : fresh.indexOf(held[anchor] as number)
  return Math.max(0, index - anchor)
}
