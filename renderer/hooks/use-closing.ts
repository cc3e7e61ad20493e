import { useEffect, useEffectEvent } from 'react'
import { useLocation } from 'wouter'

/** Closes what floats over a page by Escape, wherever the focus is, and when another page opens. */
export function useClosing(isOpen: boolean, close: () => void): void {
  const [location] = useLocation()
  const onClose = useEffectEvent(close)

  useEffect(() => {
    if (!isOpen) return
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      // It closes this and nothing below.
      event.preventDefault()
      onClose()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [isOpen])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `location` says that the page has changed.
  useEffect(() => onClose(), [location])
}
