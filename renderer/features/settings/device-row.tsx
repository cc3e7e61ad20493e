import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { CompanyDevice } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.devices

type Act = 'devices.signOut' | 'devices.forget'

/** A device, the acts on it, and below it why one failed. */
export function DeviceRow({
  listed: { device, userId, userName, lastSeenAt, registeredAt, signedOutAt, emptiedAt, toForget },
  name,
  isHere,
  onChange,
}: {
  readonly listed: CompanyDevice
  /** What it is called here, unlike any other of this person. */
  readonly name: string
  readonly isHere: boolean
  readonly onChange: () => void
}) {
  const { client } = useReplica()
  const { user } = useSignedIn()
  const [busy, setBusy] = useState<Act | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  async function act(name: Act, done: string, failed: string): Promise<void> {
    if (busy !== null) return
    setBusy(name)
    setProblem(null)
    const answer = await askOnline(client.request, name, { device, userId })
    setBusy(null)
    if (!answer.ok) return setProblem(`${failed}: ${answer.error.message}`)
    notifications.show({ message: done })
    onChange()
  }

  function confirmSignOut(): void {
    modals.openConfirmModal({
      title: words.signOutTitle(name, userName),
      children: (
        <>
          <p className={classes.note}>{words.seen(formatWhen(lastSeenAt), formatWhen(registeredAt))}</p>
          <ul className={classes.gone}>
            <li>{words.signOutLeaves}</li>
            <li>{words.signOutUnsent}</li>
            <li>{words.signOutBack}</li>
          </ul>
        </>
      ),
      labels: { confirm: words.signOut, cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void act('devices.signOut', words.signOutDone(name), words.signOutFailed),
    })
  }

  return (
    <>
      <tr>
        <th scope="row">
          {name}
          {isHere ? <span className={classes.badge}>{words.this}</span> : null}
          {signedOutAt === null ? null : (
            <span className={classes.sub} title={formatMoment(signedOutAt)}>
              {words.signedOut(formatWhen(signedOutAt))} · {emptiedAt === null ? words.notHeard : words.emptied}
            </span>
          )}
        </th>
        <td>{userId === user.id ? strings.you : userName}</td>
        <td className={classes.time} title={formatMoment(lastSeenAt)}>
          {formatWhen(lastSeenAt)}
        </td>
        <td className={cx(classes.wide, classes.time)} title={formatMoment(registeredAt)}>
          {formatWhen(registeredAt)}
        </td>
        <td className={cx(classes.wide, toForget > 0 && classes.warn)}>
          {toForget === 0 ? null : words.toForget(toForget)}
        </td>
        <td className={classes.end}>
          {isHere ? null : (
            <div className={classes.acts}>
              {signedOutAt === null ? (
                <BusyButton
                  variant="default"
                  size="compact-sm"
                  isBusy={busy === 'devices.signOut'}
                  aria-label={words.signOutOf(name, userName)}
                  onClick={confirmSignOut}
                >
                  {words.signOut}
                </BusyButton>
              ) : null}
              <BusyButton
                variant="default"
                size="compact-sm"
                isBusy={busy === 'devices.forget'}
                aria-label={words.forgetOf(name, userName)}
                onClick={() => void act('devices.forget', words.forgotten(name), words.forgetFailed)}
              >
                {words.forget}
              </BusyButton>
            </div>
          )}
        </td>
      </tr>
      {problem === null ? null : (
        <tr>
          <td colSpan={6}>
            <Problem text={problem} />
          </td>
        </tr>
      )}
    </>
  )
}
