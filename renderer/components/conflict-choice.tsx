import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FieldConflict } from '#shared/replica-api/detail.ts'
import { strings } from '../app/strings.ts'
import { useReplica } from '../hooks/use-replica.ts'
import { formatMoment } from '../lib/format.ts'
import classes from './conflict-choice.module.css'
import { FieldValue } from './field-value.tsx'

const words = strings.attention

/** A field that two people changed: both values, who and when, and the choice. */
export function ConflictChoice({
  customerId,
  conflict,
}: {
  readonly customerId: string
  readonly conflict: FieldConflict
}) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)

  async function settle(keep: 'mine' | 'theirs'): Promise<void> {
    setProblem(null)
    try {
      const answer = await client.request('conflict.settle', { customerId, field: conflict.field, keep })
      if (!answer.ok) setProblem(answer.error.message)
    } catch {
      setProblem(words.failed)
    }
  }

  const sides = [
    { keep: 'mine', label: words.mine, value: conflict.mine, at: conflict.mineAt, button: words.keepMine },
    {
      keep: 'theirs',
      label: words.theirs(conflict.theirsByName),
      value: conflict.theirs,
      at: conflict.theirsAt,
      button: words.keepTheirs,
    },
  ] as const
  return (
    <div className={classes.conflict}>
      <strong>{words.conflict(strings.fields[conflict.field])}</strong>
      {sides.map((side) => (
        <div key={side.keep} className={classes.side}>
          <div className={classes.what}>
            <span className={classes.label}>
              {side.label}, {formatMoment(side.at)}
              {conflict.shown === side.keep ? ` · ${words.showsNow}` : ''}
            </span>
            <span className={classes.value}>
              <FieldValue field={conflict.field} value={side.value} />
            </span>
          </div>
          <Button variant="default" onClick={() => void settle(side.keep)}>
            {side.button}
          </Button>
        </div>
      ))}
      {problem === null ? null : <p role="alert">{problem}</p>}
    </div>
  )
}
