import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { activeParts, withoutPart } from '#shared/domain/customer-filter.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useAnswer } from '../../hooks/use-answer.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { filterTexts } from '../../lib/filter-text.ts'
import { type ListState, withFilter, withNothingNarrowed, withSearch } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import classes from './nothing-found.module.css'
import { useFacets } from './use-facets.ts'

const words = strings.list
const DELETED_SHOWN = 3

/** One of the things that narrow the list, and how to take it off. */
interface Narrowing {
  readonly text: string
  /** Customers without it; undefined: not known yet. */
  readonly count: number | undefined
  readonly without: (state: ListState) => ListState
}

/** Nobody is found: says which filter hides everybody, and takes it off. */
export function NothingFound() {
  const { list } = useReplica()
  const setup = useStore(list)
  const { members } = useSignedIn().workspace
  const facets = useFacets()
  const search = setup.search.trim()
  const [onlyPart, ...otherParts] = activeParts(setup.filter)

  if (search === '' && onlyPart === 'view' && otherParts.length === 0) {
    return (
      <EmptyState title={words.viewEmptyTitle} action={<ClearButton />}>
        {setup.filter.view === 'recent' ? words.recentEmpty : words.mineEmpty}
      </EmptyState>
    )
  }
  const searching: Narrowing = {
    text: strings.filters.search(search),
    count: facets?.without.search,
    without: (state) => withSearch(state, ''),
  }
  const filters = filterTexts(setup.filter, members).map(
    ({ part, text }): Narrowing => ({
      text,
      count: facets?.without[part],
      without: (state) => withFilter(state, withoutPart(state.filter, part)),
    }),
  )
  const helpful = (search === '' ? filters : [searching, ...filters]).filter(({ count = 0 }) => count > 0)
  return (
    <EmptyState title={words.nothingTitle} action={<ClearButton />}>
      {onlyPart === undefined ? words.nothingBody(search) : words.nothingTogether}
      {onlyPart === undefined || helpful.length === 0 ? null : (
        <ul className={classes.ways}>
          {helpful.map(({ text, count = 0, without }) => (
            <li key={text}>
              <button type="button" className={classes.way} onClick={() => list.set(without(list.get()))}>
                {words.nothingWithout(text, count)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {search === '' ? null : <DeletedOnes search={search} />}
    </EmptyState>
  )
}

/** Whom one looks for may be deleted: a step away from coming back. */
function DeletedOnes({ search }: { readonly search: string }) {
  const found = useAnswer('deleted.list', { search, limit: DELETED_SHOWN })
  if (found.kind !== 'ready' || found.value.total === 0) return null
  const { total, customers } = found.value
  return (
    <>
      <p className={classes.deleted}>{strings.undo.amongDeleted(total)}</p>
      <ul className={classes.ways}>
        {customers.map(({ id, name }) => (
          <li key={id}>
            <Link href={routes.customer(id)} className={classes.way}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function ClearButton() {
  const { list } = useReplica()
  return (
    <Button variant="default" onClick={() => list.set(withNothingNarrowed(list.get()))}>
      {words.nothingAction}
    </Button>
  )
}
