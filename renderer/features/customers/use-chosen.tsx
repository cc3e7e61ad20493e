import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { ChosenSummary } from '#shared/replica-api/bulk.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { chosenCount, type ListSelection } from '../../lib/list-selection.ts'
import { queryOf } from '../../lib/list-state.ts'

/** Who is chosen, as far as it is known. */
export interface ChosenNow {
  readonly count: number
  /** How many of them the list finds; null: not known yet. */
  readonly listed: number | null
  /** What the replica knows of them; for a moment of those before. Null: not known yet. */
  readonly summary: ChosenSummary | null
}

const Chosen = createContext<ChosenNow>({ count: 0, listed: null, summary: null })

/** Who is chosen, of the list that stands around. */
export function useChosen(): ChosenNow {
  return useContext(Chosen)
}

/** Asks anew with every change of the choice, the list or the data. A choice of which nobody is left ends. */
export function ChosenProvider({ children }: { readonly children: ReactNode }) {
  const { client, list, rows, picker, dataVersion } = useReplica()
  const selection = useStore(picker.selection)
  const search = useStore(list, (state) => state.search)
  const filter = useStore(list, (state) => state.filter)
  const version = useStore(dataVersion)
  const { total } = useStore(rows)
  const [known, setKnown] = useState<Known | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the answer is another one.
  useEffect(() => {
    if (chosenCount(selection, rows.get().total) === 0) {
      setKnown(null)
      return
    }
    let isCurrent = true
    client.request('bulk.look', { chosen: picker.chosen(), query: queryOf(list.get()) }).then(
      (summary) => {
        if (!isCurrent) return
        if (summary.count === 0) picker.clear()
        else setKnown({ selection, search, filter, summary })
      },
      // It stays as it was; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, list, rows, picker, selection, search, filter, version])

  const chosen = useMemo((): ChosenNow => {
    const isOfChoice = known !== null && known.selection === selection
    const count = isOfChoice ? known.summary.count : chosenCount(selection, total)
    const isOfList = isOfChoice && known.search === search && known.filter === filter
    const listed = selection.chosen.kind === 'allBut' ? count : isOfList ? known.summary.listed : null
    return { count, listed, summary: known?.summary ?? null }
  }, [known, selection, search, filter, total])
  return <Chosen value={chosen}>{children}</Chosen>
}

interface Known {
  readonly selection: ListSelection
  readonly search: string
  readonly filter: unknown
  readonly summary: ChosenSummary
}
