import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { useLocation } from 'wouter'
import { STANDS_IN } from '../../hooks/use-focus-kept.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useStore } from '../../hooks/use-store.ts'
import { chosenCount } from '../../lib/list-selection.ts'
import { routes } from '../../lib/routes.ts'

/** The keys of the list: those that work on the whole screen, and what the list itself takes while it has the focus. */
export function useListKeys(scroller: RefObject<HTMLDivElement | null>, rowPx: number): (event: KeyboardEvent) => void {
  const { list, rows, cursor, picker } = useReplica()
  const isChoosing = chosenCount(useStore(picker.selection), rows.get().total) > 0
  const [, navigate] = useLocation()

  function openSelected(edit: boolean): void {
    const id = list.get().selectedId
    if (id === null) return
    navigate(edit ? routes.editCustomer(id) : routes.customer(id))
  }

  function move(by: number, { shiftKey }: { readonly shiftKey: boolean }): void {
    focusIfNowhere(scroller.current)
    if (shiftKey) void picker.extendBy(by)
    else cursor.moveBy(by)
  }
  useShortcuts({
    j: (event) => move(1, event),
    k: (event) => move(-1, event),
    arrowdown: (event) => move(1, event),
    arrowup: (event) => move(-1, event),
    e: () => openSelected(true),
    x: () => picker.toggleAtCursor(),
  })
  // First the choice goes, then the open customer.
  useShortcuts(isChoosing ? { escape: () => picker.clear() } : {})

  // Keys work from the first moment on, without a click.
  useEffect(() => focusIfNowhere(scroller.current), [scroller])

  return function onKeyDown(event) {
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
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return
        picker.chooseAll()
        break
      default:
        return
    }
    event.preventDefault()
  }
}

/** Gives the focus to the list where nothing else has it; the page stands in for it while there is no list yet. */
export function focusIfNowhere(scroller: HTMLElement | null): void {
  const focused = document.activeElement
  const isNowhere = focused === null || focused === document.body || focused.hasAttribute(STANDS_IN)
  if (isNowhere) scroller?.focus({ preventScroll: true })
}
