import type { Found } from './customer-finder.ts'

/** Lists that are remembered: the one on the screen, the palette's, and some of what was typed before. */
const LISTS_KEPT = 6

/** What a query found once. */
export interface OrderedList extends Found {
  readonly version: number
  readonly query: string
  /** The version of the data that it was made from. */
  readonly dataVersion: number
  /** Null: in its true order. Else held around a screen, and these stand elsewhere than they belong. */
  readonly unsettled: ReadonlySet<number> | null
  /** Held rows that the query does not find any more. */
  readonly strangers: ReadonlySet<number>
}

/** The lists that were made last, by their versions: windows of one version fit together. */
export class ListVersions {
  /** The one used last at the end. */
  readonly #lists = new Map<number, OrderedList>()
  #last = 0

  /** The list of a version, as long as it is remembered. */
  get(version: number | undefined): OrderedList | undefined {
    return version === undefined ? undefined : this.#lists.get(version)
  }

  /** The list of a query in its true order, as the data is now. */
  present(query: string, dataVersion: number): OrderedList | undefined {
    return [...this.#lists.values()].findLast(
      (list) => list.query === query && list.dataVersion === dataVersion && list.unsettled === null,
    )
  }

  /** Remembers a new list. */
  add(list: Omit<OrderedList, 'version'>): OrderedList {
    this.#last += 1
    return this.keep({ ...list, version: this.#last })
  }

  /** Remembers a list that is in use, in place of that of its version. */
  keep(list: OrderedList): OrderedList {
    this.#lists.delete(list.version)
    this.#lists.set(list.version, list)
    const [oldest] = this.#lists.keys()
    if (this.#lists.size > LISTS_KEPT && oldest !== undefined) this.#lists.delete(oldest)
    return list
  }
}
