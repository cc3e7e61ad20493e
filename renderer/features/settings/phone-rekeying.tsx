import { useEffect, useState } from 'react'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { countryName } from '../../lib/countries.ts'
import { cx } from '../../lib/cx.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.company

/** Pause where another owner or the server itself is at it, in milliseconds. */
const PAUSE_MS = 2_000
/** Pause where no answer came, unless the network comes back before. */
const RETRY_MS = 30_000

/** Has the phones of the company read anew, as long as any are left and this is on the screen, and says how far that is. */
export function PhoneRekeying({ country }: { readonly country: string }) {
  const { client, sync } = useReplica()
  const isOffline = useStore(sync).phase.kind === 'offline'
  /** Null: there was nothing to do, or nobody knows. */
  const [left, setLeft] = useState<number | null>(null)
  const [problem, setProblem] = useState<AppError | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another country begins it anew, and so does the network that is back.
  useEffect(() => {
    let isCurrent = true
    let timer = 0
    async function goOn(before: number): Promise<void> {
      const answer = await askOnline(client.request, 'company.rekeyPhones', null)
      if (!isCurrent) return
      setProblem(answer.ok ? null : answer.error)
      if (!answer.ok) {
        // What is refused is refused again.
        if (answer.error.code === 'unreachable') timer = window.setTimeout(() => void goOn(before), RETRY_MS)
        return
      }
      const now = answer.value
      setLeft((shown) => (now === 0 && shown === null ? null : now))
      if (now > 0) timer = window.setTimeout(() => void goOn(now), now === before ? PAUSE_MS : 0)
    }
    void goOn(0)
    return () => {
      isCurrent = false
      window.clearTimeout(timer)
    }
  }, [client, country, isOffline])

  return (
    <div className={cx(classes.first, classes.stack)}>
      {left === null || left === 0 ? null : (
        <p className={classes.note}>{words.rekeying(left, countryName(country))}</p>
      )}
      {/* Without the count, which would be read out at every step. */}
      <div role="status">
        {left === null && problem === null ? null : (
          <Notice tone={problem === null ? 'plain' : 'warn'}>{stateText(left, problem)}</Notice>
        )}
      </div>
    </div>
  )
}

function stateText(left: number | null, problem: AppError | null): string {
  if (problem !== null) return left === null ? words.rekeyingUnknown(problem.message) : problem.message
  return left === 0 ? words.rekeyed : words.rekeyingLead
}
