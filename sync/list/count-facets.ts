import { type CustomerFilter, FILTER_PARTS, type FilterPart } from '#shared/domain/customer-filter.ts'
import { type ListFacets, PERIOD_DAYS } from '#shared/replica-api/list.ts'
import { CustomerColumns, FLAG, SOURCE_CODE } from './customer-columns.ts'
import { daysBefore, type FilterContext, failedParts } from './filter-test.ts'

/** The parts that are told from the flags alone. */
const FLAG_PARTS = ['view', 'state', 'email', 'phone', 'address', 'notes'] as const
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
      tally.addEverywhere(slot)
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
  return countFacets([], {}, columns, { recent: new Set(), duplicates: new Set(), now: 0 })
}

class Tally {
  readonly #columns: CustomerColumns
  readonly #recent: ReadonlySet<number>
  readonly #duplicates: ReadonlySet<number>
  readonly #since: readonly number[]
  /** Of those that count everywhere: by their flags, so that a customer costs one step and not one a part. */
  readonly #flags = new Array<number>(256).fill(0)
  readonly #view = { all: 0, mine: 0, recent: 0 }
  readonly #sources = [0, 0, 0]
  readonly #has = {
    email: { yes: 0, no: 0 },
    phone: { yes: 0, no: 0 },
    address: { yes: 0, no: 0 },
    notes: { yes: 0, no: 0 },
  }
  readonly #tags: number[]
  readonly #owners: number[]
  /** By the shortest of `PERIOD_DAYS` that holds them; the last one: none does. */
  readonly #periods: Readonly<Record<'created' | 'lastSeen', number[]>>
  readonly #state = { waiting: 0, attention: 0 }
  #untagged = 0
  #duplicatesCount = 0

  constructor(columns: CustomerColumns, { recent, duplicates, now }: FilterContext) {
    this.#columns = columns
    columns.date()
    this.#recent = recent
    this.#duplicates = duplicates
    this.#since = PERIOD_DAYS.map((days) => daysBefore(now, days))
    this.#tags = new Array(columns.tags.values.length).fill(0)
    this.#owners = new Array(columns.owners.values.length).fill(0)
    const noPeriods = () => new Array<number>(PERIOD_DAYS.length + 1).fill(0)
    this.#periods = { created: noPeriods(), lastSeen: noPeriods() }
  }

  /** Counts a customer who fits for every part. */
  addEverywhere(slot: number): void {
    bump(this.#flags, this.#columns.flags[slot] as number)
    if (this.#recent.size > 0 && this.#recent.has(slot)) this.#view.recent += 1
    this.add('duplicates', slot)
    this.add('sources', slot)
    this.add('tags', slot)
    this.add('untagged', slot)
    this.add('owners', slot)
    this.add('created', slot)
    this.add('lastSeen', slot)
  }

  /** Counts a customer for one part. */
  add(part: FilterPart, slot: number): void {
    const columns = this.#columns
    switch (part) {
      case 'sources':
        bump(this.#sources, columns.sources[slot] as number)
        return
      case 'tags':
        for (const code of columns.tagCodes[slot] as readonly number[]) bump(this.#tags, code)
        return
      case 'untagged':
        if (columns.tagCodes[slot]?.length === 0) this.#untagged += 1
        return
      case 'owners':
        bump(this.#owners, columns.ownerCodes[slot] as number)
        return
      case 'created':
      case 'lastSeen': {
        const at = columns[part][slot] as number
        let n = 0
        while (n < this.#since.length && at < (this.#since[n] as number)) n += 1
        bump(this.#periods[part], n)
        return
      }
      case 'duplicates':
        if (this.#duplicates.size > 0 && this.#duplicates.has(slot)) this.#duplicatesCount += 1
        return
      case 'view':
        if (this.#recent.has(slot)) this.#view.recent += 1
        this.#addFlags(part, columns.flags[slot] as number, 1)
        return
      default:
        this.#addFlags(part, columns.flags[slot] as number, 1)
    }
  }

  #addFlags(part: 'view' | 'state' | 'email' | 'phone' | 'address' | 'notes', flags: number, count: number): void {
    if (part === 'view') {
      this.#view.all += count
      if ((flags & FLAG.mine) !== 0) this.#view.mine += count
    } else if (part === 'state') {
      if ((flags & FLAG.waiting) !== 0) this.#state.waiting += count
      if ((flags & FLAG.attention) !== 0) this.#state.attention += count
    } else {
      this.#has[part][(flags & FLAG[part]) === 0 ? 'no' : 'yes'] += count
    }
  }

  facets(filter: CustomerFilter): Omit<ListFacets, 'total' | 'without'> {
    const { tags, owners } = this.#columns
    for (const [flags, count] of this.#flags.entries()) {
      if (count > 0) for (const part of FLAG_PARTS) this.#addFlags(part, flags, count)
    }
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
      ...this.#has,
      tags: told.map(([tag, count]) => ({ tag, count })),
      untagged: this.#untagged,
      owners: counted(this.#owners, owners.values)
        .filter(([ownerId, count]) => count > 0 || wanted.has(ownerId))
        .map(([ownerId, count]) => ({ ownerId, count })),
      created: periodCounts(this.#periods.created),
      lastSeen: periodCounts(this.#periods.lastSeen),
      state: this.#state,
      duplicates: this.#duplicatesCount,
    }
  }
}

function counted<T>(counts: readonly number[], values: readonly T[]): [T, number][] {
  return values.map((value, code) => [value, counts[code] ?? 0])
}

/** Counts by the shortest period, as counts of all that a period holds, and of all others. */
function periodCounts(shortest: readonly number[]): { last: number[]; notLast: number[] } {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    last: PERIOD_DAYS.map((_, n) => sum(shortest.slice(0, n + 1))),
    notLast: PERIOD_DAYS.map((_, n) => sum(shortest.slice(n + 1))),
  }
}

function bump(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}
