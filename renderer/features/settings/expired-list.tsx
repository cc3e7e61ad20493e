import { Button, Modal, Progress, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { ExpiredCustomers } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.privacy
const SHOWN = 50

interface Run {
  readonly done: number
  readonly total: number
}

/** The dry run of the retention: who would go, and the way to have them go now. */
export function ExpiredList({
  expired,
  years,
  onLeft,
  onErased,
}: {
  readonly expired: ExpiredCustomers
  readonly years: number
  /** Told who is left after each hundred. */
  readonly onLeft: (left: ExpiredCustomers) => void
  readonly onErased: () => void
}) {
  const { client } = useReplica()
  const [isAsking, setIsAsking] = useState(false)
  const [run, setRun] = useState<Run | null>(null)
  const [erased, setErased] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isStopped = useRef(false)
  const { total, customers } = expired
  // Nobody could stop what goes on unseen.
  useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )

  async function erase(): Promise<void> {
    isStopped.current = false
    setIsAsking(false)
    setProblem(null)
    setErased(null)
    let done = 0
    for (let left = total; left > 0 && !isStopped.current; ) {
      setRun({ done, total })
      const answer = await askOnline(client.request, 'privacy.eraseExpired', { years })
      if (!answer.ok) {
        setProblem(answer.error.message)
        break
      }
      done += answer.value.erased
      // Who is alive again by now is not erased, and would be tried for ever.
      left = answer.value.erased === 0 ? 0 : answer.value.total
      onLeft(answer.value)
    }
    setRun(null)
    setErased(done)
    onErased()
  }

  return (
    <div className={classes.stack}>
      {erased === null ? null : <p role="status">{words.erasedExpired(erased)}</p>}
      <p role="status">{words.wouldErase(total, years)}</p>
      {customers.length === 0 ? null : (
        <>
          <DataTable className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{strings.fields.name}</th>
                <th scope="col">{words.lastSign}</th>
              </tr>
            </thead>
            <tbody>
              {customers.slice(0, SHOWN).map(({ id, name, lastActivityAt }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link href={routes.customer(id)}>{name}</Link>
                  </th>
                  <td title={formatMoment(lastActivityAt)}>{formatWhen(lastActivityAt)}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
          {total > SHOWN ? <p className={classes.note}>{words.shown(SHOWN, total)}</p> : null}
        </>
      )}
      <Problem text={problem} />
      {run === null ? (
        total === 0 ? null : (
          <Button variant="default" onClick={() => setIsAsking(true)}>
            {words.eraseExpired(total)}
          </Button>
        )
      ) : (
        <>
          <Progress w="100%" value={(run.done / run.total) * 100} aria-label={words.erasing(run.done, run.total)} />
          <div className={classes.wrap}>
            <span>{words.erasing(run.done, run.total)}</span>
            <Button
              variant="default"
              onClick={() => {
                isStopped.current = true
              }}
            >
              {words.stop}
            </Button>
          </div>
        </>
      )}
      {isAsking ? (
        <ConfirmDialog total={total} onClose={() => setIsAsking(false)} onConfirm={() => void erase()} />
      ) : null}
    </div>
  )
}

function ConfirmDialog({
  total,
  onClose,
  onConfirm,
}: {
  readonly total: number
  readonly onClose: () => void
  readonly onConfirm: () => void
}) {
  const [typed, setTyped] = useState('')
  const isSure = typed.trim() === String(total)
  return (
    <Modal opened onClose={onClose} title={words.eraseExpiredTitle(total)}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure) onConfirm()
        }}
      >
        <p>{words.eraseExpiredBody}</p>
        <TextInput
          label={words.typeCount(total)}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.foot}>
          <Button variant="default" onClick={onClose}>
            {strings.actions.cancel}
          </Button>
          <Button type="submit" color="red.8" disabled={!isSure}>
            {words.eraseConfirm}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
