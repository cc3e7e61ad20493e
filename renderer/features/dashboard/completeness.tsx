import type { CustomerFilter } from '#shared/domain/customer-filter.ts'
import type { Dashboard } from '#shared/replica-api/dashboard.ts'
import { strings } from '../../app/strings.ts'
import { ListLink } from './list-link.tsx'
import { ShareList } from './share-list.tsx'

const words = strings.dashboard

/** Who has it and who does not, as filters; null: no filter says so. */
const FILTERS: Readonly<Record<keyof Dashboard['has'], Readonly<Record<'has' | 'missing', CustomerFilter | null>>>> = {
  email: { has: { email: true }, missing: { email: false } },
  phone: { has: { phone: true }, missing: { phone: false } },
  both: { has: { email: true, phone: true }, missing: null },
  address: { has: { address: true }, missing: { address: false } },
  tags: { has: null, missing: { untagged: true } },
  owner: { has: null, missing: { owners: [null] } },
}

/** How many customers have what. */
export function Completeness({ has, total }: Pick<Dashboard, 'has' | 'total'>) {
  const shares = (['email', 'phone', 'both', 'address', 'tags', 'owner'] as const).map((part) => {
    const name = words.has[part]
    const missing = total - has[part]
    return {
      key: part,
      count: has[part],
      name: (
        <ListLink filter={FILTERS[part].has} label={words.hasLabel(name, has[part])}>
          {name}
        </ListLink>
      ),
      rest:
        missing === 0 ? null : (
          <ListLink filter={FILTERS[part].missing} label={words.missingLabel(name, missing)}>
            {words.missing(missing)}
          </ListLink>
        ),
    }
  })
  return <ShareList shares={shares} of={total} />
}
