import { Button, Select } from '@mantine/core'
import { importTargetSchema } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import classes from './import-columns.module.css'
import { type Importer, type ImportFlow, isMappingUsable } from './import-flow.ts'

const words = strings.import
/** Rows shown as examples. */
const EXAMPLES = 3

/** What was understood of the file, column by column, correctable; nothing is written yet. */
export function ImportColumns({
  flow,
  importer,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'columns' }>
  readonly importer: Importer
}) {
  const { preview, mapping } = flow
  const isUsable = isMappingUsable(mapping)
  const examples = preview.sample.slice(0, EXAMPLES)
  const delimiter = words.delimiters[preview.delimiter] ?? `“${preview.delimiter}”`
  return (
    <>
      <p className={classes.lead}>
        <strong>{words.notWritten}</strong> {words.understood(preview.rows, preview.encoding.toUpperCase(), delimiter)}
      </p>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.becomes}</th>
              {examples.length === 0 ? null : (
                <th scope="colgroup" colSpan={examples.length} className={classes.examples}>
                  {words.examples}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {preview.headers.map((header, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may bear one name.
              <tr key={column} data-skipped={mapping[column] === null}>
                <th scope="row">
                  {header === '' ? words.unnamed(column + 1) : header}
                  <span className={classes.under}>{examples[0]?.[column]}</span>
                </th>
                <td>
                  <Select
                    aria-label={words.targetOf(header === '' ? words.unnamed(column + 1) : header)}
                    data={[
                      { value: '', label: words.skip },
                      ...importTargetSchema.options.map((target) => ({ value: target, label: words.targets[target] })),
                    ]}
                    value={mapping[column] ?? ''}
                    allowDeselect={false}
                    onChange={(value) => importer.setTarget(column, importTargetSchema.safeParse(value).data ?? null)}
                  />
                </td>
                {examples.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: examples are the first rows, in their order.
                  <td key={index} className={classes.example} title={row[column]}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isUsable ? null : <Notice tone="warn">{words.needName}</Notice>}
      {flow.problem === null ? null : (
        <Notice tone="bad" isAlert>
          {flow.problem}
        </Notice>
      )}
      <div className={classes.foot}>
        <Button variant="default" onClick={importer.startOver}>
          {words.otherFile}
        </Button>
        <Button onClick={() => void importer.start()} disabled={!isUsable || preview.rows === 0}>
          {words.start(preview.rows)}
        </Button>
      </div>
    </>
  )
}
