import { Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { countryName } from '../../lib/countries.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.company

/** Pause where another owner or the server itself is at it, and after a failure, in milliseconds. */
const PAUSE_MS = 2_000

/** Has the phones of the company read anew, as long as any are left and this is on the screen, and says how far that is. */
export function PhoneRekeying({ country }: { readonly country: string }) {
  const { client } = useReplica()
  const [run, setRun] = useState<{ readonly left: number; readonly total: number } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another country begins it anew.
  useEffect(() => {
    let isCurrent = true
    let timer = 0
    async function goOn(before: number, total: number): Promise<void> {
      const answer = await askOnline(client.request, 'company.rekeyPhones', null)
      if (!isCurrent) return
      setProblem(answer.ok ? null : answer.error.message)
      const left = answer.ok ? answer.value : before
      const most = Math.max(left, total)
      if (answer.ok) setRun(left === 0 ? null : { left, total: most })
      if (answer.ok && left === 0) return
      timer = window.setTimeout(() => void goOn(left, most), left === before ? PAUSE_MS : 0)
    }
    void goOn(0, 0)
    return () => {
      isCurrent = false
      window.clearTimeout(timer)
    }
  }, [client, country])

  if (run === null) return null
  return (
    <div className={classes.first}>
      <Notice tone="plain">
        <div className={classes.stack}>
          <span>{words.rekeying(run.left, countryName(country))}</span>
          <Progress
            w="100%"
            value={(1 - run.left / run.total) * 100}
            aria-label={words.rekeyingProgress}
            animated={problem === null}
          />
          <span>{problem ?? words.rekeyingLead}</span>
        </div>
      </Notice>
    </div>
  )
}
