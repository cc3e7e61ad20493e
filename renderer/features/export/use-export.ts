import { useRef, useState } from 'react'
import type { ExportColumn, ExportScope } from '#shared/replica-api/export.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { saveTextFile } from '../../lib/save-file.ts'

const words = strings.export

/** What is exported, and how. */
export interface ExportChoice {
  readonly format: 'csv' | 'vcard'
  readonly scope: ExportScope
  readonly columns: readonly ExportColumn[]
}

/** Where an export stands. */
export type ExportState =
  | { readonly kind: 'idle'; readonly problem: string | null }
  | { readonly kind: 'running'; readonly done: number; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number; readonly fileName: string }

const MIME = { csv: 'text/csv;charset=utf-8', vcard: 'text/vcard;charset=utf-8' } as const
const ENDING = { csv: 'csv', vcard: 'vcf' } as const

/** Reads customers out piece by piece and hands them to the platform as one file. */
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
    setState({ kind: 'running', done: 0, rows: 0 })
    const opened = await client.request('export.open', { format, scope, columns: [...columns] }).catch(() => null)
    if (opened?.ok !== true) {
      setState({ kind: 'idle', problem: opened?.error.message ?? words.failed })
      return
    }
    const { exportId, rows } = opened.value
    // The browser keeps the pieces of a blob on the disk when they are many.
    const pieces: Blob[] = []
    while (wanted.current) {
      const piece = await client.request('export.next', { exportId }).catch(() => null)
      if (piece?.ok !== true) {
        setState({ kind: 'idle', problem: piece?.error.message ?? words.failed })
        return
      }
      if (piece.value.text === null) {
        const fileName = `customers-${new Date().toLocaleDateString('sv')}.${ENDING[format]}`
        saveTextFile(fileName, pieces, MIME[format])
        setState({ kind: 'done', rows, fileName })
        return
      }
      pieces.push(new Blob([piece.value.text]))
      setState({ kind: 'running', done: piece.value.done, rows })
    }
    await client.request('export.close', { exportId }).catch(() => null)
    setState({ kind: 'idle', problem: null })
  }

  return {
    state,
    start,
    stop: () => {
      wanted.current = false
    },
  }
}
