import { Checkbox, Select } from '@mantine/core'
import { ENCODINGS } from '#shared/csv/decode-text.ts'
import { strings } from '../../app/strings.ts'
import classes from './import-columns.module.css'
import type { Importer, ImportFlow } from './import-flow.ts'

const words = strings.import
const DELIMITERS = Object.keys(words.delimiters)

/** How the file is read, where somebody knows it better than the app. */
export function ReadingOptions({
  flow,
  importer,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'columns' }>
  readonly importer: Importer
}) {
  const { understood, reading } = flow
  const { encoding, delimiter } = understood
  const delimiters = DELIMITERS.includes(delimiter) ? DELIMITERS : [...DELIMITERS, delimiter]
  return (
    <div className={classes.reading}>
      <Select
        label={words.encoding}
        data={ENCODINGS.map((value) => ({ value, label: words.encodings[value] }))}
        value={ENCODINGS.find((value) => value === encoding) ?? null}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = ENCODINGS.find((one) => one === value)
          if (chosen !== undefined) void importer.reread({ ...reading, encoding: chosen })
        }}
      />
      <Select
        label={words.separator}
        data={delimiters.map((value) => ({ value, label: words.delimiters[value] ?? `“${value}”` }))}
        value={delimiter}
        allowDeselect={false}
        onChange={(value) => {
          if (value !== null) void importer.reread({ ...reading, delimiter: value })
        }}
      />
      <Checkbox
        label={words.header}
        checked={understood.hasHeader}
        onChange={(event) => void importer.reread({ ...reading, hasHeader: event.currentTarget.checked })}
      />
    </div>
  )
}
