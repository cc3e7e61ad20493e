import { Button, NativeSelect } from '@mantine/core'
import { importTargetSchema } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Notice } from '../../components/notice.tsx'
import classes from './import-columns.module.css'
import { type Importer, type ImportFlow, isMappingUsable } from './import-flow.ts'
import { ReadingOptions } from './reading-options.tsx'

const words = strings.import
/** Values shown as examples. */
const EXAMPLES = 3
/** Below this a suggestion is called a guess. */
const SURE = 0.8
const TARGETS = [
  { value: '', label: words.skip },
  ...importTargetSchema.options.map((value) => ({ value, label: strings.fields[value] })),
]

/** What was understood of the file, column by column, correctable; nothing is written yet. */
export function ImportColumns({
  flow,
  importer,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'columns' }>
  readonly importer: Importer
}) {
  const { understood, mapping } = flow
  const { columns, rows } = understood
  const isUsable = isMappingUsable(mapping)
  const nameOf = (column: number): string => columns[column]?.header || words.unnamed(column + 1)
  const leftOut = columns.flatMap(({ samples }, column) =>
    mapping[column] === null && samples.length > 0 ? [nameOf(column)] : [],
  )
  return (
    <>
      <p className={classes.lead}>
        <strong>{words.notWritten}</strong> {words.understood(rows)} {understood.remembered ? words.remembered : null}
      </p>
      <ReadingOptions flow={flow} importer={importer} />
      {flow.problem === null ? null : (
        <Notice
          tone="bad"
          isAlert
          action={
            flow.wanted === null ? undefined : (
              <Button variant="default" onClick={importer.keepReading}>
                {words.keepReading}
              </Button>
            )
          }
        >
          {flow.problem}
        </Notice>
      )}
      <DataTable className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.becomes}</th>
            <th scope="col" className={classes.examples}>
              {words.examples}
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ target, confidence, samples }, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may bear one name.
            <tr key={column} data-skipped={mapping[column] === null}>
              <th scope="row">
                <bdi>{nameOf(column)}</bdi>
                <bdi className={classes.under}>{samples[0]}</bdi>
              </th>
              <td>
                <div className={classes.target}>
                  <NativeSelect
                    aria-label={words.targetOf(nameOf(column))}
                    data={TARGETS}
                    value={mapping[column] ?? ''}
                    onChange={(event) =>
                      importer.setTarget(column, importTargetSchema.safeParse(event.currentTarget.value).data ?? null)
                    }
                  />
                  {target !== null && mapping[column] === target && confidence < SURE ? (
                    <span className={classes.unsure}>{words.unsure}</span>
                  ) : null}
                </div>
              </td>
              <td className={classes.example} title={samples.join(' · ')}>
                <bdi>{samples.slice(0, EXAMPLES).join(' · ')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {leftOut.length === 0 ? null : <Notice tone="plain">{words.leftOut(leftOut)}</Notice>}
      {isUsable ? null : <Notice tone="warn">{words.needName}</Notice>}
      <div className={classes.foot}>
        <Button variant="default" onClick={importer.startOver}>
          {words.otherFile}
        </Button>
        <Button onClick={() => void importer.rehearse()} disabled={!isUsable || rows === 0 || flow.wanted !== null}>
          {words.rehearse(rows)}
        </Button>
      </div>
    </>
  )
}
