import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CustomerField } from '#shared/domain/customer.ts'
import { type ImportRow, importTargetSchema } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { spoken } from '../../texts/spoken.ts'
import type { Importer } from './import-flow.ts'
import classes from './import-rehearsal.module.css'
import { changesOf, valuesOf } from './row-values.ts'

const words = strings.import

/** All that a row becomes, to be corrected; what is still wrong afterwards stays open and says so. */
export function FixRowDialog({
  row,
  next,
  importer,
  onNext,
  onClose,
}: {
  readonly row: ImportRow
  /** The next row that is wrong. */
  readonly next: ImportRow | null
  readonly importer: Importer
  readonly onNext: (row: ImportRow) => void
  readonly onClose: () => void
}) {
  const [values, setValues] = useState(valuesOf(row.fields))
  const [reasons, setReasons] = useState(row.reasons)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const answer = await importer.fix(row.row, changesOf(values))
    if (!answer.ok) setReasons([{ field: null, message: answer.error.message }])
    else if (answer.value.kind === 'invalid') setReasons(answer.value.reasons)
    else if (row.kind === 'invalid' && next !== null) onNext(next)
    else onClose()
  }

  function faultOf(field: CustomerField): string | null {
    const found = reasons.find((reason) => reason.field === field)
    return found === undefined ? null : spoken(found.message)
  }

  return (
    <Modal opened onClose={onClose} title={words.fixTitle(row.row)}>
      <form className={classes.fix} onSubmit={(event) => void save(event)}>
        {reasons.flatMap(({ field, message }) =>
          field === null
            ? [
                <p key={message} className={classes.reason} role="alert">
                  {spoken(message)}
                </p>,
              ]
            : [],
        )}
        {importTargetSchema.options.map((field) => {
          const Input = field === 'notes' ? Textarea : TextInput
          return (
            <Input
              key={field}
              label={strings.fields[field]}
              value={values[field]}
              error={faultOf(field)}
              {...(field === 'tags' ? { description: words.tagsHint } : {})}
              {...(field === (row.reasons[0]?.field ?? 'name') ? { 'data-autofocus': true } : {})}
              onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
            />
          )
        })}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {strings.actions.cancel}
          </Button>
          <Button type="submit">{row.kind === 'invalid' && next !== null ? words.fixNext : words.fixSave}</Button>
        </div>
      </form>
    </Modal>
  )
}
