import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../app/strings.ts'
import { usePageFocus } from '../hooks/use-page-focus.ts'
import { useShortcuts } from '../hooks/use-shortcuts.ts'
import { routes } from '../lib/routes.ts'
import classes from './page.module.css'

/** A page with a title and one column of content; Escape leads back to the customers. */
export function Page({
  title,
  lead,
  children,
  width = 'text',
  focusKey,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
  /** `text`: as wide as one reads well. `full`: for tables. */
  readonly width?: 'text' | 'full'
  /** When this changes and what had the focus is gone, the heading takes it. */
  readonly focusKey?: number | string
}) {
  const heading = usePageFocus(focusKey)
  const [, navigate] = useLocation()
  useShortcuts({ escape: () => navigate(routes.customers) })
  useDocumentTitle(`${title} · ${strings.appName}`)
  return (
    <div className={classes.page}>
      <div className={classes[width]}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
    </div>
  )
}
