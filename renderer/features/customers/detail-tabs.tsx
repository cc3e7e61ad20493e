import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import type { CustomerProfile } from '#shared/replica-api/detail.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import classes from './detail-tabs.module.css'
import { HistoryActivity } from './history-activity.tsx'
import { HistoryConversations } from './history-conversations.tsx'
import { HistoryQuotes } from './history-quotes.tsx'

const TABS = ['profile', 'conversations', 'quotes', 'activity'] as const
type Tab = (typeof TABS)[number]

/** The four sides of a customer. The one chosen stays while one customer after the other is looked at. */
export function DetailTabs({
  detail,
  children,
}: {
  readonly detail: CustomerProfile
  /** What the first tab shows. */
  readonly children: ReactNode
}) {
  const [chosen, setChosen] = useState<Tab>('profile')
  const name = useId()

  function move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    // The arrows are the tabs' while one of them has the focus, not the list's.
    event.preventDefault()
    event.stopPropagation()
    const next = TABS[(TABS.indexOf(chosen) + step + TABS.length) % TABS.length] ?? 'profile'
    setChosen(next)
    document.getElementById(`${name}-${next}`)?.focus()
  }

  return (
    <>
      <div role="tablist" aria-label={strings.detail.tabsLabel} className={classes.tabs} onKeyDown={move}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${name}-${tab}`}
            aria-selected={tab === chosen}
            aria-controls={`${name}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            className={cx(classes.tab, tab === chosen && classes.on)}
            onClick={() => setChosen(tab)}
          >
            {strings.detail.tabs[tab]} <Count history={detail.history} tab={tab} />
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${chosen}`} className={classes.panel}>
        {chosen === 'profile' ? children : PANELS[chosen](detail)}
      </div>
    </>
  )
}

const PANELS: Readonly<Record<Exclude<Tab, 'profile'>, (detail: CustomerProfile) => ReactNode>> = {
  conversations: ({ history, customer }) => (
    <HistoryConversations conversations={history.conversations} customer={customer} />
  ),
  quotes: ({ history, customer }) => (
    <HistoryQuotes customerId={customer.id} quotes={history.quotes} requests={history.quoteRequests} />
  ),
  activity: ({ history, customer }) => <HistoryActivity history={history} source={customer.source} />,
}

function Count({ history, tab }: { readonly history: CustomerHistory; readonly tab: Tab }) {
  const total = tab === 'conversations' || tab === 'quotes' ? history[tab].total : 0
  return total === 0 ? null : <span className={classes.count}>{formatCount(total)}</span>
}
