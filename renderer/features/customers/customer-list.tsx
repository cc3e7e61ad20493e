// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { SortBy } from '#shared/domain/saved-list.ts'
import { strings } from '../../app/strings.ts'
import { densityStore } from '../../hooks/use-density.ts'
import { useListLayout } from '../../hooks/use-list-layout.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { fitColumns } from '../../lib/list-columns.ts'
import { chosenCount, isChosen } from '../../lib/list-selection.ts'
import { effectiveSort, queryOf } from '../../lib/list-state.ts'
import type { RowWindows } from '../../lib/row-windows.ts'
import classes from './customer-list.module.css'
import { useIsFlying } from './list-flight.ts'
import { ListHeader } from './list-header.tsx'
import { focusIfNowhere, useListKeys } from './list-keys.ts'
import { useRememberedPlace } from './list-place.ts'
import { type MenuPlace, useListPointer } from './list-pointer.ts'
import { useListRoom } from './list-room.ts'
import { type CardColumn, ListRow } from './list-row.tsx'
import { ListRowMenu } from './list-row-menu.tsx'

const ROW_PX = { comfortable: 38, compact: 32 } as const
const CARD_PX = 68
const HEADER_PX = 30
/** From the start of a row to the menu that the keyboard opens for it. */
const MENU_INSET_PX = 36
/** Rows that are ready above and below the visible ones. */
const OVERSCAN = 8

