import { Button, PasswordInput, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { LOCK_MINUTES, type LockMinutes, pinSchema } from '#shared/ipc/desktop.ts'
import { strings } from '../../app/strings.ts'
import { useDesktop } from '../../hooks/use-desktop.ts'
import { spoken } from '../../texts/spoken.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'

const words = strings.desktop.settings

/** The PIN against whoever passes an open laptop: put on, taken off with the same PIN. */
export function LockSettings({ afterMinutes }: { readonly afterMinutes: LockMinutes | null }) {
  const desktop = useDesktop()
  const [minutes, setMinutes] = useState<LockMinutes>(15)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const isOn = afterMinutes !== null

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (desktop === null) return
    if (!pinSchema.safeParse(pin).success) {
      setProblem(words.pinTooShort)
      return
    }
    const asked = isOn
      ? desktop.ask('crm:lock-remove', { pin })
      : desktop.ask('crm:lock-set', { afterMinutes: minutes, pin })
    const answer = await asked.catch(() => null)
    setPin('')
    setProblem(answer?.ok === true ? null : spoken(answer?.error.message ?? words.failed))
  }

  return (
    <Section title={words.lock} lead={words.lockLead}>
      <form className={classes.lock} onSubmit={(event) => void submit(event)} noValidate>
        {isOn ? (
          <p>{words.lockOn(afterMinutes)}</p>
        ) : (
          <Select
            label={words.lockAfter}
            allowDeselect={false}
            value={String(minutes)}
            data={LOCK_MINUTES.map((value) => ({ value: String(value), label: words.lockMinutes(value) }))}
            onChange={(value) => setMinutes(LOCK_MINUTES.find((one) => String(one) === value) ?? minutes)}
          />
        )}
        <PasswordInput
          size="xs"
          label={isOn ? words.yourPin : words.newPin}
          description={isOn ? undefined : words.newPinLead}
          autoComplete="off"
          maxLength={64}
          value={pin}
          error={problem}
          onChange={(event) => setPin(event.currentTarget.value)}
        />
        <div className={classes.lockActions}>
          <Button type="submit" variant="default">
            {isOn ? words.turnOff : words.turnOn}
          </Button>
          {isOn ? (
            <Button variant="default" onClick={() => void desktop?.ask('crm:lock-now', null)}>
              {words.lockNow}
            </Button>
          ) : null}
        </div>
      </form>
    </Section>
  )
}
