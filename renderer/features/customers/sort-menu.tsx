import { Menu } from '@mantine/core'
import { type SortBy, sortBySchema } from '#shared/domain/saved-list.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { effectiveSort, naturalDirection, sortChoices, withSort } from '../../lib/list-state.ts'
import toolbar from './list-toolbar.module.css'

const words = strings.list.sort

/** What the list is sorted by, and which end comes first. */
export function SortMenu() {
  const by = useStore(useReplica().list, (state) => effectiveSort(state).by)
  return (
    <Menu position="bottom-start" width={190}>
      <Menu.Target>
        <button type="button" className={toolbar.chip} aria-label={`${words.label}: ${words.by[by]}`}>
          <span className={toolbar.long}>{words.label}</span>
          <span className={toolbar.short} aria-hidden="true">
            ↕
          </span>{' '}
          <b>{words.by[by]}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choices />
      </Menu.Dropdown>
    </Menu>
  )
}

function Choices() {
  const { list } = useReplica()
  const state = useStore(list)
  const sort = effectiveSort(state)
  return (
    <>
      <Menu.RadioGroup
        value={sort.by}
        onChange={(next) => {
          const by = sortBySchema.safeParse(next).data ?? 'name'
          list.set(withSort(list.get(), { by, direction: naturalDirection(by) }))
        }}
      >
        {sortChoices(state).map((by) => (
          <Menu.RadioItem key={by} value={by}>
            {words.by[by]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      {sort.by === 'relevance' ? null : (
        <>
          <Menu.Divider />
          <Menu.RadioGroup
            value={sort.direction}
            onChange={(next) =>
              list.set(withSort(list.get(), { by: sort.by, direction: next === 'asc' ? 'asc' : 'desc' }))
            }
          >
            {(['asc', 'desc'] as const).map((direction) => (
              <Menu.RadioItem key={direction} value={direction}>
                {words[direction][kindOf(sort.by)]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </>
      )}
    </>
  )
}

function kindOf(by: SortBy): 'text' | 'time' | 'count' {
  if (by === 'name') return 'text'
  return by === 'conversations' ? 'count' : 'time'
}
