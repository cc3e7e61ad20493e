import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { customerSourceSchema } from '#shared/domain/customer.ts'
import {
  activeParts,
  type CustomerFilter,
  type FilterPart,
  toggled,
  withoutPart,
} from '#shared/domain/customer-filter.ts'
import type { ListFacets } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { ownerName } from '../../lib/filter-text.ts'
import { withFilter } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import { type Choice, FilterChoices, FilterSection } from './filter-choices.tsx'
import classes from './filter-panel.module.css'
import { FilterPeriod } from './filter-period.tsx'
import { FilterTags } from './filter-tags.tsx'
import { useFacets } from './use-facets.ts'

const words = strings.filters
const HAS_PARTS = ['email', 'phone', 'address', 'notes'] as const

/** Changes parts of the filter; undefined takes a part out. */
export type ChangeFilter = <P extends FilterPart>(part: P, value: CustomerFilter[P] | undefined) => void

/** Everything that customers can be filtered by, each value with the number of customers that it would show. */
export function FilterPanel({ onClose }: { readonly onClose: () => void }) {
  const { list } = useReplica()
  const filter = useStore(list, (state) => state.filter)
  const facets = useFacets()

  const change: ChangeFilter = (part, value) => {
    const rest = withoutPart(list.get().filter, part)
    list.set(withFilter(list.get(), value === undefined ? rest : { ...rest, [part]: value }))
  }

  return (
    <div className={classes.panel}>
      <div className={classes.sections}>
        {HAS_PARTS.map((part) => (
          <FilterSection key={part} title={words.parts[part]}>
            <FilterChoices choices={hasChoices(part, filter, facets, change)} />
          </FilterSection>
        ))}
        <FilterSection title={words.parts.sources}>
          <FilterChoices
            choices={customerSourceSchema.options.map((source) => ({
              key: source,
              text: strings.sources[source],
              count: facets?.sources[source] ?? null,
              isOn: filter.sources?.includes(source) ?? false,
              toggle: () => change('sources', toggled(filter.sources, source)),
            }))}
          />
        </FilterSection>
        <FilterSection title={words.parts.state}>
          <FilterChoices
            choices={(['waiting', 'attention'] as const).map((state) => ({
              key: state,
              text: words.states[state],
              count: facets?.state[state] ?? null,
              isOn: filter.state === state,
              toggle: () => change('state', filter.state === state ? undefined : state),
            }))}
          />
        </FilterSection>
        <FilterSection title={words.parts.duplicates}>
          <FilterChoices
            choices={[
              {
                key: 'duplicates',
                text: words.possibleDuplicates,
                count: facets?.duplicates ?? null,
                isOn: filter.duplicates === true,
                toggle: () => change('duplicates', filter.duplicates ? undefined : true),
              },
            ]}
          />
        </FilterSection>
        <OwnerSection filter={filter} facets={facets} change={change} />
        <FilterPeriod part="lastSeen" filter={filter} counts={facets?.lastSeen ?? null} change={change} />
        <FilterPeriod part="created" filter={filter} counts={facets?.created ?? null} change={change} />
        <FilterTags filter={filter} counts={facets} change={change} />
      </div>
      <div className={classes.foot}>
        <Button
          variant="default"
          // Not really disabled: it has the focus when there is nothing left to clear.
          {...(activeParts(filter).length === 0 ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onClick={() => list.set(withFilter(list.get(), {}))}
        >
          {words.clear}
        </Button>
        <Link href={routes.undo} className={classes.deleted} onClick={onClose}>
          {strings.undo.deleted}
        </Link>
        <Button onClick={onClose}>{words.shown(facets?.total ?? 0)}</Button>
      </div>
    </div>
  )
}

function hasChoices(
  part: (typeof HAS_PARTS)[number],
  filter: CustomerFilter,
  facets: ListFacets | null,
  change: ChangeFilter,
): Choice[] {
  return ([true, false] as const).map((has) => {
    const answer = has ? 'yes' : 'no'
    return {
      key: answer,
      text: words.has[answer],
      count: facets?.[part][answer] ?? null,
      isOn: filter[part] === has,
      toggle: () => change(part, filter[part] === has ? undefined : has),
    }
  })
}

function OwnerSection({
  filter,
  facets,
  change,
}: {
  readonly filter: CustomerFilter
  readonly facets: ListFacets | null
  readonly change: ChangeFilter
}) {
  const { user, workspace } = useSignedIn()
  const counts = new Map(facets?.owners.map(({ ownerId, count }) => [ownerId, count]))
  const owners = [...new Set([null, ...workspace.members.map((member) => member.userId), ...counts.keys()])]
  const choices = owners
    .filter((owner) => counts.has(owner) || filter.owners?.includes(owner))
    .map((owner) => ({
      key: owner ?? '',
      text:
        owner === user.id ? words.ownerYou(ownerName(owner, workspace.members)) : ownerName(owner, workspace.members),
      count: counts.get(owner) ?? 0,
      isOn: filter.owners?.includes(owner) ?? false,
      toggle: () => change('owners', toggled(filter.owners, owner)),
    }))
  return (
    <FilterSection title={words.parts.owners}>
      <FilterChoices choices={choices} />
    </FilterSection>
  )
}
