import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { StatusDot } from '../../components/status-dot.tsx'
import { formatMoney } from '../../lib/format.ts'
import classes from './history.module.css'
import { HistoryAskQuote } from './history-ask-quote.tsx'
import { HistoryList, HistoryTime } from './history-list.tsx'

const words = strings.detail.quoteWords
const { history: more } = strings

type Quote = CustomerHistory['quotes']['rows'][number]

/** The quotes of a customer line by line, the wishes for new ones, and the way to ask for one. */
export function HistoryQuotes({
  customerId,
  quotes,
  requests,
}: {
  readonly customerId: string
  readonly quotes: CustomerHistory['quotes']
  readonly requests: CustomerHistory['quoteRequests']
}) {
  // What came of a wish that was granted is the quote.
  const shown = requests.rows.filter(({ status }) => status !== 'done')
  return (
    <>
      <div className={classes.tools}>
        <HistoryAskQuote key={customerId} customerId={customerId} quoteId={null} label={more.ask} />
      </div>
      <HistoryList shown={shown.length + quotes.rows.length} total={shown.length + quotes.total} empty={words}>
        {shown.map(({ id, status, requestedByUserName, requestedAt, quoteId, note }) => {
          const like = quotes.rows.find((quote) => quote.id === quoteId)
          return (
            <li key={id} className={classes.item}>
              <div className={classes.line}>
                <span className={classes.what}>
                  <StatusDot tone={status === 'open' ? 'waiting' : 'calm'} /> {words.asked(requestedByUserName)}{' '}
                  {like === undefined ? null : <span className={classes.quiet}>{more.like(like.number)} </span>}
                  <span className={classes.quiet}>· {more.requestStates[status]}</span>
                </span>
                <HistoryTime at={requestedAt} />
              </div>
              {note === null ? null : <p className={classes.quiet}>{note}</p>}
            </li>
          )
        })}
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
            <details className={classes.more}>
              <summary>{words.lines(quote.lineItems.length)}</summary>
              <QuoteLines quote={quote} />
              <HistoryAskQuote customerId={customerId} quoteId={quote.id} label={more.askLike} />
            </details>
          </li>
        ))}
      </HistoryList>
    </>
  )
}

function QuoteLines({ quote: { lineItems, currency, total } }: { readonly quote: Quote }) {
  const money = (amount: number): string => formatMoney(String(amount), currency)
  return (
    <table className={classes.lineItems}>
      <thead>
        <tr>
          <th scope="col">{more.item}</th>
          <th scope="col">{more.quantity}</th>
          <th scope="col">{more.price}</th>
          <th scope="col">{more.amount}</th>
        </tr>
      </thead>
      <tbody>
        {lineItems.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and never change places.
          <tr key={index}>
            <td>{line.text}</td>
            <td>{more.quantityText(line.quantity)}</td>
            <td>{money(line.unitPrice)}</td>
            <td>{money(line.quantity * line.unitPrice)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {more.total}
          </th>
          <td>{formatMoney(total, currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
