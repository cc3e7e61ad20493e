import { useEffect, useState } from 'react'
import { useStore } from '../../hooks/use-store.ts'
import { createStore } from '../../lib/store.ts'

interface SavedMark {
  readonly customerId: string
  readonly at: number
}

const SHOWN_MS = 4_000
const lastSaved = createStore<SavedMark | null>(null)

/** Says that a customer was saved: its detail shows it for a moment. */
export function markSaved(customerId: string): void {
  lastSaved.set({ customerId, at: Date.now() })
}

/** Whether this customer was saved just now. */
export function useSavedMark(customerId: string): boolean {
  const mark = useStore(lastSaved)
  const [, renderAgain] = useState(0)
  const left = mark?.customerId === customerId ? mark.at + SHOWN_MS - Date.now() : 0
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => renderAgain((count) => count + 1), left)
    return () => clearTimeout(timer)
  }, [left])
  return left > 0
}
