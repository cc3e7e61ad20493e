import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { strings } from '../app/strings.ts'
import { useCompanies } from '../hooks/use-companies.ts'
import { usePageFocus } from '../hooks/use-page-focus.ts'
import { useSignOut } from '../hooks/use-sign-out.ts'
import classes from './dead-end.module.css'
import { Notice } from './notice.tsx'

/** The company can't be shown: why, what can be done about it, and the ways to somewhere else. */
export function DeadEnd({
  title,
  company,
  retry,
  leave = strings.actions.signOut,
  children,
}: {
  readonly title: string
  readonly company: { readonly id: string }
  /** The words on the button that tries the company again; null: that is of no use without a new sign-in. */
  readonly retry: string | null
  /** The words on the button that signs out. */
  readonly leave?: string
  readonly children: ReactNode
}) {
  const heading = usePageFocus(title)
  const signOut = useSignOut()
  const { companies, switchTo } = useCompanies()
  const [problem, setProblem] = useState<string | null>(null)
  function leaveAll(): void {
    // Only who signs in gets anywhere from here; offline even what else is here would be gone.
    if (retry === null && !navigator.onLine) setProblem(strings.accessLost.offline)
    else void signOut()
  }
  const goTo = (companyId: string) => void switchTo(companyId).then(setProblem)

  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
        <div className={classes.actions}>
          {retry === null ? null : (
            <Button variant="default" onClick={() => goTo(company.id)}>
              {retry}
            </Button>
          )}
          {companies
            .filter(({ companyId }) => companyId !== company.id)
            .map(({ companyId, companyName }) => (
              <Button key={companyId} variant="default" onClick={() => goTo(companyId)}>
                {strings.nav.goOnIn(companyName)}
              </Button>
            ))}
          <Button variant="default" onClick={leaveAll}>
            {leave}
          </Button>
        </div>
        {problem === null ? null : (
          <Notice tone="plain" isAlert>
            {problem}
          </Notice>
        )}
      </div>
    </main>
  )
}
