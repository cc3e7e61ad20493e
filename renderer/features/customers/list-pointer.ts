import { type HTMLAttributes, type MouseEvent, type PointerEvent, useRef } from 'react'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { tellRefusal } from '../../components/refusal-toast.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { chosenCount } from '../../lib/list-selection.ts'
import { routes } from '../../lib/routes.ts'
import { useDeleteCustomer } from './use-delete-customer.ts'

/** Where the menu of a row opens, in pixels of the window. */
export interface MenuPlace {
  readonly row: CustomerRow
  readonly x: number
  readonly y: number
}

/** A finger that rests so long on a row chooses it. */
const LONG_PRESS_MS = 500
/** A finger that moves further than this does not rest. */
const STILL_PX = 10
/** A card that is swiped so far does what it says. */
const SWIPED_PX = 96

interface Touch {
  readonly element: HTMLElement
  readonly row: CustomerRow
  readonly index: number
  readonly x: number
  readonly y: number
  readonly resting: ReturnType<typeof setTimeout>
  swiped: number | null
}

/** What mouse and finger do to the rows of the list. */
export function useListPointer(openMenu: (place: MenuPlace) => void): HTMLAttributes<HTMLElement> {
  const { list, rows, picker } = useReplica()
  const actor = useActor()
  const remove = useDeleteCustomer()
  const [, navigate] = useLocation()
  const touch = useRef<Touch | null>(null)
  /** A long press or a swipe ends in a click that means nothing more. */
  const isDone = useRef(false)
  const isTouched = useRef(false)

  function rowOf(target: EventTarget) {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-customer]') : null
    const index = Number(element?.dataset.index)
    const row = element === null ? undefined : rows.row(index)
    return element === null || row === undefined ? null : { element, row, index }
  }

  function onClick(event: MouseEvent<HTMLElement>): void {
    const at = rowOf(event.target)
    if (at === null || isDone.current) return
    const { row, index } = at
    const isOn = (part: string) => event.target instanceof Element && event.target.closest(part) !== null
    const isChoosing = chosenCount(picker.selection.get(), rows.get().total) > 0
    if (isOn('[data-menu]')) {
      const { left, bottom } = (event.target as Element).getBoundingClientRect()
      openMenu({ row, x: left, y: bottom })
    } else if (event.shiftKey) {
      void picker.extendTo(index)
    } else if (event.ctrlKey || event.metaKey || isOn('[data-pick]') || (isTouched.current && isChoosing)) {
      picker.toggle(row.id)
    } else {
      list.set({ ...list.get(), selectedId: row.id })
      navigate(routes.customer(row.id))
    }
  }

  function onContextMenu(event: MouseEvent<HTMLElement>): void {
    const at = rowOf(event.target)
    if (at === null) return
    event.preventDefault()
    // A finger that rests has chosen the row already.
    if (isTouched.current) return
    openMenu({ row: at.row, x: event.clientX, y: event.clientY })
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    isDone.current = false
    isTouched.current = event.pointerType === 'touch'
    const at = isTouched.current && event.isPrimary ? rowOf(event.target) : null
    if (at === null) return
    const resting = setTimeout(() => {
      end()
      isDone.current = true
      picker.toggle(at.row.id)
    }, LONG_PRESS_MS)
    touch.current = { ...at, x: event.clientX, y: event.clientY, resting, swiped: null }
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const now = touch.current
    if (now === null) return
    const x = event.clientX - now.x
    if (now.swiped === null) {
      if (Math.hypot(x, event.clientY - now.y) < STILL_PX) return
      clearTimeout(now.resting)
      const isSideways = Math.abs(x) > Math.abs(event.clientY - now.y)
      if (!isSideways || now.element.querySelector('[data-card]') === null) {
        end()
        return
      }
      event.currentTarget.setPointerCapture(event.pointerId)
      isDone.current = true
    }
    const action = x < 0 ? 'edit' : 'delete'
    now.swiped = x
    drag(now.element, customerPermission(actor, action, now.row).allowed ? x : 0, action)
  }

  function onPointerUp(): void {
    const now = touch.current
    end()
    if (now?.swiped == null || Math.abs(now.swiped) < SWIPED_PX) return
    const permission = customerPermission(actor, now.swiped < 0 ? 'edit' : 'delete', now.row)
    if (!permission.allowed) tellRefusal(permission.reason)
    else if (now.swiped < 0) navigate(routes.editCustomer(now.row.id))
    else void remove(now.row)
  }

  function end(): void {
    if (touch.current === null) return
    clearTimeout(touch.current.resting)
    drag(touch.current.element, 0, null)
    touch.current = null
  }

  /** Choosing a run with Shift marks customers, not their letters. */
  function onMouseDown(event: MouseEvent<HTMLElement>): void {
    if (!event.shiftKey) return
    event.preventDefault()
    event.currentTarget.focus({ preventScroll: true })
  }

  return { onMouseDown, onClick, onContextMenu, onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end }
}

/** Moves a card with the finger, past the rendering: frames count here. What it would do shows beneath it. */
function drag(element: HTMLElement, pixels: number, action: 'edit' | 'delete' | null): void {
  const card = element.querySelector<HTMLElement>('[data-card]')
  if (card !== null) card.style.transform = pixels === 0 ? '' : `translateX(${pixels}px)`
  if (action === null || pixels === 0) {
    delete element.dataset.swipe
    return
  }
  element.dataset.swipe = action
  element.dataset.says = strings.actions[action]
  element.dataset.isFar = String(Math.abs(pixels) >= SWIPED_PX)
}
