import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useUndoMerge } from '../../hooks/use-undo-merge.ts'
import { decided } from '../../lib/review-queue.ts'
import { routes } from '../../lib/routes.ts'
import { type DoneMerge, MergeBoard } from './merge-board.tsx'
import { MergePicker } from './merge-picker.tsx'
import { useMergeCustomers } from './use-merge-customers.ts'

const words = strings.merge

/**
 * Merges two or more customers; with one, whom to merge it with is asked first. `ids` are joined by
 * commas. As a part of the review of duplicates the way back leads there.
 */
export function MergePage({ ids, isReview }: { readonly ids: string; readonly isReview: boolean }) {
  const state = useMergeCustomers(ids)
  const { review } = useReplica()
  const undoMerge = useUndoMerge()
  const [, navigate] = useLocation()
  const [isAdding, setIsAdding] = useState(false)
  useDocumentTitle(`${strings.actions.merge} · ${strings.appName}`)
  const routeOf = isReview ? routes.mergeDuplicates : routes.merge
  const leave = (): void => navigate(isReview ? routes.duplicates : routes.customer(ids.split(',')[0] ?? ''))

  function finish({ mergeId, target, sources }: DoneMerge, group: DuplicateGroup | null): void {
    if (isReview && group !== null) {
      // The review itself offers to take it back.
      review.set(decided(review.get(), { kind: 'merged', group, written: Promise.resolve(mergeId) }))
      navigate(routes.duplicates, { replace: true })
      return
    }
    const names = sources.map(({ name }) => name).join(', ')
    showUndoToast(`merged-${mergeId}`, words.merged(names, target.name), () => void undoMerge(mergeId))
    navigate(isReview ? routes.duplicates : routes.customer(target.id), { replace: true })
  }

  switch (state.kind) {
    case 'loading':
      return <div aria-busy="true" />
    case 'failed':
    case 'gone':
      return (
        <EmptyState
          title={state.kind === 'gone' ? words.gone : words.unexpected}
          action={<Button onClick={leave}>{strings.actions.back}</Button>}
        />
      )
    case 'ready': {
      const { customers, group } = state
      const [first] = customers
      if (first !== undefined && (customers.length === 1 || isAdding)) {
        return (
          <MergePicker
            first={first}
            chosen={customers}
            group={group}
            onPick={(id) => navigate(routeOf([...customers.map((customer) => customer.id), id]), { replace: true })}
            onCancel={customers.length === 1 ? leave : () => setIsAdding(false)}
          />
        )
      }
      return (
        <MergeBoard
          customers={customers}
          suggestion={suggestionFor(customers, group)}
          onLeave={leave}
          onMerged={(done) => finish(done, group)}
          onAdd={() => setIsAdding(true)}
          onLeaveOut={(id) =>
            navigate(routeOf(customers.map((customer) => customer.id).filter((other) => other !== id)), {
              replace: true,
            })
          }
        />
      )
    }
    default:
      return assertNever(state)
  }
}

/** What is suggested for a group holds for any part of it. */
function suggestionFor(
  customers: readonly Customer[],
  group: DuplicateGroup | null,
): DuplicateGroup['suggestion'] | null {
  const members = new Set(group?.members.map(({ id }) => id))
  return customers.every(({ id }) => members.has(id)) ? (group?.suggestion ?? null) : null
}
