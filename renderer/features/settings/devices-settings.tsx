import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useLocation } from 'wouter'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import type { CompanyDevice } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { FromServer } from './from-server.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { askOnline, useOnline } from './use-online.ts'
import { useReplicaFacts } from './use-replica-facts.ts'

const words = strings.settings.devices

/** The devices that hold a copy of the company's customers. */
export function DevicesSettings() {
  const [, navigate] = useLocation()
  const { workspace } = useSignedIn()
  const online = useOnline('devices.list')
  const { facts } = useReplicaFacts()
  const isManager = companyPermission(workspace.role, 'manageMembers').allowed
  return (
    <Page title={strings.settings.sections.devices} lead={isManager ? words.lead : words.leadMine} width="full">
      <div className={classes.first}>
        <FromServer of={online}>
          {(devices) => <DeviceTable devices={devices} here={facts?.device.id ?? null} onChange={online.reload} />}
        </FromServer>
      </div>
      <Section title={words.lost} lead={words.lostLead}>
        {isManager ? (
          <>
            <p className={classes.lead}>{words.lostPerson}</p>
            <Button variant="default" onClick={() => navigate(routes.settingsSection('members'))}>
              {words.toMembers}
            </Button>
          </>
        ) : null}
      </Section>
    </Page>
  )
}

function DeviceTable({
  devices,
  here,
  onChange,
}: {
  readonly devices: readonly CompanyDevice[]
  /** The id of this device; null: not known yet. */
  readonly here: string | null
  readonly onChange: () => void
}) {
  const { client } = useReplica()
  const { user } = useSignedIn()
  if (devices.length === 0) return <p className={classes.note}>{words.none}</p>

  async function signOut({ device, userId, name }: CompanyDevice): Promise<void> {
    const answer = await askOnline(client.request, 'devices.signOut', { device, userId })
    onChange()
    notifications.show(
      answer.ok
        ? { message: words.signOutDone(name) }
        : { color: 'red', title: words.signOutFailed, message: answer.error.message },
    )
  }

  function confirmSignOut(listed: CompanyDevice): void {
    const { name, userName } = listed
    modals.openConfirmModal({
      title: words.signOutTitle(name, userName),
      children: (
        <ul className={classes.gone}>
          <li>{words.signOutLeaves}</li>
          <li>{words.signOutUnsent}</li>
          <li>{words.signOutBack}</li>
        </ul>
      ),
      labels: { confirm: words.signOut, cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void signOut(listed),
    })
  }

  async function forget({ device, userId, name }: CompanyDevice): Promise<void> {
    const answer = await askOnline(client.request, 'devices.forget', { device, userId })
    onChange()
    notifications.show(
      answer.ok
        ? { message: words.forgotten(name) }
        : { color: 'red', title: words.forgetFailed, message: answer.error.message },
    )
  }

  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.device}</th>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.lastSeen}</th>
            <th scope="col" className={classes.wide}>
              {words.since}
            </th>
            <th scope="col" className={classes.wide}>
              {words.forgets}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {devices.map((listed) => {
            const { device, userId, name, userName, lastSeenAt, registeredAt, signedOutAt, emptiedAt, toForget } =
              listed
            const isHere = device === here && userId === user.id
            return (
              <tr key={`${device} ${userId}`}>
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
                <td title={formatMoment(lastSeenAt)}>{formatWhen(lastSeenAt)}</td>
                <td className={classes.wide} title={formatMoment(registeredAt)}>
                  {formatWhen(registeredAt)}
                </td>
                <td className={cx(classes.wide, toForget > 0 && classes.warn)}>
                  {toForget === 0 ? null : words.toForget(toForget)}
                </td>
                <td className={classes.end}>
                  {isHere ? null : (
                    <div className={classes.acts}>
                      {signedOutAt === null ? (
                        <Button
                          variant="default"
                          size="compact-sm"
                          aria-label={words.signOutOf(name, userName)}
                          onClick={() => confirmSignOut(listed)}
                        >
                          {words.signOut}
                        </Button>
                      ) : null}
                      <Button
                        variant="default"
                        size="compact-sm"
                        aria-label={words.forgetOf(name, userName)}
                        onClick={() => void forget(listed)}
                      >
                        {words.forget}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
