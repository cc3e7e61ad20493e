// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
import { decodeText } from '#shared/csv/decode-text.ts'
import { readTable } from '#shared/csv/testing/read-table.ts'
import { platformDecode } from '#sync/import/platform-decode.ts'
import { type Measurement, rounded } from '../measurement.ts'
import { judgeReading, judgeTable, type Verdict } from './judge-reading.ts'
import { type ReadingCase, readingCases } from './reading-sets.ts'

/**
 * IO-1: how many messy files are read right or refused with a reason, beside PapaParse's own
 * detection. Says a line per file.
 */
export async function measureReading(_rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const judged = readingCases(say).map((each) => ({ ...each, ...judge(each) }))
  for (const { set, file, ours, plain } of judged) {
    say(
      `${set.padEnd(12)} ${file.padEnd(42)} ${ours.verdict.padEnd(10)} PapaParse: ${plain.verdict.padEnd(10)} ${ours.reason}`,
    )
  }
  return (['csv-spectrum', 'Pollock'] as const).flatMap((set) => {
    const files = judged.filter((each) => each.set === set && each.ours.verdict !== 'impossible')
    if (files.length === 0) return []
    const share = (verdicts: readonly Verdict[]) =>
      rounded((100 * verdicts.filter(({ verdict }) => verdict !== 'wrong').length) / files.length)
    const ours = share(files.map((file) => file.ours))
    const plain = share(files.map((file) => file.plain))
    const count = (verdict: Verdict['verdict']) => files.filter((file) => file.ours.verdict === verdict).length
    return [
      {
        id: 'IO-1',
        what: `${set}: ${count('right')} of ${files.length} files read right, ${count('refused')} refused with a reason`,
        rows: files.length,
        unit: '%' as const,
        p50: ours,
        p95: ours,
        max: ours,
        target: 100,
        pass: ours === 100,
        baseline: { name: 'PapaParse by itself', value: plain },
        ratio: rounded(ours / Math.max(plain, 1)),
      },
    ]
  })
}

function judge({ bytes, expected }: ReadingCase): { readonly ours: Verdict; readonly plain: Verdict } {
  const text = new TextDecoder().decode(bytes)
  const decoded = decodeText(bytes, platformDecode)
  const table = Papa.parse<string[]>(decoded.ok ? text : '', { skipEmptyLines: true }).data
  return {
    ours: judgeReading(readTable(bytes, platformDecode), expected, text),
    plain: judgeTable(table, expected, text),
  }
}
