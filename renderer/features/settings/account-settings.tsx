import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Page } from '../../components/page.tsx'
import { Problem } from '../../components/problem.tsx'
import { useCompanies } from '../../hooks/use-companies.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useSignOut } from '../../hooks/use-sign-out.ts'
import { routes } from '../../lib/routes.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const words = strings.settings.account
const PASSWORD_LENGTH = 8

/** Who is signed in: name and role, password, other companies, and the way out. */
export function AccountSettings() {
  const { user, workspace } = useSignedIn()
  const signOut = useSignOut()
  return (
    <Page title={strings.settings.sections.account}>
      <Facts className={classes.facts ?? ''}>
        <Fact label={words.name}>{user.name}</Fact>
        <Fact label={words.email}>{user.email}</Fact>
        <Fact label={words.company}>{workspace.companyName}</Fact>
        <Fact label={words.role}>{strings.roles[workspace.role]}</Fact>
      </Facts>
      <Section title={words.password}>
        <PasswordForm />
      </Section>
      <Section title={words.companies}>
        <OtherCompanies />
      </Section>
      <Section title={words.signOutTitle} lead={words.signOutLead}>
        <Button variant="default" onClick={() => void signOut()}>
          {strings.actions.signOut}
        </Button>
      </Section>
    </Page>
  )
}

function PasswordForm() {
  const { client } = useReplica()
  const { user } = useSignedIn()
  const [problem, setProblem] = useState<string | null>(null)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', next: '' },
    validate: {
      current: (current) => (current === '' ? words.currentMissing : null),
      next: (next) => (next.length < PASSWORD_LENGTH ? words.nextShort : null),
    },
  })

  async function change(values: { current: string; next: string }): Promise<void> {
    setProblem(null)
    const answer = await client.request('account.changePassword', values).catch(() => null)
    if (answer?.ok === true) {
      form.reset()
      notifications.show({ message: words.changed })
      return
    }
    const { field, message } = answer?.error ?? { message: strings.settings.failed }
    if (field === 'current' || field === 'next') form.setFieldError(field, message)
    else setProblem(message)
  }

  return (
    <form className={classes.form} onSubmit={form.onSubmit(change)} noValidate>
      {/* For password managers, which otherwise don't know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={user.email} />
      <PasswordInput
        label={words.current}
        autoComplete="current-password"
        key={form.key('current')}
        {...form.getInputProps('current')}
      />
      <PasswordInput
        label={words.next}
        description={words.nextHint}
        autoComplete="new-password"
        key={form.key('next')}
        {...form.getInputProps('next')}
      />
      <Problem text={problem} />
      <BusyButton type="submit" variant="default" isBusy={form.submitting}>
        {words.change}
      </BusyButton>
    </form>
  )
}

function OtherCompanies() {
  const { client } = useReplica()
  const { companies, switchTo } = useCompanies()
  const [, navigate] = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  const others = companies.filter((company) => !company.isOpen)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: { code: (code) => (code.trim() === '' ? words.invitationMissing : null) },
  })

  async function join({ code }: { code: string }): Promise<void> {
    const answer = await client.request('account.acceptInvitation', { code }).catch(() => null)
    if (answer?.ok === true) navigate(routes.customers, { replace: true })
    else form.setFieldError('code', answer?.error.message ?? strings.settings.failed)
  }

  return (
    <div className={classes.stack}>
      {others.length === 0 ? (
        <p className={classes.note}>{words.noOthers}</p>
      ) : (
        <div className={classes.wrap}>
          {others.map(({ companyId, companyName, unsent }) => (
            <Button key={companyId} variant="default" onClick={() => void switchTo(companyId).then(setProblem)}>
              {words.switchTo(companyName, unsent)}
            </Button>
          ))}
        </div>
      )}
      <Problem text={problem} />
      <form className={classes.form} onSubmit={form.onSubmit(join)} noValidate>
        <TextInput
          label={words.invitation}
          description={words.invitationLead}
          autoComplete="off"
          spellCheck={false}
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        <BusyButton type="submit" variant="default" isBusy={form.submitting}>
          {words.join}
        </BusyButton>
      </form>
    </div>
  )
}
