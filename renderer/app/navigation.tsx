import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import {
  BarsIcon,
  ChatIcon,
  DuplicatesIcon,
  FlagIcon,
  ImportIcon,
  PeopleIcon,
  SlidersIcon,
  SyncIcon,
} from '../components/icons.tsx'
import { Logo } from '../components/logo.tsx'
import { useReplica, useSignedIn } from '../hooks/use-replica.ts'
import { useStore } from '../hooks/use-store.ts'
import { useWaitingChats } from '../hooks/use-waiting-chats.ts'
import { cx } from '../lib/cx.ts'
import { formatCount } from '../lib/format.ts'
import { routes } from '../lib/routes.ts'
import classes from './navigation.module.css'
import { strings } from './strings.ts'

interface Place {
  readonly href: string
  readonly label: string
  readonly short: string
  readonly icon: ReactNode
  readonly count: number | null
  readonly isUrgent: boolean
}

function usePlaces(): readonly Place[] {
  const { rows, sync, duplicates } = useReplica()
  const { all, kind } = useStore(rows)
  const { attention } = useStore(sync)
  const { suggested } = useStore(duplicates)
  const unlinked = useWaitingChats(0)?.total ?? 0
  const { nav } = strings
  const calm = { count: null, isUrgent: false }
  return [
    {
      href: routes.dashboard,
      label: strings.dashboard.title,
      short: strings.dashboard.title,
      icon: <BarsIcon />,
      ...calm,
    },
    {
      href: routes.customers,
      label: nav.customers,
      short: nav.customers,
      icon: <PeopleIcon />,
      count: kind === 'loading' ? null : all,
      isUrgent: false,
    },
    {
      href: routes.duplicates,
      label: nav.duplicates,
      short: nav.duplicates,
      icon: <DuplicatesIcon />,
      count: suggested === 0 ? null : suggested,
      isUrgent: true,
    },
    {
      href: routes.conversations,
      label: strings.conversations.title,
      short: strings.conversations.short,
      icon: <ChatIcon />,
      count: unlinked === 0 ? null : unlinked,
      isUrgent: true,
    },
    { href: routes.import, label: nav.import, short: nav.import, icon: <ImportIcon />, ...calm },
    {
      href: routes.attention,
      label: nav.attention,
      short: nav.attentionShort,
      icon: <FlagIcon />,
      count: attention === 0 ? null : attention,
      isUrgent: true,
    },
    { href: routes.sync, label: nav.sync, short: nav.sync, icon: <SyncIcon />, ...calm },
    { href: routes.settings, label: nav.settings, short: nav.settings, icon: <SlidersIcon />, ...calm },
  ]
}

function PlaceLink({ place, isShort }: { readonly place: Place; readonly isShort: boolean }) {
  const [location] = useLocation()
  const isHere = location === place.href || location.startsWith(`${place.href}/`)
  return (
    <Link
      href={place.href}
      title={place.label}
      className={cx(classes.place, isHere && classes.here)}
      {...currentPage(isHere)}
    >
      <span className={classes.icon}>{place.icon}</span>
      <span className={classes.label}>{isShort ? place.short : place.label}</span>
      {place.count === null ? null : (
        <span className={cx(classes.count, place.isUrgent && classes.urgent)}>{formatCount(place.count)}</span>
      )}
    </Link>
  )
}

function currentPage(isHere: boolean): { 'aria-current'?: 'page' } {
  return isHere ? { 'aria-current': 'page' } : {}
}

/** The rail at the left: company, places, settings at the foot. Icons only where it is tight. */
export function NavigationRail() {
  const places = usePlaces()
  const { workspace } = useSignedIn()
  return (
    <nav className={classes.rail} aria-label={strings.nav.label}>
      <div className={classes.company} title={workspace.companyName}>
        <Logo size={18} />
        <span>{workspace.companyName}</span>
      </div>
      {places.map((place) => (
        <PlaceLink key={place.href} place={place} isShort={false} />
      ))}
    </nav>
  )
}

/** The bar at the foot of a phone; the pill above leads to sync. */
export function BottomBar() {
  const places = usePlaces().filter(({ href }) => href !== routes.sync)
  return (
    <nav className={classes.bottom} aria-label={strings.nav.label}>
      {places.map((place) => (
        <PlaceLink key={place.href} place={place} isShort />
      ))}
    </nav>
  )
}
