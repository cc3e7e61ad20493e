import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Invitation } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatMoment } from '../../lib/format.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.members

/** Who is invited and has not come yet. */
export function Invitations({
  invitations,
  onChange,
}: {
  readonly invitations: readonly Invitation[]
  readonly onChange: () => void
}) {
  const { client } = useReplica()
  if (invitations.length === 0) return <p className={classes.note}>{words.invitationsNone}</p>

  async function takeBack({ id, name }: Invitation): Promise<void> {
    const answer = await askOnline(client.request, 'members.revokeInvitation', { id })
    onChange()
    notifications.show(
      answer.ok
        ? { message: words.takenBack(name) }
        : { color: 'red', title: words.takeBackOf(name), message: answer.error.message },
    )
  }

  return (
    <DataTable className={classes.table}>
      <tbody>
        {invitations.map((invitation) => {
          const { id, name, email, role, expiresAt, isExpired } = invitation
          return (
            <tr key={id}>
              <th scope="row">
                {name}
                <span className={classes.sub}>{email}</span>
              </th>
              <td>
                {strings.roles[role]}
                <span className={classes.sub}>
                  {isExpired ? words.expired : words.expires(formatMoment(expiresAt))}
                </span>
              </td>
              <td className={classes.end}>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={words.takeBackOf(name)}
                  onClick={() => void takeBack(invitation)}
                >
                  {words.takeBack}
                </Button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </DataTable>
  )
}
