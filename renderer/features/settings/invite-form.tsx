import { Button, CopyButton, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { type Role, roleSchema } from '#shared/domain/role.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatMoment } from '../../lib/format.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.members
const ROLES = roleSchema.options.map((value) => ({ value, label: strings.roles[value] }))

interface Made {
  readonly name: string
  readonly token: string
  readonly expiresAt: string
}

/** Makes an invitation and shows its code, this once. */
export function InviteForm({ onInvited }: { readonly onInvited: () => void }) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const [role, setRole] = useState<Role>('sales')
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '' },
    validate: {
      name: (name) => (name.trim() === '' ? words.nameMissing : null),
      email: (email) => (email.trim() === '' ? words.emailMissing : null),
    },
  })

  async function invite(person: { name: string; email: string }): Promise<void> {
    setProblem(null)
    const answer = await askOnline(client.request, 'members.invite', { ...person, role })
    if (!answer.ok) return setProblem(answer.error.message)
    setMade({ ...answer.value, name: person.name.trim() })
    form.reset()
    onInvited()
  }

  return (
    <div className={classes.stack}>
      {made === null ? null : (
        <output className={classes.code}>
          <strong>{words.codeTitle(made.name)}</strong>
          <code>{made.token}</code>
          <span>{words.codeLead(formatMoment(made.expiresAt))}</span>
          <CopyButton value={made.token}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        </output>
      )}
      <form className={classes.form} onSubmit={form.onSubmit(invite)} noValidate>
        <TextInput
          label={words.inviteName}
          autoComplete="off"
          maxLength={200}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={words.inviteEmail}
          type="email"
          autoComplete="off"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <NativeSelect
          size="xs"
          label={words.inviteRole}
          description={words.roleLead[role]}
          data={ROLES}
          value={role}
          onChange={(event) => setRole(roleSchema.parse(event.currentTarget.value))}
        />
        <Problem text={problem} />
        <BusyButton type="submit" isBusy={form.submitting}>
          {words.inviteSubmit}
        </BusyButton>
      </form>
    </div>
  )
}
