import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef, useState } from 'react'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { Problem } from '../../components/problem.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { COUNTRIES, countryName } from '../../lib/countries.ts'
import { spoken } from '../../texts/spoken.ts'
import { ChatLinkForm } from './chat-link-form.tsx'
import { PhoneRekeying } from './phone-rekeying.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.company

interface Company {
  readonly name: string
  readonly country: string
}

const countries = COUNTRIES.map((value) => ({ value, label: countryName(value) })).toSorted((a, b) =>
  a.label.localeCompare(b.label),
)

/** Name and country of the company; owners change them. */
export function CompanySettings() {
  const { workspace } = useSignedIn()
  const permission = companyPermission(workspace.role, 'changeCompany')
  return (
    <Page title={strings.settings.sections.company}>
      {permission.allowed ? (
        <>
          <PhoneRekeying country={workspace.country} />
          <CompanyForm key={workspace.companyId} />
          <ChatLinkForm key={`${workspace.companyId} chats`} />
        </>
      ) : (
        <>
          <Facts className={classes.facts ?? ''}>
            <Fact label={words.name}>{workspace.companyName}</Fact>
            <Fact label={words.country}>{countryName(workspace.country)}</Fact>
          </Facts>
          <p className={classes.note}>{spoken(permission.reason)}</p>
        </>
      )}
    </Page>
  )
}

function CompanyForm() {
  const { client, rows } = useReplica()
  const { all } = useStore(rows)
  const { workspace } = useSignedIn()
  const [problem, setProblem] = useState<string | null>(null)
  const { companyName: name, country } = workspace
  const before = { name, country }
  const form = useForm<Company>({
    mode: 'controlled',
    initialValues: before,
    validate: { name: (typed) => (typed.trim() === '' ? words.nameMissing : null) },
  })

  // What a colleague changes arrives where nothing is being typed.
  const stored = useRef(before)
  useEffect(() => {
    const now = { name, country }
    for (const field of ['name', 'country'] as const)
      if (form.getValues()[field] === stored.current[field]) form.setFieldValue(field, now[field])
    stored.current = now
  }, [form.getValues, form.setFieldValue, name, country])

  async function change(next: Company): Promise<void> {
    setProblem(null)
    const answer = await askOnline(client.request, 'company.update', next)
    if (answer.ok) showUndoToast('company', words.saved, () => void takeBack())
    else setProblem(answer.error.message)
  }

  async function takeBack(): Promise<void> {
    const answer = await askOnline(client.request, 'company.update', before)
    if (!answer.ok) notifications.show({ color: 'red', title: words.saveFailed, message: answer.error.message })
  }

  return (
    <Section title={workspace.companyName}>
      <form className={classes.form} onSubmit={form.onSubmit(change)} noValidate>
        <TextInput label={words.name} maxLength={200} {...form.getInputProps('name')} />
        <NativeSelect
          size="xs"
          label={words.country}
          description={words.countryLead}
          data={countries}
          {...form.getInputProps('country')}
        />
        <div role="status">
          {form.getValues().country === country || all === 0 ? null : (
            <Notice tone="warn">{words.countryChanges(all)}</Notice>
          )}
        </div>
        <Problem text={problem} />
        <BusyButton type="submit" isBusy={form.submitting}>
          {words.save}
        </BusyButton>
      </form>
    </Section>
  )
}
