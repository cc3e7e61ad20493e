import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type CustomerFilter, toggled } from '#shared/domain/customer-filter.ts'
import type { ListFacets } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { FilterChoices, FilterSection } from './filter-choices.tsx'
import classes from './filter-panel.module.css'
import type { ChangeFilter } from './filter-panel.tsx'

const words = strings.filters
/** More tags than this are found by typing. */
const FEW_TAGS = 12

/** Tags: any or all of those chosen, or none at all. */
export function FilterTags({
  filter,
  counts,
  change,
}: {
  readonly filter: CustomerFilter
  readonly counts: Pick<ListFacets, 'tags' | 'untagged'> | null
  readonly change: ChangeFilter
}) {
  const [text, setText] = useState('')
  const { match = 'any', of = [] } = filter.tags ?? {}
  const needle = text.trim().toLocaleLowerCase()
  const known = counts?.tags ?? []
  const missing = of.filter((tag) => !known.some((one) => one.tag === tag)).map((tag) => ({ tag, count: 0 }))
  const fitting = [...known, ...missing].filter(
    ({ tag }) => of.includes(tag) || tag.toLocaleLowerCase().includes(needle),
  )
  const shown = fitting.filter(({ tag }, n) => n < FEW_TAGS || of.includes(tag))

  function choose(next: readonly string[] | undefined, how: 'any' | 'all'): void {
    change('untagged', undefined)
    change('tags', next === undefined ? undefined : { match: how, of: [...next] })
  }

  return (
    <FilterSection title={words.parts.tags}>
      {known.length + of.length === 0 && counts !== null ? <p className={classes.quiet}>{words.tagsNone}</p> : null}
      <div className={classes.tagTools}>
        {known.length > FEW_TAGS ? (
          <TextInput
            value={text}
            aria-label={words.tagsFind}
            placeholder={words.tagsFind}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : null}
        {of.length < 2 ? null : (
          <SegmentedControl
            aria-label={words.tagsMatchLabel}
            value={match}
            onChange={(how) => choose(of, how === 'all' ? 'all' : 'any')}
            data={(['any', 'all'] as const).map((how) => ({ value: how, label: words.tagsMatch[how] }))}
          />
        )}
      </div>
      <FilterChoices
        choices={[
          {
            // No tag has a space in front.
            key: ' ',
            text: words.untagged,
            count: counts?.untagged ?? null,
            isOn: filter.untagged === true,
            toggle: () => {
              change('tags', undefined)
              change('untagged', filter.untagged ? undefined : true)
            },
          },
          ...shown.map(({ tag, count }) => ({
            key: tag,
            text: tag,
            count,
            isOn: of.includes(tag),
            toggle: () => choose(toggled(of, tag), match),
          })),
        ]}
      />
    </FilterSection>
  )
}
