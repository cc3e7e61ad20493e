import { type CustomerFilter, FILTER_PARTS, type FilterPart } from '#shared/domain/customer-filter.ts'
import { type ListFacets, PERIOD_DAYS } from '#shared/replica-api/list.ts'
import { CustomerColumns, FLAG, SOURCE_CODE } from './customer-columns.ts'
import { daysBefore, type FilterContext, failedParts } from './filter-test.ts'

/** Most tags that are told; whoever has more finds theirs by searching. */
const TAGS_TOLD = 200

/**
 * Counts for each value of each part how many customers it would show, in one pass: a customer that
 * fits counts everywhere, one that fails a single part counts for that part only.
 *
 * @param slots listed ones that the search finds
 */
export function countFacets(
  slots: Iterable<number>,
  filter: CustomerFilter,
  columns: CustomerColumns,
  context: FilterContext,
): Omit<ListFacets, 'without'> & { readonly without: Partial<Record<FilterPart, number>> } {
  const failed = failedParts(filter, columns, context)
  const tally = new Tally(columns, context)
  const near = new Array<number>(FILTER_PARTS.length).fill(0)
  let total = 0
  for (const slot of slots) {
    const fails = failed(slot)
    if (fails === 0) {
      total += 1
      for (const part of FILTER_PARTS) tally.add(part, slot)
    } else if ((fails & (fails - 1)) === 0) {
      const part = 31 - Math.clz32(fails)
      near[part] = (near[part] as number) + 1
      // "All of" narrows further: its values count among those that have the chosen ones.
      if (FILTER_PARTS[part] !== 'tags' || filter.tags?.match !== 'all')
        tally.add(FILTER_PARTS[part] as FilterPart, slot)
    }
  }
  const active = FILTER_PARTS.flatMap((part, n) =>
    filter[part] === undefined ? [] : [[part, total + (near[n] as number)]],
  )
  return { total, ...tally.facets(filter), without: Object.fromEntries(active) }
}

/** The counts of no customers. */
export function countNothing(): ListFacets {
  const columns = new CustomerColumns('')
  return countFacets([], {}, columns, { recent: new Set(), now: 0 })
}

class Tally {
  readonly #columns: CustomerColumns
  readonly #recent: ReadonlySet<number>
  readonly #since: readonly number[]
  readonly #view = { all: 0, mine: 0, recent: 0 }
  readonly #sources = [0, 0, 0]
  /** Those that have it, and all. */
  readonly #has = { email: [0, 0], phone: [0, 0], address: [0, 0], notes: [0, 0] } satisfies Record<
    string,
    [number, number]
  >
  readonly #tags: number[]
  readonly #owners: number[]
  readonly #periods = { created: periodCounts(), lastSeen: periodCounts() }
  readonly #state = { waiting: 0, attention: 0 }

  constructor(columns: CustomerColumns, { recent, now }: FilterContext) {
    this.#columns = columns
    columns.date()
    this.#recent = recent
    this.#since = PERIOD_DAYS.map((days) => daysBefore(now, days))
    this.#tags = new Array(columns.tags.values.length).fill(0)
    this.#owners = new Array(columns.owners.values.length).fill(0)
  }

  add(part: FilterPart, slot: number): void {
    const columns = this.#columns
    const flags = columns.flags[slot] as number
    switch (part) {
      case 'view':
        this.#view.all += 1
        if ((flags & FLAG.mine) !== 0) this.#view.mine += 1
        if (this.#recent.has(slot)) this.#view.recent += 1
        return
      case 'sources':
        bump(this.#sources, columns.sources[slot] as number)
        return
      case 'email':
      case 'phone':
      case 'address':
      case 'notes':
        if ((flags & FLAG[part]) !== 0) bump(this.#has[part], 0)
        bump(this.#has[part], 1)
        return
      case 'tags':
        for (const code of columns.tagCodes[slot] as readonly number[]) bump(this.#tags, code)
        return
      case 'owners':
        bump(this.#owners, columns.ownerCodes[slot] as number)
        return
      case 'created':
      case 'lastSeen': {
        const at = columns[part][slot] as number
        for (let n = 0; n < this.#since.length; n++)
          bump(this.#periods[part][at >= (this.#since[n] as number) ? 'last' : 'notLast'], n)
        return
      }
      case 'state':
        if ((flags & FLAG.waiting) !== 0) this.#state.waiting += 1
        if ((flags & FLAG.attention) !== 0) this.#state.attention += 1
    }
  }

  facets(filter: CustomerFilter): Omit<ListFacets, 'total' | 'without'> {
    const { tags, owners } = this.#columns
    const chosen = new Set(filter.tags?.of)
    const byCount = counted(this.#tags, tags.values).filter(([tag, count]) => count > 0 || chosen.has(tag))
    byCount.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    const told = byCount.filter(([tag], n) => n < TAGS_TOLD || chosen.has(tag))
    const wanted = new Set(filter.owners)
    return {
      view: this.#view,
      sources: {
        chat: this.#sources[SOURCE_CODE.chat] ?? 0,
        manual: this.#sources[SOURCE_CODE.manual] ?? 0,
        import: this.#sources[SOURCE_CODE.import] ?? 0,
      },
      email: yesNo(this.#has.email),
      phone: yesNo(this.#has.phone),
      address: yesNo(this.#has.address),
      notes: yesNo(this.#has.notes),
      tags: told.map(([tag, count]) => ({ tag, count })),
      owners: counted(this.#owners, owners.values)
        .filter(([ownerId, count]) => count > 0 || wanted.has(ownerId))
        .map(([ownerId, count]) => ({ ownerId, count })),
      ...this.#periods,
      state: this.#state,
    }
  }
}

function counted<T>(counts: readonly number[], values: readonly T[]): [T, number][] {
  return values.map((value, code) => [value, counts[code] ?? 0])
}

function periodCounts(): { last: number[]; notLast: number[] } {
  return { last: PERIOD_DAYS.map(() => 0), notLast: PERIOD_DAYS.map(() => 0) }
}

function yesNo([yes = 0, all = 0]: readonly number[]): { yes: number; no: number } {
  return { yes, no: all - yes }
}

function bump(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}
