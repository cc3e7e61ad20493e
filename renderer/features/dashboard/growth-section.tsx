import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { CustomerSource } from '#shared/domain/customer.ts'
import type { Dashboard, Growth } from '#shared/replica-api/dashboard.ts'
import { strings } from '../../app/strings.ts'
import { formatCount, formatDay, formatMonth } from '../../lib/format.ts'
import classes from './dashboard.module.css'
import { ListLink } from './list-link.tsx'

const words = strings.dashboard
const SOURCES: readonly CustomerSource[] = ['chat', 'manual', 'import']

// The charts come when somebody looks at them.
const GrowthChart = lazy(async () => ({ default: (await import('./growth-chart.tsx')).GrowthChart }))

/** How many customers came in, by week or month and by source: a chart, and the same as a table of links. */
export function GrowthSection({ weeks, months }: Pick<Dashboard, 'weeks' | 'months'>) {
  const [unit, setUnit] = useState<'weeks' | 'months'>('months')
  const growth = unit === 'weeks' ? weeks : months
  const label = ({ from }: Growth): string =>
    from === null ? '' : unit === 'weeks' ? formatDay(from) : formatMonth(from)
  const most = growth.reduce<Growth | null>((best, one) => (best === null || sum(one) > sum(best) ? one : best), null)
  const total = growth.reduce((all, one) => all + sum(one), 0)
  const summary =
    most === null || total === 0 ? words.growthNone : words.growthSummary[unit](total, label(most), sum(most))
  return (
    <>
      <div className={classes.chartHead}>
        <ul className={classes.legend}>
          {SOURCES.map((source) => (
            <li key={source} data-source={source}>
              {strings.sources[source]}
            </li>
          ))}
        </ul>
        <SegmentedControl
          aria-label={words.growthUnit}
          value={unit}
          onChange={setUnit}
          data={(['weeks', 'months'] as const).map((value) => ({ value, label: words.units[value] }))}
        />
      </div>
      <div className={classes.chart}>
        <Suspense fallback={<div aria-busy="true" />}>
          <GrowthChart
            summary={summary}
            labels={growth.map(label)}
            series={SOURCES.map((source) => ({
              source,
              name: strings.sources[source],
              counts: growth.map(({ sources }) => sources[source]),
            }))}
          />
        </Suspense>
      </div>
      <p className={classes.summary}>{summary}</p>
      <details className={classes.details}>
        <summary>{words.asTable}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.period}</th>
              {SOURCES.map((source) => (
                <th key={source} scope="col" className={classes.number}>
                  {strings.sources[source]}
                </th>
              ))}
              <th scope="col" className={classes.number}>
                {words.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {growth.toReversed().map((one) => (
              <tr key={one.from}>
                <th scope="row">
                  <ListLink filter={{ created: { kind: 'between', from: one.from, to: one.to } }}>
                    {label(one)}
                  </ListLink>
                </th>
                {SOURCES.map((source) => (
                  <td key={source} className={classes.number}>
                    {formatCount(one.sources[source])}
                  </td>
                ))}
                <td className={classes.number}>{formatCount(sum(one))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

function sum({ sources }: Growth): number {
  return SOURCES.reduce((total, source) => total + sources[source], 0)
}
