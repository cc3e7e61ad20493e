import { useEffect, useState } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import type { MergeChoices } from '#shared/domain/merge-choices.ts'
import type { RequestOutput } from '#shared/replica-api/contract.ts'
import type { MergePreview } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { targetFirst } from '../../lib/merge-draft.ts'
import classes from './merge-board.module.css'

const words = strings.merge

/** What moves to the customer that stays, or why the merge can't be made as chosen. */
export function MergeMoves({
  targetId,
  customers,
  choices,
}: {
  readonly targetId: string
  readonly customers: readonly Customer[]
  readonly choices: MergeChoices
}) {
  const { dedupe } = useReplica().services
  const [answer, setAnswer] = useState<RequestOutput<'merge.preview'> | null>(null)
  const sourceIds = targetFirst(customers, targetId)
    .slice(1)
    .map(({ id }) => id)
  const asked = JSON.stringify({ targetId, sourceIds, choices })
  useEffect(() => {
    let isCurrent = true
    dedupe.previewMerge(JSON.parse(asked)).then(
      (next) => {
        if (isCurrent) setAnswer(next)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [dedupe, asked])
  if (answer === null) return <output className={classes.moves} />
  return (
    <output className={classes.moves}>
      {answer.ok ? `${movesText(answer.value.moved)} ${words.canUndo}` : answer.error.message}
    </output>
  )
}

function movesText(moved: MergePreview['moved']): string {
  const parts = (['conversations', 'quotes', 'quoteRequests', 'interactions'] as const).flatMap((kind) =>
    moved[kind] === 0 ? [] : [words[kind](moved[kind])],
  )
  return parts.length === 0 ? words.movesNothing : words.moves(parts.join(', '))
}