/** The virtual list: a grid with a cursor; only the rows in view exist. */
export function CustomerList() {
  const { client, list, rows, cursor, picker } = useReplica()
  const state = useStore(rows)
  const selectedId = useStore(list, (state) => state.selectedId)
  const sortBy = useStore(list, (state) => effectiveSort(state).by)
  const selection = useStore(picker.selection)
  const wanted = useStore(cursor.wanted)
  const isNarrow = useIsNarrow()
  const density = useStore(densityStore)
  const scroller = useRef<HTMLDivElement>(null)
  const rowPx = isNarrow ? CARD_PX : ROW_PX[density]
  const headerPx = isNarrow ? 0 : HEADER_PX

  const virtualizer = useVirtualizer({
    count: state.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    initialOffset: list.get().scrollTop,
    scrollMargin: headerPx,
    scrollPaddingStart: headerPx,
    // The floating button of a phone never covers the last card.
    paddingEnd: isNarrow ? CARD_PX : 0,
  })
  const isFlying = useIsFlying(virtualizer)
  const items = virtualizer.getVirtualItems()
  const first = items.at(0)?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query or total asks for the same rows again.
  useEffect(() => {
    if (!isFlying) rows.show(first, last, () => isInUse(scroller.current, rows, list.get().selectedId))
  }, [rows, list, first, last, isFlying, state.queryVersion, state.total])

  // What is on the screen stays there when rows come in above: before anybody can see a frame of it.
  const shownShift = useRef(state.shift)
  useLayoutEffect(() => {
    if (shownShift.current === state.shift) return
    shownShift.current = state.shift
    scroller.current?.scrollBy({ top: state.shift.rows * rowPx, behavior: 'instant' })
  }, [state.shift, rowPx])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the size of a row changed, measure again.
  useEffect(() => {
    virtualizer.measure()
  }, [virtualizer, rowPx])

  // The first query keeps the remembered place; every later one starts at its top.
  const shownQuery = useRef(state.queryVersion)
  useEffect(() => {
    if (shownQuery.current === state.queryVersion) return
    shownQuery.current = state.queryVersion
    // Asking costs nothing, scrolling measures the whole page.
    if (virtualizer.scrollOffset !== 0) virtualizer.scrollToOffset(0)
  }, [state.queryVersion, virtualizer])

  // The cursor stays in view when it moves; clicking a row never scrolls, since it is in view.
  // A customer opened from elsewhere (made, found in the palette) is looked up and brought into view.
  const shownSelection = useRef(selectedId)
  useEffect(() => {
    const target = wanted ?? (selectedId === null ? null : rows.indexOf(selectedId))
    const isNews = shownSelection.current !== selectedId
    shownSelection.current = selectedId
    if (target !== null) {
      if (isNews || wanted !== null) virtualizer.scrollToIndex(target, { align: 'auto' })
      return
    }
    if (selectedId === null || !isNews) return
    let isCurrent = true
    client.request('customers.position', { query: queryOf(list.get()), id: selectedId, version: rows.version() }).then(
      (position) => {
        if (isCurrent && position !== null) virtualizer.scrollToIndex(position, { align: 'center' })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [wanted, selectedId, client, list, rows, virtualizer])

  useRememberedPlace(scroller, virtualizer)
  const onKeyDown = useListKeys(scroller, rowPx)
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  const pointer = useListPointer(setMenu)
  const [layout] = useListLayout()
  const room = useListRoom(scroller)
  const { columns, tracks } = useMemo(() => fitColumns(layout, sortBy, room), [layout, sortBy, room])

  /** By the keyboard: of the row at the cursor. */
  function onContextMenu(event: MouseEvent): void {
    const index = cursor.index()
    const row = index === null ? undefined : rows.row(index)
    const place = document.getElementById(`customer-${index}`)?.getBoundingClientRect()
    if (event.target !== event.currentTarget || row === undefined || place === undefined) return
    event.preventDefault()
    setMenu({ row, x: place.left + MENU_INSET_PX, y: place.bottom })
  }

  const isChoosing = chosenCount(selection, state.total) > 0
  const card = isNarrow ? cardColumn(sortBy) : null
  const active = selectedId === null ? null : cursor.index()
  // A row that leaves on one side enters on the other: its elements stay where they are in the document
  // and get other texts: cheaper than new ones. `aria-owns` tells their true order.
  const slots = Math.ceil((virtualizer.scrollRect?.height ?? 0) / rowPx) + 2 * OVERSCAN + 2
  const shownItems = isFlying ? [] : items
  const bySlot = shownItems.toSorted((a, b) => (a.index % slots) - (b.index % slots))
  return (
    <>
      <div
        id="customer-list"
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={strings.list.label}
        aria-rowcount={state.total + (isNarrow ? 0 : 1)}
        aria-colcount={isNarrow ? 1 : columns.length + 3}
        aria-multiselectable="true"
        aria-busy={state.kind === 'loading'}
        {...(active === null || isFlying || active < first || active > last
          ? {}
          : { 'aria-activedescendant': `customer-${active}` })}
        className={cx(classes.grid, isNarrow && classes.cards, isChoosing && classes.choosing)}
        style={{ '--tracks': tracks } as CSSProperties}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
      >
        {isNarrow ? null : <ListHeader columns={columns} />}
        <div
          role="rowgroup"
          className={classes.body}
          style={{ blockSize: virtualizer.getTotalSize(), '--row': `${rowPx}px` } as CSSProperties}
          aria-owns={virtualizer.isScrolling ? undefined : shownItems.map(({ index }) => `customer-${index}`).join(' ')}
          {...pointer}
        >
          {bySlot.map(({ index, start }) => {
            const row = rows.row(index)
            return (
              <ListRow
                key={index % slots}
                index={index}
                top={start - headerPx}
                row={row}
                columns={columns}
                card={card}
                isAtCursor={row !== undefined && row.id === selectedId}
                isChosen={isChoosing ? row !== undefined && isChosen(selection, row.id) : null}
              />
            )
          })}
        </div>
      </div>
      {menu === null ? null : (
        <ListRowMenu
          place={menu}
          onClose={() => {
            setMenu(null)
            requestAnimationFrame(() => focusIfNowhere(scroller.current))
          }}
        />
      )}
    </>
  )
}

/** A card has room for one of those. */
function cardColumn(sortBy: SortBy): CardColumn {
  return sortBy === 'created' || sortBy === 'changed' || sortBy === 'conversations' ? sortBy : 'lastSeen'
}

/** Whether a person is at work on the rows that show, which then must not move: else new ones enter at the top. */
function isInUse(scroller: HTMLElement | null, rows: RowWindows, selectedId: string | null): boolean {
  if (scroller === null) return false
  return (
    scroller.scrollTop > 0 || scroller.matches(':hover') || (selectedId !== null && rows.indexOf(selectedId) !== null)
  )
}
