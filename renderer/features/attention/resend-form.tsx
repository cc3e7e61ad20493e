import { Button, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { type CustomerField, customerFieldSchema, forEachText } from '#shared/domain/customer.ts'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import { strings } from '../../app/strings.ts'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { type CustomerFormValues, emptyFormValues, fieldsOf, formErrors } from '../../lib/customer-form-values.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './attention-item.module.css'

const words = strings.attention
type Refused = Extract<AttentionItem, { kind: 'rejected' }>

/** The fields of a refused write, to correct and send again. Fields that were not part of it stay out of it. */
export function ResendForm({ item, onDone }: { readonly item: Refused; readonly onDone: () => void }) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)
  // What stood beside it when the form opened: the comparison is out of sight from then on. What another
  // customer holds, which this one was merged into, is under nothing once the merge is undone.
  const [base] = useState(item.mergedInto === null ? item.current : null)
  const fields = Object.keys(item.changes).flatMap((name) => customerFieldSchema.safeParse(name).data ?? [])
  const form = useForm<CustomerFormValues>({
    mode: 'controlled',
    initialValues: valuesOf(item.changes),
    ...(item.field === null ? {} : { initialErrors: { [item.field]: spoken(item.reason) } }),
    validate: (values) => onlyOf(fields, formErrors(values)),
  })

  async function send(values: CustomerFormValues): Promise<void> {
    setProblem(null)
    const changes = onlyOf(fields, fieldsOf(values))
    const { customerId } = item
    const answer = await client.request('attention.resend', { customerId, changes, base }).catch(() => null)
    if (answer?.ok === true) onDone()
    else if (answer?.error.field !== undefined) form.setFieldError(answer.error.field, answer.error.message)
    else setProblem(answer?.error.message ?? words.failed)
  }

  return (
    <form className={classes.form} onSubmit={form.onSubmit(send)} noValidate>
      {fields.map((field) => (
        <FieldInput key={field} field={field} inputProps={form.getInputProps(field)} />
      ))}
      <Problem text={problem} />
      <div className={classes.actions}>
        <Button type="submit">{words.resend}</Button>
        <Button variant="default" onClick={onDone}>
          {strings.actions.cancel}
        </Button>
      </div>
    </form>
  )
}

function FieldInput({
  field,
  inputProps,
}: {
  readonly field: CustomerField
  readonly inputProps: ReturnType<ReturnType<typeof useForm<CustomerFormValues>>['getInputProps']>
}) {
  const label = strings.fields[field]
  if (field === 'tags') return <TagsInput label={label} splitChars={[',', ';']} {...inputProps} />
  if (field === 'notes') return <Textarea label={label} autosize minRows={2} maxRows={10} {...inputProps} />
  // The owner is not changed here: it goes along as it was, and is edited on the customer itself.
  if (field === 'ownerId') return null
  return <TextInput label={label} {...inputProps} />
}

function valuesOf(changes: Readonly<Record<string, unknown>>): CustomerFormValues {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const { tags, ownerId } = changes
  return {
    ...emptyFormValues(typeof ownerId === 'string' ? ownerId : null),
    name: text(changes.name),
    ...forEachText((field) => text(changes[field])),
    tags: Array.isArray(tags) ? tags.map(String) : [],
  }
}

function onlyOf<T extends object>(fields: readonly string[], record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name))) as Partial<T>
}
