import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { StatusDot } from '../../components/status-dot.tsx'
import { formatMoney } from '../../lib/format.ts'
import classes from './history.module.css'
import { HistoryList, HistoryTime } from './history-list.tsx'

const words = strings.detail.quoteWords

/** The quotes of a customer and the wishes for new ones that are still open. */
export function HistoryQuotes({
  quotes,
  requests,
}: {
  readonly quotes: CustomerHistory['quotes']
  readonly requests: CustomerHistory['quoteRequests']
}) {
  const open = requests.rows.filter((request) => request.status === 'open')
  return (
    <HistoryList shown={open.length + quotes.rows.length} total={open.length + quotes.total} empty={words}>
      {open.map((request) => (
        <li key={request.id} className={classes.item}>
          <div className={classes.line}>
            <span className={classes.what}>
              <StatusDot tone="waiting" /> {words.asked(request.requestedByUserName)}
            </span>
            <HistoryTime at={request.requestedAt} />
          </div>
          {request.note === null ? null : <p className={classes.quiet}>{request.note}</p>}
        </li>
      ))}
      {quotes.rows.map((quote) => (
        <li key={quote.id} className={classes.item}>
          <div className={classes.line}>
            <span className={classes.what}>
              <span className={classes.strong}>{quote.number}</span>{' '}
              <span className={classes.quiet}>{words.statuses[quote.status]}</span>
            </span>
            <span>{formatMoney(quote.total, quote.currency)}</span>
            <HistoryTime at={quote.createdAt} />
          </div>
          {quote.lineItems.length === 0 ? null : (
            <details className={classes.more}>
              <summary>{words.lines(quote.lineItems.length)}</summary>
              <ul className={classes.lines}>
                {quote.lineItems.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and never change places.
                  <li key={index}>
                    {words.line(line.quantity, line.text, formatMoney(String(line.unitPrice), quote.currency))}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </HistoryList>
  )
}
