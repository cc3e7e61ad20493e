import { useRef, useState } from 'react'
import type { ChosenCustomers } from '#shared/replica-api/bulk.ts'
import type { ExportColumn } from '#shared/replica-api/export.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { type FileSink, openFileSink } from '../../lib/file-sink.ts'

const words = strings.export

/** What is exported, and how. */
export interface ExportChoice {
  readonly format: 'csv' | 'vcard'
  readonly scope: ChosenCustomers
  readonly columns: readonly ExportColumn[]
}

/** Where an export stands. */
export type ExportState =
  | { readonly kind: 'idle'; readonly problem: string | null }
  | { readonly kind: 'running'; readonly done: number; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number; readonly fileName: string }

const MIME = { csv: 'text/csv;charset=utf-8', vcard: 'text/vcard;charset=utf-8' } as const
const ENDING = { csv: 'csv', vcard: 'vcf' } as const

/** Reads customers out piece by piece into a file. */
export function useExport(): {
  readonly state: ExportState
  readonly start: (choice: ExportChoice) => Promise<void>
  readonly stop: () => void
} {
  const { client } = useReplica()
  const [state, setState] = useState<ExportState>({ kind: 'idle', problem: null })
  const wanted = useRef(true)

  async function start({ format, scope, columns }: ExportChoice): Promise<void> {
    wanted.current = true
    const fileName = `customers-${new Date().toLocaleDateString('sv')}.${ENDING[format]}`
    const sink = await openFileSink(fileName, MIME[format])
    if (sink === null) return
    setState({ kind: 'running', done: 0, rows: 0 })
    const problem = await write(sink, { format, scope, columns }, fileName).catch(() => words.failed)
    if (problem === null) return
    await sink.abort().catch(() => undefined)
    setState({ kind: 'idle', problem: problem === '' ? null : problem })
  }

  /** Null: the file is there; empty: it was not wanted any more; else why there is none. */
  async function write(sink: FileSink, { format, scope, columns }: ExportChoice, fileName: string) {
    const opened = await client.request('export.open', { format, scope, columns: [...columns] })
    if (!opened.ok) return opened.error.message
    const { exportId, rows } = opened.value
    try {
      while (wanted.current) {
        const piece = await client.request('export.next', { exportId })
        if (!piece.ok) return piece.error.message
        const { text, done } = piece.value
        if (text === null) {
          await sink.close()
          setState({ kind: 'done', rows, fileName })
          return null
        }
        await sink.write(text)
        setState({ kind: 'running', done, rows })
      }
      return ''
    } finally {
      await client.request('export.close', { exportId }).catch(() => null)
    }
  }

  return {
    state,
    start,
    stop: () => {
      wanted.current = false
    },
  }
}
