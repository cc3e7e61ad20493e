import { useEffect, useRef } from 'react'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import { groupName } from '../../lib/review-queue.ts'
import classes from './duplicates-page.module.css'
import { namesOf } from './names-of.ts'

const words = strings.duplicates

/** The groups that wait, most likely first; one may be looked at out of turn. */
export function GroupList({
  groups,
  count,
  current,
  onLook,
}: {
  readonly groups: readonly DuplicateGroup[]
  /** Those that are not at hand included. */
  readonly count: number
  readonly current: DuplicateGroup
  readonly onLook: (name: string) => void
}) {
  const name = groupName(current)
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says that another one is looked at.
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [name])
  return (
    <section className={classes.list} aria-label={words.groupsLabel}>
      <h2 className={classes.left}>{words.left(count)}</h2>
      <ul ref={list}>
        {groups.map((group) => {
          const key = groupName(group)
          return (
            <li key={key}>
              <button
                type="button"
                className={cx(classes.entry, key === name && classes.here)}
                {...(key === name ? { 'aria-current': true } : {})}
                onClick={() => onLook(key)}
              >
                <span className={classes.names}>{namesOf(group)}</span>
                <span className={classes.quiet}>{words.confidence(group.probability)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
