import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Dashboard } from '#shared/replica-api/dashboard.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { useWaitingChats } from '../../hooks/use-waiting-chats.ts'
import { routes } from '../../lib/routes.ts'
import classes from './dashboard.module.css'
import { ListLink } from './list-link.tsx'

const words = strings.dashboard

/** What waits for somebody to decide: duplicates, chats of nobody, refused changes. */
export function ToDecide({ solved }: Pick<Dashboard, 'solved'>) {
  const { sync, duplicates } = useReplica()
  const { groups, suggested, state } = useStore(duplicates)
  const { attention } = useStore(sync)
  const waiting = useWaitingChats(0)
  return (
    <ul className={classes.inbox}>
      <Waiting text={words.duplicates(groups, suggested)} href={routes.duplicates}>
        {state === 'waiting' ? `${strings.duplicates.waiting} ` : null}
        {words.solved(solved.merged, solved.apart)}
        {groups === 0 ? null : (
          <>
            {' · '}
            <ListLink filter={{ duplicates: true }}>{words.duplicatesCustomers}</ListLink>
          </>
        )}
      </Waiting>
      {waiting == null ? null : (
        <Waiting text={words.chats(waiting.total)} href={routes.conversations}>
          {waiting.older === 0 ? null : words.chatsOlder(waiting.older)}
        </Waiting>
      )}
      <Waiting text={words.attention(attention)} href={routes.attention} />
    </ul>
  )
}

function Waiting({
  text,
  href,
  children,
}: {
  readonly text: string
  readonly href: string
  readonly children?: ReactNode
}) {
  return (
    <li>
      <Link href={href} className={classes.link}>
        {text}
      </Link>
      {children == null ? null : <p>{children}</p>}
    </li>
  )
}
