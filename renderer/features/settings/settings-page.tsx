import { type ComponentType, useEffect, useRef } from 'react'
import { Link, Redirect } from 'wouter'
import { strings } from '../../app/strings.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { routes, SETTINGS_SECTIONS, type SettingsSection } from '../../lib/routes.ts'
import { AccountSettings } from './account-settings.tsx'
import { AppSettings } from './app-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { CompanySettings } from './company-settings.tsx'
import { DataSettings } from './data-settings.tsx'
import { DevicesSettings } from './devices-settings.tsx'
import { LogSettings } from './log-settings.tsx'
import { MembersSettings } from './members-settings.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import classes from './settings-page.module.css'

const words = strings.settings

const PAGES: Readonly<Record<SettingsSection, ComponentType>> = {
  account: AccountSettings,
  company: CompanySettings,
  members: MembersSettings,
  privacy: PrivacySettings,
  devices: DevicesSettings,
  appearance: AppearanceSettings,
  app: AppSettings,
  data: DataSettings,
  log: LogSettings,
}

/** All settings: a list of the parts, and the one that the address names. */
export function SettingsPage({ section }: { readonly section: string | undefined }) {
  const shown = SETTINGS_SECTIONS.find((known) => known === section)
  const here = useRef<HTMLAnchorElement>(null)
  const isNarrow = useIsNarrow()
  // On a phone the bar is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part is another place in the bar.
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [shown, isNarrow])
  if (shown === undefined) return <Redirect to={routes.settingsSection('account')} replace />
  const Part = PAGES[shown]
  return (
    <div className={classes.frame}>
      <nav className={classes.sections} aria-label={words.title}>
        <h2>{words.title}</h2>
        <ul>
          {/* Where there is no menu of the account, this is the way to it. */}
          {isNarrow ? (
            <li>
              <Link href={routes.undo} className={classes.place}>
                {strings.undo.title}
              </Link>
            </li>
          ) : null}
          {SETTINGS_SECTIONS.map((one) => (
            <li key={one}>
              <Link
                href={routes.settingsSection(one)}
                className={classes.place}
                {...(one === shown ? { 'aria-current': 'page', ref: here } : {})}
              >
                {words.sections[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Part key={shown} />
    </div>
  )
}
