import { Button, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useState } from 'react'
import type { CustomerField } from '#shared/domain/customer.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { NotesEditor } from '../../components/notes-editor.tsx'
import { Notice } from '../../components/notice.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { type CustomerFormValues, formErrors } from '../../lib/customer-form-values.ts'
import { commandKey } from '../../lib/platform.ts'
import classes from './customer-form.module.css'
import { AddressInput } from './customer-form-address.tsx'
import { OwnerSelect } from './customer-form-owner.tsx'
import { LINE_INPUTS } from './line-inputs.ts'
import { useCustomerTags } from './use-customer-tags.ts'

const words = strings.form
const { create } = strings

const STEPS = ['basics', 'address', 'notes'] as const
type Step = (typeof STEPS)[number]
const FIELDS = {
  basics: ['name', 'email', 'phone', 'website'],
  address: ['address', 'ownerId'],
  notes: ['tags', 'notes'],
} as const satisfies Readonly<Record<Step, readonly CustomerField[]>>
/** The value of the button that goes on. */
const NEXT = 'next'

/** The fields of a customer, the same to create and to edit. One column, the main action last. */
export function CustomerForm({
  formName,
  initial,
  submitLabel,
  before,
  isInSteps = false,
  warning,
  onSubmit,
  onCancel,
}: {
  /** Under this name unsaved input is kept when somebody goes away from the form. */
  readonly formName: string
  readonly initial: CustomerFormValues
  readonly submitLabel: string
  /** The stored values when editing: what was wrong before is not complained about. */
  readonly before?: CustomerFormValues
  /** A few fields after the other, where a whole form would be long; it can be sent from each step. */
  readonly isInSteps?: boolean
  /** Shown below the fields that tell who it is. */
  readonly warning: (values: CustomerFormValues) => ReactNode
  /** Saves; null when that worked. */
  readonly onSubmit: (values: CustomerFormValues) => Promise<AppError | null>
  readonly onCancel: () => void
}) {
  const { drafts } = useReplica()
  const tags = useCustomerTags()
  const [draft, setDraft] = useState(() => drafts.get(formName))
  const [problem, setProblem] = useState<string | null>(null)
  const [step, setStep] = useState<Step>('basics')
  const form = useForm<CustomerFormValues>({
    mode: 'controlled',
    initialValues: draft ?? initial,
    validate: (values) => formErrors(values, before),
    validateInputOnBlur: ['email'],
    onValuesChange: (values) => drafts.keep(formName, values),
  })

  /** Enter and the first button of a step go on, as long as there is a step to go to. */
  function goOn(): void {
    const next = STEPS[STEPS.indexOf(step) + 1]
    const isWrong = FIELDS[step].filter((field) => form.validateField(field).hasError).length > 0
    if (isWrong) focusFirstError()
    else if (next !== undefined) setStep(next)
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    const { submitter } = event.nativeEvent
    if (submitter instanceof HTMLButtonElement && submitter.value === NEXT) {
      event.preventDefault()
      goOn()
    } else form.onSubmit(save, focusErrors)(event)
  }

  function focusErrors(errors: Readonly<Record<string, unknown>>): void {
    const at = STEPS.find((one) =>
      FIELDS[one].some((field) => Object.keys(errors).some((key) => key.startsWith(field))),
    )
    if (at !== undefined) setStep(at)
    focusFirstError()
  }

  async function save(values: CustomerFormValues): Promise<void> {
    setProblem(null)
    const error = await onSubmit(values)
    if (error === null) {
      drafts.forget([formName])
      return
    }
    if (error.field !== undefined && Object.hasOwn(values, error.field)) form.setFieldError(error.field, error.message)
    else setProblem(error.message)
  }

  function startOver(): void {
    form.setValues(initial)
    form.clearErrors()
    drafts.forget([formName])
    setDraft(null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.key === 'Escape') {
      // An open list of choices closes first.
      if (event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true') return
      event.preventDefault()
      onCancel()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.currentTarget.requestSubmit()
    }
  }

  const shows = (one: Step): boolean => !isInSteps || step === one
  return (
    <form className={classes.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      {draft === null ? null : (
        <Notice
          tone="plain"
          action={
            <Button variant="default" onClick={startOver}>
              {words.draftDiscard}
            </Button>
          }
        >
          {words.draft}
        </Notice>
      )}
      {isInSteps ? (
        <p className={classes.step} role="status">
          {create.step(STEPS.indexOf(step) + 1, STEPS.length, create.steps[step])}
        </p>
      ) : null}
      {shows('basics') ? (
        <>
          {FIELDS.basics.map((field) => (
            <TextInput
              key={field}
              label={strings.fields[field]}
              autoComplete="off"
              {...(field === 'name' && {
                required: true,
                withAsterisk: false,
                'data-autofocus': true,
                autoFocus: true,
              })}
              {...LINE_INPUTS[field]}
              {...form.getInputProps(field)}
            />
          ))}
          {warning(form.values)}
        </>
      ) : null}
      {shows('address') ? (
        <>
          <AddressInput autoFocus={isInSteps} {...form.getInputProps('address')} />
          <OwnerSelect
            label={strings.fields.ownerId}
            value={form.values.ownerId}
            onChange={(ownerId) => form.setFieldValue('ownerId', ownerId)}
          />
        </>
      ) : null}
      {shows('notes') ? (
        <>
          <TagsInput
            label={strings.fields.tags}
            description={words.tagsHint}
            data={[...tags]}
            splitChars={[',', ';']}
            {...form.getInputProps('tags')}
            // Mantine names an array's error by its first entry.
            error={form.errors.tags ?? form.errors['tags.0']}
          />
          <NotesEditor
            label={strings.fields.notes}
            autoFocus={isInSteps}
            value={form.values.notes}
            error={typeof form.errors.notes === 'string' ? form.errors.notes : null}
            onChange={(notes) => form.setFieldValue('notes', notes)}
          />
        </>
      ) : null}
      <Problem text={problem} />
      <div className={classes.actions}>
        <span className={classes.hint}>{words.shortcut(commandKey())}</span>
        {isInSteps && step !== 'basics' ? (
          <Button variant="default" onClick={() => setStep(STEPS[STEPS.indexOf(step) - 1] ?? 'basics')}>
            {strings.actions.back}
          </Button>
        ) : (
          <Button variant="default" onClick={onCancel}>
            {strings.actions.cancel}
          </Button>
        )}
        {isInSteps && step !== 'notes' ? (
          <Button type="submit" value={NEXT} variant="default">
            {create.next}
          </Button>
        ) : null}
        <Button type="submit">{submitLabel}</Button>
      </div>
    </form>
  )
}

function focusFirstError(): void {
  // The messages are in the page after this render.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
