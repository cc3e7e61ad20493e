import type { ReactNode } from 'react'

/** `directed`: points along the writing, so it is mirrored where that goes from right to left (theme.css). */
function Icon({ children, directed = false }: { readonly children: ReactNode; readonly directed?: boolean }) {
  return (
    <svg
      data-directed={directed || undefined}
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

/** Overview: bars of different heights. */
export const BarsIcon = () => (
  <Icon>
    <path d="M2.500 15.500h13M4.500 15.500V9M9 15.500V3.500M13.500 15.500v-4.500" />
  </Icon>
)

/** Customers. */
export const PeopleIcon = () => (
  <Icon>
    <circle cx="7" cy="6" r="2.75" />
    <path d="M2 15c.3-2.8 2.3-4.25 5-4.25S11.700 12.200 12 15" />
    <path d="M11.750 3.500a2.750 2.750 0 0 1 0 5M13.250 11c1.600.6 2.550 1.950 2.750 4" />
  </Icon>
)

/** Duplicates: two sheets, one behind the other. */
export const DuplicatesIcon = () => (
  <Icon>
    <rect x="2.500" y="5.500" width="9" height="10" rx="1.500" />
    <path d="M6 2.500h8a1.500 1.500 0 0 1 1.500 1.500v9" />
  </Icon>
)

/** Import: an arrow into a tray. */
export const ImportIcon = () => (
  <Icon>
    <path d="M9 2.500v7.500M6 7.250 9 10.250l3-3M2.500 11.500v3a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-3" />
  </Icon>
)

/** Needs attention: a flag. */
export const FlagIcon = () => (
  <Icon>
    <path d="M4 15.500V3M4 3h9.500l-2 3.250 2 3.250H4" />
  </Icon>
)

/** Settings: sliders. */
export const SlidersIcon = () => (
  <Icon>
    <path d="M2.500 5.500h6M12.500 5.500h3M2.500 12.500h3M9.500 12.500h6" />
    <circle cx="10.500" cy="5.500" r="2" />
    <circle cx="7.500" cy="12.500" r="2" />
  </Icon>
)

/** Sync: two arrows in a circle. */
export const SyncIcon = () => (
  <Icon>
    <path d="M15 7.500A6.250 6.250 0 0 0 3.700 5.700M3 10.500a6.250 6.250 0 0 0 11.300 1.800" />
    <path d="M3.500 2.500v3.250h3.250M14.500 15.500v-3.250h-3.250" />
  </Icon>
)

/** Close: a cross. */
export const CloseIcon = () => (
  <Icon>
    <path d="m4.500 4.500 9 9M13.500 4.500l-9 9" />
  </Icon>
)

/** Back: an arrow to the left. */
export const BackIcon = () => (
  <Icon directed>
    <path d="M14.500 9h-11M8 4.500 3.500 9 8 13.500" />
  </Icon>
)

/** Edit: a pencil. */
export const PencilIcon = () => (
  <Icon>
    <path d="M3 15l.700-3.300 8-8a1.850 1.850 0 0 1 2.600 2.600l-8 8L3 15zM10.500 5l2.600 2.600" />
  </Icon>
)

/** A conversation: a bubble with words. */
export const ChatIcon = () => (
  <Icon>
    <path d="M4 3h10a1.500 1.500 0 0 1 1.500 1.500v6A1.500 1.500 0 0 1 14 12H8.500L5 15.250V12H4a1.500 1.500 0 0 1-1.500-1.500v-6A1.500 1.500 0 0 1 4 3zM6 6.500h6M6 9h3.500" />
  </Icon>
)

/** Speech: a microphone. */
export const MicrophoneIcon = () => (
  <Icon>
    <rect x="6.500" y="2.500" width="5" height="8" rx="2.500" />
    <path d="M4 8.500a5 5 0 0 0 10 0M9 13.500v2.500" />
  </Icon>
)
