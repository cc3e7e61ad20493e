import { notifications } from '@mantine/notifications'
import { useCallback, useEffect } from 'react'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import type { CustomerDedupeService } from '#shared/services/customer-dedupe-service.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { type Decision, decided, groupName, openGroups, type ReviewState, withdrawn } from '../../lib/review-queue.ts'
import { namesOf } from './names-of.ts'

const words = strings.duplicates
/** Groups asked for at once, and how many must be at hand, so that the next one always is. */
const PAGE = 50
const AT_HAND = 20
/** How long many changes in a row are waited for before the groups are asked for again. */
const SETTLE_MS = 150

/** What can be done in a sitting over the duplicates. Each answers in the same frame and is written meanwhile. */
interface Review {
  readonly accept: (group: DuplicateGroup) => void
  readonly dismiss: (group: DuplicateGroup) => void
  readonly skip: (group: DuplicateGroup) => void
  /** Takes the latest decision back. */
  readonly undo: () => void
  readonly showSkipped: () => void
}

/** Keeps groups at hand as long as the screen is open, and writes what is decided. */
export function useReview(): Review {
  const { review, duplicates, dataVersion } = useReplica()
  const { dedupe } = useReplica().services
  const { likely, known, total } = useStore(review)
  const version = useStore(dataVersion)
  const status = useStore(duplicates)
  const isShort = known !== null && openGroups(review.get()).length < AT_HAND && known.length < total

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the data or of what was found asks again.
  useEffect(() => {
    let isCurrent = true
    const ask = (): void => {
      fetchGroups(dedupe, review.get()).then(
        (answer) => {
          if (isCurrent) review.set({ ...review.get(), ...answer })
        },
        // They stay as they were; the next change asks again.
        () => undefined,
      )
    }
    const timer = setTimeout(ask, known === null ? 0 : SETTLE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [dedupe, review, likely, isShort, version, status])

  const write = useCallback(
    (kind: 'merged' | 'dismissed', group: DuplicateGroup): void => {
      const ids = group.members.map(({ id }) => id)
      const { targetId, choices } = group.suggestion
      const answer =
        kind === 'dismissed'
          ? dedupe.markDistinct(ids)
          : dedupe.mergeCustomers({ targetId, sourceIds: ids.filter((id) => id !== targetId), choices })
      const written = answer.then((result) => (result.ok ? result.value.id : null))
      const decision: Decision = { kind, group, written }
      review.set(decided(review.get(), decision))
      void answer.then((result) => {
        if (result.ok) return
        review.set(withdrawn(review.get(), decision))
        tellFailure(group, result.error)
      })
    },
    [dedupe, review],
  )

  const undo = useCallback((): void => {
    const decision = review.get().decisions.at(-1)
    if (decision === undefined) {
      notifications.show({ id: 'nothing-to-undo', message: words.nothingToUndo, autoClose: 3_000 })
      return
    }
    review.set(withdrawn(review.get(), decision))
    void decision.written.then(async (id) => {
      if (id === null) return
      const { group } = decision
      const answer =
        decision.kind === 'merged'
          ? await dedupe.undoMerge(id)
          : await dedupe.unmarkDistinct(group.members.map((member) => member.id))
      if (answer.ok) return
      review.set(decided(review.get(), decision))
      tellFailure(group, answer.error)
    })
  }, [dedupe, review])

  return {
    accept: (group) => write('merged', group),
    dismiss: (group) => write('dismissed', group),
    skip: (group) => review.set(decided(review.get(), { kind: 'skipped', group, written: Promise.resolve(null) })),
    undo,
    showSkipped: () => {
      const state = review.get()
      review.set({ ...state, decisions: state.decisions.filter(({ kind }) => kind !== 'skipped') })
    },
  }
}

function tellFailure(group: DuplicateGroup, error: AppError): void {
  notifications.show({ color: 'red', title: words.refused(namesOf(group)), message: error.message })
}

/** Page by page until enough groups are at hand that were not decided in this sitting. */
async function fetchGroups(
  dedupe: CustomerDedupeService,
  state: ReviewState,
): Promise<Pick<ReviewState, 'known' | 'total'>> {
  const known: DuplicateGroup[] = []
  const decidedNames = new Set(state.decisions.map(({ group }) => groupName(group)))
  for (;;) {
    const input = { offset: known.length, limit: PAGE, likely: state.likely }
    const { groups, total } = await dedupe.findDuplicates(input)
    known.push(...groups)
    const open = known.filter((group) => !decidedNames.has(groupName(group))).length
    if (open >= 2 * AT_HAND || groups.length === 0 || known.length >= total) return { known, total }
  }
}
