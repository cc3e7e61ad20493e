import { useLayoutEffect, useRef } from 'react'

/** What keys do, by `event.key` in lower case ("j", "arrowdown", "?", "/"). */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Keys that go on while they are held. Any other acts once: who is slow to let go decides one thing, not thirty. */
const MOVING = new Set(['j', 'k', 'arrowdown', 'arrowup'])

/**
 * Single-key shortcuts of a screen. They keep quiet while a person types, holds a modifier, or has
 * a dialog or menu open. What is on the screen answers: the keys change with the page itself, before
 * it is painted, not some time after.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useLayoutEffect(() => {
    latest.current = shortcuts
  })
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (isTyping(event.target) || isInOverlay(event.target)) return
      const key = event.key.toLowerCase()
      if (event.repeat && !MOVING.has(key)) return
      // Enter presses what has the focus.
      if (key === 'enter' && isPressable(event.target)) return
      const action = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined
      if (action === undefined) return
      event.preventDefault()
      action(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** How long after `G` the second letter may come. */
const SEQUENCE_MS = 1_500

/**
 * Two-key shortcuts: a prefix, then a letter. They listen first, so that the second letter does
 * not also do what it does alone.
 */
export function useSequence(prefix: string, actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  useLayoutEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (isTyping(event.target) || isInOverlay(event.target)) return
      const key = event.key.toLowerCase()
      const isSecond = event.timeStamp - startedAt < SEQUENCE_MS
      if (!isSecond) {
        if (key === prefix) startedAt = event.timeStamp
        return
      }
      startedAt = Number.NEGATIVE_INFINITY
      const action = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined
      if (action === undefined) return
      event.preventDefault()
      event.stopImmediatePropagation()
      action()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [prefix])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]')
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a[href], button:not([role="radio"])') !== null
}

const OVERLAYS = '[role="dialog"], [role="menu"], [role="listbox"]'

/** Whether an overlay is open, or was when the key was pressed in it: the key may just have closed it. */
function isInOverlay(target: EventTarget | null): boolean {
  return document.querySelector(OVERLAYS) !== null || (target instanceof Element && target.closest(OVERLAYS) !== null)
}
