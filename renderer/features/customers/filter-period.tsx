import { z } from 'zod'
import type { CustomerFilter, Period } from '#shared/domain/customer-filter.ts'
import { type ListFacets, PERIOD_DAYS } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { periodText } from '../../lib/filter-text.ts'
import { type Choice, FilterChoices, FilterSection } from './filter-choices.tsx'
import classes from './filter-panel.module.css'
import type { ChangeFilter } from './filter-panel.tsx'

const words = strings.filters

/** When customers were made or seen: usual periods, or from a day to a day. */
export function FilterPeriod({
  part,
  filter,
  counts,
  change,
}: {
  readonly part: 'created' | 'lastSeen'
  readonly filter: CustomerFilter
  readonly counts: ListFacets['created'] | null
  readonly change: ChangeFilter
}) {
  const value = filter[part]
  const between = value?.kind === 'between' ? value : { kind: 'between' as const, from: null, to: null }
  // Nobody asks who was not made lately; whom nobody has seen for long is what a rep asks every week.
  const kinds = part === 'lastSeen' ? (['last', 'notLast'] as const) : (['last'] as const)
  const choices = kinds.flatMap((kind) =>
    PERIOD_DAYS.flatMap((days, n): Choice[] => {
      if (kind === 'notLast' && days < 90) return []
      const period: Period = { kind, days }
      const isOn = value?.kind === kind && value.days === days
      return [
        {
          key: `${kind}-${days}`,
          text: periodText(period),
          count: counts?.[kind][n] ?? null,
          isOn,
          toggle: () => change(part, isOn ? undefined : period),
        },
      ]
    }),
  )

  function changeDay(end: 'from' | 'to', text: string): void {
    const next = { ...between, [end]: z.iso.date().safeParse(text).data ?? null }
    change(part, next.from === null && next.to === null ? undefined : next)
  }

  return (
    <FilterSection title={words.parts[part]}>
      <FilterChoices choices={choices} />
      <div className={classes.days}>
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {words[end]}{' '}
            <input
              type="date"
              value={between[end] ?? ''}
              onChange={(event) => changeDay(end, event.currentTarget.value)}
            />
          </label>
        ))}
      </div>
    </FilterSection>
  )
}
