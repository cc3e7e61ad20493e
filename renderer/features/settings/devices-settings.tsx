import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import type { CompanyDevice } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { FromServer } from './from-server.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { useOnline } from './use-online.ts'
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
      <Section title={strings.settings.sections.devices}>
        <FromServer of={online}>
          {(devices) => <DeviceTable devices={devices} here={facts?.device.id ?? null} />}
        </FromServer>
      </Section>
      {isManager ? (
        <Section title={words.lost} lead={words.lostLead}>
          <Button variant="default" onClick={() => navigate(routes.settingsSection('members'))}>
            {words.toMembers}
          </Button>
        </Section>
      ) : null}
    </Page>
  )
}

function DeviceTable({ devices, here }: { readonly devices: readonly CompanyDevice[]; readonly here: string | null }) {
  const { user } = useSignedIn()
  if (devices.length === 0) return <p className={classes.note}>{words.none}</p>
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
          </tr>
        </thead>
        <tbody>
          {devices.map(({ device, userId, name, userName, lastSeenAt, registeredAt, toForget }) => (
            <tr key={`${device} ${userId}`}>
              <th scope="row">
                {name}
                {device === here && userId === user.id ? <span className={classes.badge}>{words.this}</span> : null}
              </th>
              <td>{userId === user.id ? strings.you : userName}</td>
              <td title={formatMoment(lastSeenAt)}>{formatWhen(lastSeenAt)}</td>
              <td className={classes.wide} title={formatMoment(registeredAt)}>
                {formatWhen(registeredAt)}
              </td>
              <td className={cx(classes.wide, toForget > 0 && classes.warn)}>
                {toForget === 0 ? null : words.toForget(toForget)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
