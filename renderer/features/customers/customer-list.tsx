// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useRowWindows } from '../../hooks/use-row-windows.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { lastColumn, queryOf } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import type { RowWindows } from '../../lib/row-windows.ts'
import classes from './customer-list.module.css'
import { useIsFlying } from './list-flight.ts'
import { ListHeader } from './list-header.tsx'
import { ListRow } from './list-row.tsx'

const ROW_PX = 38
const CARD_PX = 68
const HEADER_PX = 30
/** Rows that are ready above and below the visible ones. */
const OVERSCAN = 8
/** How long scrolling rests before the place is remembered. */
const REMEMBER_MS = 150

/** The virtual list: a grid with a cursor; only the rows in view exist. */
export function CustomerList() {
  const { client, list, rows, cursor } = useReplica()
  const state = useRowWindows(rows)
  const setup = useStore(list)
  const { selectedId } = setup
  const column = lastColumn(setup)
  const wanted = useStore(cursor.wanted)
  const [, navigate] = useLocation()
  const isNarrow = useIsNarrow()
  const scroller = useRef<HTMLDivElement>(null)
  const rowPx = isNarrow ? CARD_PX : ROW_PX
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

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let scrollTop = element.scrollTop
    const remember = (): void => {
      clearTimeout(timer)
      if (list.get().scrollTop !== scrollTop) list.set({ ...list.get(), scrollTop })
    }
    const onScroll = (): void => {
      // Asking the element after new rows would lay them out at once, once more than needed.
      scrollTop = virtualizer.scrollOffset ?? 0
      clearTimeout(timer)
      timer = setTimeout(remember, REMEMBER_MS)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('pagehide', remember)
    return () => {
      // Whoever leaves in the middle of scrolling comes back to the same place.
      remember()
      element.removeEventListener('scroll', onScroll)
      window.removeEventListener('pagehide', remember)
    }
  }, [list, virtualizer])

  function onClick(event: MouseEvent<HTMLElement>): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-customer]') : null
    const id = row?.dataset.customer
    if (id === undefined) return
    list.set({ ...list.get(), selectedId: id })
    navigate(routes.customer(id))
  }

  function openSelected(edit: boolean): void {
    const id = list.get().selectedId
    if (id === null) return
    navigate(edit ? routes.editCustomer(id) : routes.customer(id))
  }

  function move(by: number): void {
    if (isFocusNowhere()) scroller.current?.focus({ preventScroll: true })
    cursor.moveBy(by)
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    e: () => openSelected(true),
  })

  // Keys work from the first moment on, without a click.
  useEffect(() => {
    if (isFocusNowhere()) scroller.current?.focus({ preventScroll: true })
  }, [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2)
    switch (event.key) {
      case 'Enter':
        openSelected(false)
        break
      case 'Home':
        cursor.moveTo('first')
        break
      case 'End':
        cursor.moveTo('last')
        break
      case 'PageDown':
        cursor.moveBy(page)
        break
      case 'PageUp':
        cursor.moveBy(-page)
        break
      default:
        return
    }
    event.preventDefault()
  }

  const active = selectedId === null ? null : cursor.index()
  // A row that leaves on one side enters on the other: its elements stay where they are in the document
  // and get other texts: cheaper than new ones. `aria-owns` tells their true order.
  const slots = Math.ceil((virtualizer.scrollRect?.height ?? 0) / rowPx) + 2 * OVERSCAN + 2
  const shownItems = isFlying ? [] : items
  const bySlot = shownItems.toSorted((a, b) => (a.index % slots) - (b.index % slots))
  return (
    <div
      id="customer-list"
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={strings.list.label}
      aria-rowcount={state.total + (isNarrow ? 0 : 1)}
      aria-colcount={isNarrow ? 1 : 6}
      aria-busy={state.kind === 'loading'}
      {...(active === null || isFlying || active < first || active > last
        ? {}
        : { 'aria-activedescendant': `customer-${active}` })}
      className={cx(classes.grid, isNarrow && classes.cards)}
      onKeyDown={onKeyDown}
    >
      {isNarrow ? null : <ListHeader />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its rows. */}
      <div
        role="rowgroup"
        className={classes.body}
        style={{ blockSize: virtualizer.getTotalSize(), '--row': `${rowPx}px` } as CSSProperties}
        aria-owns={virtualizer.isScrolling ? undefined : shownItems.map(({ index }) => `customer-${index}`).join(' ')}
        onClick={onClick}
      >
        {bySlot.map(({ index, start }) => {
          const row = rows.row(index)
          return (
            <ListRow
              key={index % slots}
              index={index}
              top={start - headerPx}
              row={row}
              last={column}
              isNarrow={isNarrow}
              isSelected={row !== undefined && row.id === selectedId}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Whether a person is at work on the rows that show, which then must not move: else new ones enter at the top. */
function isInUse(scroller: HTMLElement | null, rows: RowWindows, selectedId: string | null): boolean {
  if (scroller === null) return false
  return (
    scroller.scrollTop > 0 || scroller.matches(':hover') || (selectedId !== null && rows.indexOf(selectedId) !== null)
  )
}

function isFocusNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
