import { activeParts, type CustomerFilter, type FilterPart, type Period } from '#shared/domain/customer-filter.ts'
import type { Member } from '#shared/domain/workspace.ts'
import { strings } from '../app/strings.ts'
import { locale } from '../texts/language.ts'

const words = strings.filters
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

/** A part of a filter that is on, with its words. */
export interface ActivePart {
  readonly part: FilterPart
  readonly text: string
}

/** What a filter says, part by part: "Has email", "Tagged vip", "Created in the last 30 days". */
export function filterTexts(filter: CustomerFilter, members: readonly Member[]): ActivePart[] {
  return activeParts(filter).map((part) => ({ part, text: partText(filter, part, members) }))
}

/** Whom an owner's id stands for. */
export function ownerName(ownerId: string | null, members: readonly Member[]): string {
  if (ownerId === null) return words.ownerNobody
  return members.find((member) => member.userId === ownerId)?.name ?? strings.form.ownerFormer
}

/** When a period is, in words that follow "Created" or "Last seen". */
export function periodText(period: Period): string {
  switch (period.kind) {
    case 'last':
      return words.last(period.days)
    case 'notLast':
      return words.notLast(period.days)
    case 'between':
      return words.between(dayText(period.from), dayText(period.to))
  }
}

function partText(filter: CustomerFilter, part: FilterPart, members: readonly Member[]): string {
  switch (part) {
    case 'view':
      return words.views[filter.view ?? 'mine']
    case 'sources':
      return (filter.sources ?? []).map((source) => strings.sources[source]).join(', ')
    case 'email':
    case 'phone':
    case 'address':
    case 'notes':
      return words.hasText(words.parts[part], filter[part] === true)
    case 'tags':
      return words.tagsText(filter.tags?.match ?? 'any', (filter.tags?.of ?? []).join(', '))
    case 'untagged':
      return words.untagged
    case 'owners':
      return words.ownersText((filter.owners ?? []).map((owner) => ownerName(owner, members)).join(', '))
    case 'created':
    case 'lastSeen': {
      const period = filter[part]
      if (part === 'lastSeen' && period?.kind === 'notLast') return words.notSeen(period.days)
      return period === undefined ? words.parts[part] : words.period(words.parts[part], periodText(period))
    }
    case 'duplicates':
      return words.possibleDuplicates
    case 'state':
      return words.states[filter.state ?? 'waiting']
  }
}

/** A calendar day in the user's locale. */
function dayText(iso: string | null): string | null {
  if (iso === null) return null
  const [year = 0, month = 1, date = 1] = iso.split('-').map(Number)
  return day.format(new Date(year, month - 1, date))
}
