import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { WaitingChat } from '#shared/replica-api/chats.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { tellRefusal } from '../../components/refusal-toast.ts'
import { usePageFocus } from '../../hooks/use-page-focus.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useWaitingChats } from '../../hooks/use-waiting-chats.ts'
import { cx } from '../../lib/cx.ts'
import { formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { type Candidate, ChatReview, mayCreate } from './chat-review.tsx'
import classes from './conversations-page.module.css'
import { useChatDecisions } from './use-chat-decisions.ts'

const words = strings.conversations
/** The next ones follow as these are settled. */
const LISTED = 50

/** Chats of nobody: one after the other comes to its customer, by a key each. */
export function ConversationsPage() {
  const waiting = useWaitingChats(LISTED)
  const decisions = useChatDecisions()
  const actor = useActor()
  const [, navigate] = useLocation()
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set())
  const [looked, setLooked] = useState<{ readonly id: string; readonly at: number } | null>(null)
  /** Who may be meant as known here: found when a customer was to be made, or before a link that was taken back. */
  const [known, setKnown] = useState<ReadonlyMap<string, readonly Candidate[]>>(new Map())
  /** Chats that are being settled: a second key does nothing to them. */
  const underWay = useRef(new Set<string>())
  const listed = (waiting?.chats ?? []).filter(({ chat }) => !skipped.has(chat.id))
  // Where one was settled the next one takes its place.
  const current =
    listed.find(({ chat }) => chat.id === looked?.id) ?? listed[Math.min(looked?.at ?? 0, listed.length - 1)]
  const currentId = current?.chat.id
  const heading = usePageFocus(currentId)
  useDocumentTitle(`${words.title} · ${strings.appName}`)
  const named = current?.candidates ?? []
  const candidates: readonly Candidate[] = named.length > 0 ? named : (known.get(currentId ?? '') ?? [])

  function look(one: WaitingChat | undefined): void {
    if (one !== undefined) setLooked({ id: one.chat.id, at: listed.indexOf(one) })
  }
  function step(by: 1 | -1): void {
    if (current !== undefined) look(listed[listed.indexOf(current) + by])
  }
  function settle(decide: (one: WaitingChat) => Promise<void>): void {
    if (current === undefined || underWay.current.has(current.chat.id)) return
    const { id } = current.chat
    underWay.current.add(id)
    look(current)
    setKnown(new Map([...known, [id, candidates]]))
    void decide(current).finally(() => underWay.current.delete(id))
  }
  function link(candidate: Candidate): void {
    const permission = customerPermission(actor, 'edit', candidate)
    if (permission.allowed) settle(({ chat }) => decisions.link(chat, candidate))
    else tellRefusal(permission.reason)
  }
  function create(): void {
    if (current === undefined) return
    const permission = mayCreate(current.chat, customerPermission(actor, 'create'))
    if (!permission.allowed) {
      tellRefusal(permission.reason)
      return
    }
    settle(async ({ chat }) => {
      if (candidates.length > 0) return decisions.create(chat)
      const rows = await decisions.findOrCreate(chat)
      if (rows.length === 0) return
      setKnown((before) => new Map([...before, [chat.id, rows]]))
      notifications.show({ message: words.several, autoClose: 5_000 })
    })
  }
  function skip(): void {
    if (current === undefined) return
    look(current)
    setSkipped(new Set([...skipped, current.chat.id]))
  }
  const [best] = candidates
  useShortcuts({
    a: () => best !== undefined && link(best),
    c: create,
    s: skip,
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    escape: () => navigate(routes.customers),
  })

  const count = (waiting?.total ?? 0) - (waiting?.chats.length ?? 0) + listed.length
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        <p className={classes.quiet}>{words.lead}</p>
      </header>
      {waiting === undefined ? (
        <div aria-busy="true" />
      ) : waiting === null ? (
        <EmptyState title={words.loadFailed} />
      ) : current === undefined ? (
        <NothingLeft skipped={skipped.size} older={waiting.older} onShowSkipped={() => setSkipped(new Set())} />
      ) : (
        <div className={classes.split}>
          <ChatReview
            key={currentId}
            waiting={current}
            candidates={candidates}
            onLink={link}
            onCreate={create}
            onSkip={skip}
          />
          <section className={classes.list} aria-label={words.listLabel}>
            <h2 className={classes.section}>{words.left(count)}</h2>
            <ul>
              {listed.map((one) => (
                <li key={one.chat.id}>
                  <button
                    type="button"
                    className={cx(classes.entry, one === current && classes.here)}
                    {...(one === current ? { 'aria-current': true } : {})}
                    onClick={() => look(one)}
                  >
                    <span className={classes.name}>
                      {one.chat.name ?? one.chat.email ?? one.chat.phone ?? words.nameless}
                    </span>
                    <span className={classes.quiet}>{formatWhen(one.chat.createdAt)}</span>
                  </button>
                </li>
              ))}
            </ul>
            {waiting.older === 0 ? null : <p className={classes.quiet}>{words.older(waiting.older)}</p>}
          </section>
        </div>
      )}
    </div>
  )
}

function NothingLeft({
  skipped,
  older,
  onShowSkipped,
}: {
  readonly skipped: number
  readonly older: number
  readonly onShowSkipped: () => void
}) {
  const action = skipped === 0 ? {} : { action: <Button onClick={onShowSkipped}>{words.skipped(skipped)}</Button> }
  return (
    <EmptyState title={words.emptyTitle} {...action}>
      {older === 0 ? words.emptyBody : words.older(older)}
    </EmptyState>
  )
}
