import { useComputedColorScheme } from '@mantine/core'
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js'
import { useEffect, useRef } from 'react'
import type { CustomerSource } from '#shared/domain/customer.ts'
import { formatCount } from '../../lib/format.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

/** The colours of theme.css that the list shows the sources in. */
const COLOURS: Readonly<Record<CustomerSource, string>> = { chat: '--blue', manual: '--accent', import: '--violet' }

interface Series {
  readonly source: CustomerSource
  readonly name: string
  /** One a label. */
  readonly counts: readonly number[]
}

/** Stacked bars. A picture to screen readers, told by `summary`; the figures stand in a table beside it. */
export function GrowthChart({
  summary,
  labels,
  series,
}: {
  readonly summary: string
  readonly labels: readonly string[]
  readonly series: readonly Series[]
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const drawn = JSON.stringify({ labels, series, scheme })

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew only where it would look otherwise.
  useEffect(() => {
    if (canvas.current === null) return
    const styles = getComputedStyle(document.documentElement)
    const colour = (name: string): string => styles.getPropertyValue(name).trim()
    const font = { family: getComputedStyle(document.body).fontFamily, size: 11 }
    const chart = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: [...labels],
        datasets: series.map(({ source, name, counts }) => ({
          label: name,
          data: [...counts],
          backgroundColor: colour(COLOURS[source]),
          maxBarThickness: 36,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            border: { color: colour('--line-strong') },
            ticks: { color: colour('--dim'), font, maxRotation: 0 },
          },
          y: {
            stacked: true,
            border: { display: false },
            grid: { color: colour('--line') },
            ticks: {
              color: colour('--dim'),
              font,
              precision: 0,
              maxTicksLimit: 5,
              callback: (value) => formatCount(Number(value)),
            },
          },
        },
        plugins: {
          tooltip: {
            backgroundColor: colour('--text'),
            titleColor: colour('--panel'),
            bodyColor: colour('--panel'),
            titleFont: font,
            bodyFont: font,
            callbacks: { label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${formatCount(parsed.y ?? 0)}` },
          },
        },
      },
    })
    return () => chart.destroy()
  }, [drawn])

  return <canvas ref={canvas} role="img" aria-label={summary} />
}
