import { Checkbox, NativeSelect } from '@mantine/core'
import { ENCODINGS } from '#shared/csv/decode-text.ts'
import { strings } from '../../app/strings.ts'
import classes from './import-columns.module.css'
import type { Importer, ImportFlow } from './import-flow.ts'

const words = strings.import
const DELIMITERS = Object.keys(words.delimiters)

interface ReadingProps {
  readonly flow: Extract<ImportFlow, { kind: 'columns' }>
  readonly importer: Importer
}

/** How the file is read, where somebody knows it better than the app. */
export function ReadingOptions(props: ReadingProps) {
  const { flow, importer } = props
  const { understood } = flow
  const reading = flow.wanted ?? flow.reading
  return (
    <div className={classes.reading}>
      {understood.sheet === null ? <TextOptions {...props} /> : <SheetOption {...props} />}
      <Checkbox
        label={words.header}
        checked={reading.hasHeader ?? understood.hasHeader}
        onChange={(event) => void importer.reread({ ...reading, hasHeader: event.currentTarget.checked })}
      />
    </div>
  )
}

/** Of a workbook: which of its sheets. */
function SheetOption({ flow, importer }: ReadingProps) {
  const { sheet, sheets } = flow.understood
  const wanted = flow.wanted?.sheet ?? sheet
  return (
    <NativeSelect
      label={words.sheet}
      data={sheets.map(({ name, rows }) => ({ value: name, label: words.sheetOf(name, rows), disabled: rows === 0 }))}
      value={wanted ?? ''}
      // Another sheet is another table: what was said of the first row was said of this one.
      onChange={(event) => void importer.reread({ sheet: event.currentTarget.value })}
    />
  )
}

/** Of a text: its encoding, and what stands between the cells. */
function TextOptions({ flow, importer }: ReadingProps) {
  // What was chosen shows at once, also where the file can't be read like that: the next one is one key away.
  const reading = flow.wanted ?? flow.reading
  const { encoding = flow.understood.encoding, delimiter = flow.understood.delimiter } = reading
  const delimiters = DELIMITERS.includes(delimiter) ? DELIMITERS : [...DELIMITERS, delimiter]
  return (
    <>
      <NativeSelect
        label={words.encoding}
        data={ENCODINGS.map((value) => ({ value, label: words.encodings[value] }))}
        value={encoding}
        onChange={(event) => {
          const chosen = ENCODINGS.find((one) => one === event.currentTarget.value)
          if (chosen !== undefined) void importer.reread({ ...reading, encoding: chosen })
        }}
      />
      <NativeSelect
        label={words.separator}
        data={delimiters.map((value) => ({ value, label: words.delimiters[value] ?? `“${value}”` }))}
        value={delimiter}
        onChange={(event) => void importer.reread({ ...reading, delimiter: event.currentTarget.value })}
      />
    </>
  )
}
