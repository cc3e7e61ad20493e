import { Button, PasswordInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { pinSchema } from '#shared/ipc/desktop.ts'
import { strings } from '../../app/strings.ts'
import classes from '../../components/entry-page.module.css'
import { Logo } from '../../components/logo.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useSignOut } from '../../hooks/use-sign-out.ts'
import { useStore } from '../../hooks/use-store.ts'
import type { Desktop } from '../../lib/desktop.ts'
import { spoken } from '../../texts/spoken.ts'

const words = strings.desktop.lock

/** Nothing of the customers is on the page while this is; the sync goes on behind it. */
export function LockPage({ desktop }: { readonly desktop: Desktop }) {
  const session = useStore(useReplica().session)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const signOut = useSignOut(setProblem)
  useDocumentTitle(`${words.title} · ${strings.appName}`)

  async function unlock(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!pinSchema.safeParse(pin).success) {
      setProblem(strings.desktop.settings.pinTooShort)
      return
    }
    const answer = await desktop.ask('crm:unlock', { pin }).catch(() => null)
    if (answer?.ok === true) return
    setPin('')
    setProblem(spoken(answer?.error.message ?? words.failed))
  }

  return (
    <main className={classes.screen}>
      <form className={classes.form} onSubmit={(event) => void unlock(event)} noValidate>
        <Logo size={36} />
        <div>
          <h1>{words.title}</h1>
          <p className={classes.lead}>
            {session.kind === 'signedIn' ? words.lead(session.user.name) : words.leadNobody}
          </p>
        </div>
        <PasswordInput
          label={words.pin}
          autoComplete="off"
          maxLength={64}
          autoFocus
          value={pin}
          error={problem}
          onChange={(event) => setPin(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" fullWidth>
          {words.unlock}
        </Button>
        <Button variant="subtle" size="sm" fullWidth onClick={() => void signOut()}>
          {words.forgotten}
        </Button>
      </form>
    </main>
  )
}
