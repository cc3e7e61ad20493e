import { companyPermission } from '#shared/permissions/company-permissions.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Page } from '../../components/page.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { spoken } from '../../texts/spoken.ts'
import { FromServer } from './from-server.tsx'
import { Invitations } from './invitations.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberList } from './member-list.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { useOnline } from './use-online.ts'

const words = strings.settings.members

/** Who belongs to the company. Owners manage them; others see who is there, in which role. */
export function MembersSettings() {
  const { workspace } = useSignedIn()
  const permission = companyPermission(workspace.role, 'manageMembers')
  return (
    <Page title={strings.settings.sections.members} lead={words.lead} width="full">
      {permission.allowed ? <ManagedMembers /> : <KnownMembers reason={spoken(permission.reason)} />}
    </Page>
  )
}

function ManagedMembers() {
  const online = useOnline('members.list')
  return (
    <>
      <div className={classes.first}>
        <FromServer of={online}>
          {({ members }) => <MemberList members={members} onChange={online.reload} />}
        </FromServer>
      </div>
      <Section title={words.invite} lead={words.inviteLead}>
        <InviteForm onInvited={online.reload} />
      </Section>
      <Section title={words.invitations}>
        <FromServer of={online}>
          {({ invitations }) => <Invitations invitations={invitations} onChange={online.reload} />}
        </FromServer>
      </Section>
    </>
  )
}

/** From the replica: also without a network. */
function KnownMembers({ reason }: { readonly reason: string }) {
  const { user, workspace } = useSignedIn()
  return (
    <>
      <p className={cx(classes.note, classes.first)}>{reason}</p>
      <DataTable className={cx(classes.table, classes.first)}>
        <thead>
          <tr>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.role}</th>
          </tr>
        </thead>
        <tbody>
          {workspace.members.map(({ userId, name, role }) => (
            <tr key={userId}>
              <th scope="row">{userId === user.id ? words.you(name) : name}</th>
              <td>
                {strings.roles[role]} <span className={classes.sub}>{words.roleLead[role]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </>
  )
}
