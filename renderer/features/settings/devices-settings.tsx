import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import type { CompanyDevice } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Page } from '../../components/page.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { routes } from '../../lib/routes.ts'
import { DeviceRow } from './device-row.tsx'
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
  const { user } = useSignedIn()
  if (devices.length === 0) return <p className={classes.note}>{words.none}</p>
  return (
    <DataTable className={classes.table}>
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
          const { device, userId } = listed
          return (
            <DeviceRow
              key={`${device} ${userId}`}
              listed={listed}
              name={words.called(listed.name, numberOf(listed, devices))}
              isHere={device === here && userId === user.id}
              onChange={onChange}
            />
          )
        })}
      </tbody>
    </DataTable>
  )
}

/** The how manieth of those that its person has under this name, the oldest first: a browser tells only its system. */
function numberOf({ device, userId, name }: CompanyDevice, devices: readonly CompanyDevice[]): number {
  return (
    devices
      .filter((other) => other.userId === userId && other.name === name)
      .toSorted((a, b) => a.registeredAt.localeCompare(b.registeredAt) || a.device.localeCompare(b.device))
      .findIndex((other) => other.device === device) + 1
  )
}
