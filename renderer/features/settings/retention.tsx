import { NumberInput, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'
import type { ExpiredCustomers } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.privacy
const SUGGESTED_YEARS = 7

// It comes when an owner has had the server look.
const ExpiredList = lazy(async () => ({ default: (await import('./expired-list.tsx')).ExpiredList }))

/** How many years customers are kept, and whom that would erase. */
export function Retention({
  years,
  onChange,
  onErased,
}: {
  /** Null: for ever. */
  readonly years: number | null
  readonly onChange: () => void
  readonly onErased: () => void
}) {
  const { client } = useReplica()
  /** Null: as it is set. */
  const [changed, setChanged] = useState<{ years?: number | string; isForEver?: boolean }>({})
  const { years: typed = years ?? SUGGESTED_YEARS, isForEver = years === null } = changed
  const [problem, setProblem] = useState<string | null>(null)
  const [expired, setExpired] = useState<ExpiredCustomers | null>(null)
  const [isLooking, setIsLooking] = useState(false)
  const [isSetting, setIsSetting] = useState(false)
  const isValid = typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= 100
  const wanted = isForEver ? null : isValid ? typed : undefined

  async function set(next: number | null): Promise<void> {
    setProblem(null)
    if (next === years) return
    setIsSetting(true)
    const answer = await askOnline(client.request, 'privacy.setYears', { years: next })
    setIsSetting(false)
    if (!answer.ok) return setProblem(answer.error.message)
    // It was looked for with the years before.
    setExpired(null)
    onChange()
    showUndoToast('retention', words.yearsSet(next), () => void takeBack())
  }

  async function takeBack(): Promise<void> {
    const answer = await askOnline(client.request, 'privacy.setYears', { years })
    if (!answer.ok) notifications.show({ color: 'red', title: words.yearsFailed, message: answer.error.message })
    setChanged({})
    setExpired(null)
    onChange()
  }

  async function look(): Promise<void> {
    setIsLooking(true)
    const answer = await askOnline(client.request, 'privacy.expired', null)
    setIsLooking(false)
    setProblem(answer.ok ? null : answer.error.message)
    setExpired(answer.ok ? answer.value : null)
  }

  return (
    <div className={classes.stack}>
      <Switch
        label={words.forEver}
        checked={isForEver}
        onChange={(event) => setChanged({ ...changed, isForEver: event.currentTarget.checked })}
      />
      {isForEver ? null : (
        <NumberInput
          size="xs"
          label={words.years}
          min={1}
          max={100}
          allowDecimal={false}
          value={typed}
          onChange={(next) => setChanged({ ...changed, years: next })}
          error={isValid ? null : words.yearsMissing}
        />
      )}
      <div className={classes.wrap}>
        <BusyButton
          isBusy={isSetting}
          onClick={() => {
            if (wanted !== undefined) void set(wanted)
          }}
        >
          {words.setYears}
        </BusyButton>
        {years === null ? null : (
          <BusyButton variant="default" isBusy={isLooking} onClick={() => void look()}>
            {words.dryRun}
          </BusyButton>
        )}
      </div>
      <Problem text={problem} />
      {expired === null || expired.years === null ? null : (
        <Suspense>
          <ExpiredList expired={expired} years={expired.years} onErased={onErased} onLeft={setExpired} />
        </Suspense>
      )}
    </div>
  )
}
