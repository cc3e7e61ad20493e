import { z } from 'zod'
import type { SortBy } from '#shared/domain/saved-list.ts'

/** The columns that there are beside the name, as they stand before anybody has chosen. */
export const LIST_COLUMNS = [
  'email',
  'phone',
  'address',
  'website',
  'tags',
  'owner',
  'source',
  'conversations',
  'lastSeen',
  'created',
  'changed',
] as const
export type ListColumn = (typeof LIST_COLUMNS)[number]
/** What has a width. */
export type SizedColumn = ListColumn | 'name'

/** Pixels: the least that somebody may leave of a column, and the most that they may give it. */
export function widthLimits(column: SizedColumn): { readonly least: number; readonly most: number } {
  return { least: column === 'name' ? 110 : LEAST, most: MOST }
}
const LEAST = 56
const MOST = 640
const width = z.number().int().min(LEAST).max(MOST)

/** How a person has set up the columns of the list. */
export const listLayoutSchema = z.object({
  /** Those that show, in their order. */
  columns: z.array(z.enum(LIST_COLUMNS)),
  /** Those that were given a width, in pixels; the others share what is left. */
  widths: z.partialRecord(z.enum(['name', ...LIST_COLUMNS]), width),
})
export type ListLayout = z.infer<typeof listLayoutSchema>

export const INITIAL_LAYOUT: ListLayout = {
  columns: ['email', 'phone', 'address', 'source', 'conversations', 'lastSeen'],
  widths: {},
}

/** Pixels that a column needs at least, and its share of what is left; 0: none. */
const SIZES: Readonly<Record<SizedColumn, { readonly least: number; readonly share: number }>> = {
  name: { least: 150, share: 35 },
  email: { least: 118, share: 27 },
  phone: { least: 150, share: 25 },
  address: { least: 140, share: 30 },
  website: { least: 110, share: 20 },
  tags: { least: 110, share: 20 },
  owner: { least: 100, share: 16 },
  source: { least: 90, share: 0 },
  conversations: { least: 66, share: 0 },
  lastSeen: { least: 94, share: 0 },
  created: { least: 94, share: 0 },
  changed: { least: 94, share: 0 },
}

/** Who gives way first where there is no room for all that were chosen. */
const GIVE_WAY: readonly ListColumn[] = [
  'website',
  'tags',
  'owner',
  'changed',
  'created',
  'conversations',
  'address',
  'lastSeen',
  'source',
  'phone',
  'email',
]

/** What a list of some width shows. */
export interface FittedColumns {
  readonly columns: readonly ListColumn[]
  /** For `grid-template-columns`: the name, and one track for each of `columns`. */
  readonly tracks: string
}

/**
 * The columns for which there is room, and their widths. What the list is sorted by always shows, also
 * where nobody has chosen it: an order that can't be seen is a riddle.
 *
 * @param room pixels for the name and all columns
 */
export function fitColumns({ columns, widths }: ListLayout, sortBy: SortBy, room: number): FittedColumns {
  const sorted = LIST_COLUMNS.find((column) => column === sortBy)
  const wanted = sorted === undefined || columns.includes(sorted) ? [...columns] : [...columns, sorted]
  const needed = (column: SizedColumn) => widths[column] ?? SIZES[column].least
  let left = wanted.reduce((rest, column) => rest - needed(column), room - needed('name'))
  const gone = new Set<ListColumn>()
  for (const column of GIVE_WAY) {
    if (left >= 0) break
    if (column === sorted || !wanted.includes(column)) continue
    gone.add(column)
    left += needed(column)
  }
  const shown = wanted.filter((column) => !gone.has(column))
  const tracks = (['name', ...shown] as const).map((column) => {
    const own = widths[column]
    if (own !== undefined) return `${own}px`
    const { least, share } = SIZES[column]
    return share === 0 ? `${least}px` : `minmax(${left < 0 ? 0 : least}px, ${share}fr)`
  })
  return { columns: shown, tracks: tracks.join(' ') }
}

/** With a column shown or not; a new one stands where it does before anybody has chosen, as far as that can be told. */
export function withColumnToggled(layout: ListLayout, column: ListColumn): ListLayout {
  const { columns } = layout
  if (columns.includes(column)) return { ...layout, columns: columns.filter((one) => one !== column) }
  const earlier = LIST_COLUMNS.slice(0, LIST_COLUMNS.indexOf(column))
  const at = columns.findLastIndex((one) => earlier.includes(one)) + 1
  return { ...layout, columns: columns.toSpliced(at, 0, column) }
}

/** With a shown column moved by so many places; it stops at the ends. */
export function withColumnMoved(layout: ListLayout, column: ListColumn, by: number): ListLayout {
  const from = layout.columns.indexOf(column)
  if (from < 0) return layout
  const to = Math.max(0, Math.min(layout.columns.length - 1, from + by))
  return { ...layout, columns: layout.columns.toSpliced(from, 1).toSpliced(to, 0, column) }
}

/** With a column as wide as wanted, within the limits; null: its share of the room again. */
export function withColumnWidth(layout: ListLayout, column: SizedColumn, pixels: number | null): ListLayout {
  const { [column]: _before, ...others } = layout.widths
  if (pixels === null) return { ...layout, widths: others }
  const { least, most } = widthLimits(column)
  return { ...layout, widths: { ...others, [column]: Math.round(Math.max(least, Math.min(most, pixels))) } }
}
