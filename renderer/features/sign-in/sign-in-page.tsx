import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDocumentTitle, useNetwork } from '@mantine/hooks'
import { useState } from 'react'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import classes from '../../components/entry-page.module.css'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { OtherServerButton } from './other-server-button.tsx'

const words = strings.signIn

/** E-mail and password. Errors stand at the field they are about, or above the button. */
export function SignInPage() {
  const { client, session } = useReplica()
  const { online } = useNetwork()
  const [problem, setProblem] = useState<string | null>(null)
  const [isInvited, setIsInvited] = useState(false)
  useDocumentTitle(`${words.title} · ${strings.appName}`)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', invitation: '' },
    validate: {
      email: (email) => (email.trim() === '' ? words.emailMissing : null),
      password: (password) => (password === '' ? words.passwordMissing : null),
    },
  })

  async function signIn(values: { email: string; password: string; invitation: string }): Promise<void> {
    setProblem(null)
    const { password } = values
    const invitation = values.invitation.trim()
    try {
      const answer = await client.request('session.signIn', {
        email: values.email.trim(),
        password,
        ...(invitation === '' ? {} : { invitation }),
      })
      if (answer.ok) {
        session.set(answer.value)
        return
      }
      const { field, message } = answer.error
      if (field === 'email' || field === 'password' || field === 'invitation') form.setFieldError(field, message)
      else setProblem(message)
    } catch {
      setProblem(words.unexpected)
    }
  }

  return (
    <main className={classes.screen}>
      <form className={classes.form} onSubmit={form.onSubmit(signIn)} noValidate>
        <Logo size={36} />
        <div>
          <h1>{strings.appName}</h1>
          <p className={classes.lead}>{words.lead}</p>
        </div>
        {online ? null : <Notice tone="warn">{words.offline}</Notice>}
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="sm"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={words.password}
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {isInvited ? (
          <TextInput
            label={words.invitation}
            size="sm"
            autoComplete="off"
            spellCheck={false}
            autoFocus
            key={form.key('invitation')}
            {...form.getInputProps('invitation')}
          />
        ) : (
          <Button variant="subtle" size="compact-xs" onClick={() => setIsInvited(true)}>
            {words.invited}
          </Button>
        )}
        <Problem text={problem} />
        <BusyButton type="submit" size="sm" fullWidth isBusy={form.submitting}>
          {words.submit}
        </BusyButton>
        <OtherServerButton />
      </form>
    </main>
  )
}
