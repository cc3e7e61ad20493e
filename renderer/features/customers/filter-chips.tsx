import { withoutPart } from '#shared/domain/customer-filter.ts'
import { strings } from '../../app/strings.ts'
import { CloseIcon } from '../../components/icons.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { filterTexts } from '../../lib/filter-text.ts'
import { withFilter } from '../../lib/list-state.ts'
import classes from './filter-chips.module.css'

const words = strings.filters

/** The filters that are on, each with a way to take it off. */
export function FilterChips() {
  const { list } = useReplica()
  const filter = useStore(list, (state) => state.filter)
  const { members } = useSignedIn().workspace
  // The view shows in its own buttons.
  const chips = filterTexts(filter, members).filter(({ part }) => part !== 'view')
  if (chips.length === 0) return null
  return (
    <ul className={classes.chips} aria-label={words.active}>
      {chips.map(({ part, text }) => (
        <li key={part} className={classes.chip}>
          <span className={classes.text}>{text}</span>
          <button
            type="button"
            aria-label={words.remove(text)}
            onClick={() => list.set(withFilter(list.get(), withoutPart(list.get().filter, part)))}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className={classes.clear}
          onClick={() => {
            const { view } = list.get().filter
            list.set(withFilter(list.get(), view === undefined ? {} : { view }))
          }}
        >
          {words.clear}
        </button>
      </li>
    </ul>
  )
}
