import { Button, NativeSelect } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import type { LogEntry } from '#shared/replica-api/administration.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import { FromServer } from './from-server.tsx'
import { LOG_GROUPS, logText } from './log-text.ts'
import { NoPermission } from './no-permission.tsx'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.log

type Group = keyof typeof LOG_GROUPS
const GROUP_NAMES = Object.keys(LOG_GROUPS) as Group[]

interface Pages {
  readonly entries: readonly LogEntry[]
  readonly more: boolean
}

/** Who did what with the company, newest first, page by page. */
export function LogSettings() {
  const permission = companyPermission(useSignedIn().workspace.role, 'seeLog')
  return (
    <Page title={strings.settings.sections.log} lead={words.lead}>
      {permission.allowed ? <Log /> : <NoPermission reason={spoken(permission.reason)} />}
    </Page>
  )
}

function Log() {
  const { client } = useReplica()
  const [group, setGroup] = useState<Group | 'all'>('all')
  const [pages, setPages] = useState<Pages | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  /** The last entry that shows, behind which more is asked for; null: from the newest on. */
  const [before, setBefore] = useState<number | null>(null)
  const [asked, setAsked] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when told to.
  useEffect(() => {
    let isCurrent = true
    const actions = group === 'all' ? null : [...LOG_GROUPS[group]]
    void askOnline(client.request, 'company.log', { actions, before }).then((answer) => {
      if (!isCurrent) return
      setError(answer.ok ? null : answer.error)
      if (!answer.ok) return
      const { entries, more } = answer.value
      setPages((shown) => ({ entries: before === null ? entries : [...(shown?.entries ?? []), ...entries], more }))
    })
    return () => {
      isCurrent = false
    }
  }, [client, group, before, asked])

  function show(next: Group | 'all'): void {
    setGroup(next)
    setBefore(null)
    setPages(null)
  }

  const reload = (): void => setAsked((times) => times + 1)
  const last = pages?.entries.at(-1)?.id ?? null
  return (
    <>
      <NativeSelect
        size="xs"
        maw={240}
        my={12}
        label={words.filter}
        data={[
          { value: 'all', label: words.all },
          ...GROUP_NAMES.map((value) => ({ value, label: words.groups[value] })),
        ]}
        value={group}
        onChange={(event) => show(GROUP_NAMES.find((name) => name === event.currentTarget.value) ?? 'all')}
      />
      {pages === null ? null : <Entries entries={pages.entries} />}
      {pages !== null && error === null ? null : (
        <FromServer of={{ state: error === null ? { kind: 'loading' } : { kind: 'failed', error }, reload }}>
          {() => null}
        </FromServer>
      )}
      {pages?.more === true ? (
        <Button variant="default" mt={12} onClick={() => setBefore(last)}>
          {words.older}
        </Button>
      ) : null}
    </>
  )
}

function Entries({ entries }: { readonly entries: readonly LogEntry[] }) {
  if (entries.length === 0) return <p className={classes.note}>{words.none}</p>
  return (
    <ol aria-label={strings.settings.sections.log}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          {entry.customer === null || entry.action === 'erased' ? (
            <span>{logText(entry)}</span>
          ) : (
            <Link href={routes.customer(entry.customer.id)}>{logText(entry)}</Link>
          )}
          <time dateTime={entry.at} title={formatMoment(entry.at)}>
            {formatWhen(entry.at)}
          </time>
        </li>
      ))}
    </ol>
  )
}
