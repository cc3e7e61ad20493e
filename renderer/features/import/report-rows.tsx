import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { ReportRow, RowOutcome } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatCount } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './import-report.module.css'

const words = strings.import
const PAGE = 100

/** Row by row what became of it, a page at a time. */
export function ReportRows({ importId, outcome }: { readonly importId: string; readonly outcome: RowOutcome | null }) {
  const { client } = useReplica()
  const [rows, setRows] = useState<readonly ReportRow[]>([])
  const [total, setTotal] = useState(0)

  const read = useCallback(
    async (offset: number) => {
      const answer = await client
        .request('import.reportRows', { importId, outcome, offset, limit: PAGE })
        .catch(() => null)
      if (answer?.ok !== true) return
      const found = answer.value
      setRows((before) => [...before.slice(0, offset), ...found.rows])
      setTotal(found.total)
    },
    [client, importId, outcome],
  )
  useEffect(() => {
    void read(0)
  }, [read])

  if (rows.length === 0) return null
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td>{formatCount(row.row)}</td>
              <td>
                {row.customerId === null ? row.name : <Link href={routes.customer(row.customerId)}>{row.name}</Link>}
              </td>
              <td>
                {words.outcomeOf[row.outcome]}
                {row.reason === null ? null : <small> {spoken(row.reason)}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < total ? (
        <Button variant="default" onClick={() => void read(rows.length)}>
          {words.more(Math.min(PAGE, total - rows.length))}
        </Button>
      ) : null}
    </>
  )
}
