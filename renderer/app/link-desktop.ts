import type { Desktop } from '../lib/desktop.ts'
import type { ReplicaModel } from '../lib/replica-model.ts'
import { language } from '../texts/language.ts'
import { strings } from './strings.ts'

const words = strings.desktop.notices

/**
 * Tells the desktop what it needs to know of the page: its language, how much waits to be sent (an update
 * does not go over it), and what happened that somebody who looks elsewhere should hear of.
 */
export function linkDesktop({ ask }: Pick<Desktop, 'ask'>, { client, sync, session }: ReplicaModel): void {
  const tell = (title: string, body: string, screen: 'attention' | 'import'): void =>
    void ask('crm:notify', { title, body, screen }).catch(() => undefined)

  void ask('crm:language', language).catch(() => undefined)
  /** Null: what there is at the start is no news. */
  let attention: number | null = null
  let unsent: number | null = null
  sync.subscribe(() => {
    // Before somebody is signed in the counts are not known: nothing is told, and an update waits.
    if (session.get().kind !== 'signedIn') return
    const now = sync.get()
    if (attention !== null && now.attention > attention)
      tell(words.attentionTitle, words.attentionBody(now.attention), 'attention')
    attention = now.attention
    const waiting = now.waiting + now.elsewhere
    if (waiting === unsent) return
    unsent = waiting
    void ask('crm:unsent', { count: waiting }).catch(() => undefined)
  })
  session.subscribe(() => {
    if (session.get().kind !== 'signedOut') return
    attention = null
    unsent = 0
    void ask('crm:unsent', { count: 0 }).catch(() => undefined)
    // What the lock protected has left this computer with its user.
    void ask('crm:lock-forget', null).catch(() => undefined)
  })
  client.onNotice('import.progress', ({ stage, state, rows }) => {
    if (stage !== 'import') return
    if (state === 'done') tell(words.importTitle, words.importBody(rows), 'import')
    if (state === 'failed') tell(words.importFailedTitle, words.importFailedBody, 'import')
  })
}
