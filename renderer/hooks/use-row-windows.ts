import { useSyncExternalStore } from 'react'
import type { RowWindows, RowWindowsState } from '../lib/row-windows.ts'

/** What the list shows now, rendered again with every answer. */
export function useRowWindows(rows: RowWindows): RowWindowsState {
  return useSyncExternalStore(rows.subscribe, rows.get)
}
