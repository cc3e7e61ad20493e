import { useMediaQuery } from '@mantine/hooks'

/** Detail beside the list. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false })
}

/** Cards instead of a table, a bottom bar instead of the rail. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 639.98px)', undefined, { getInitialValueInEffect: false })
}
