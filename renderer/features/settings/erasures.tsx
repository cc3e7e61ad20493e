import { useEffect } from 'react'
import { type Erasure, erasureReasonSchema } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import classes from './settings.module.css'

const words = strings.settings.privacy
/** How often is asked for receipts while some are missing, in milliseconds. */
const LOOK_MS = 4_000

/** Who was erased, and which devices have not forgotten them yet. Receipts show as they come. */
export function Erasures({ erasures, onLook }: { readonly erasures: readonly Erasure[]; readonly onLook: () => void }) {
  const isWaiting = erasures.some(({ waiting }) => waiting.length > 0)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(onLook, LOOK_MS)
    return () => clearInterval(timer)
  }, [isWaiting, onLook])
  if (erasures.length === 0) return <p className={classes.note}>{words.erasuresNone}</p>
  return (
    <DataTable className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.erasedWhen}</th>
          <th scope="col" className={classes.wide}>
            {words.erasedWhy}
          </th>
          <th scope="col">{words.receipts}</th>
        </tr>
      </thead>
      <tbody>
        {erasures.map((erasure) => (
          <tr key={erasure.erasure}>
            <th scope="row" title={formatMoment(erasure.erasedAt)}>
              {formatWhen(erasure.erasedAt)}
              <span className={classes.sub}>{erasure.by ?? words.byNight}</span>
            </th>
            <td className={classes.wide}>{reasonText(erasure.reason)}</td>
            <td>
              <Receipts erasure={erasure} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

function Receipts({ erasure: { acknowledged, waiting } }: { readonly erasure: Erasure }) {
  const { members } = useSignedIn().workspace
  const all = acknowledged.length + waiting.length
  if (waiting.length === 0) return words.allForgot(all)
  return (
    <>
      <span className={cx(classes.warn)}>{words.someForgot(acknowledged.length, all)}</span>
      {waiting.map(({ device, name, user, lastSeenAt }) => (
        <span key={`${device} ${user}`} className={classes.sub}>
          {words.waitsFor(
            strings.settings.devices.called(name),
            members.find(({ userId }) => userId === user)?.name ?? strings.detail.formerColleague,
            formatWhen(lastSeenAt),
          )}
        </span>
      ))}
    </>
  )
}

function reasonText(reason: string): string {
  const known = erasureReasonSchema.safeParse(reason).data
  return known === undefined ? words.reasonRetention : words.reasons[known]
}
