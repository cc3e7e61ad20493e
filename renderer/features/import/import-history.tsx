import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import type { ImportHistoryEntry } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { DataTable } from '../../components/data-table.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount, formatMoment, formatWhen } from '../../lib/format.ts'
import { spoken } from '../../texts/spoken.ts'
import type { Importer } from './import-flow.ts'
import classes from './import-history.module.css'
import { UndoImportDialog } from './undo-import-dialog.tsx'

const words = strings.import

/** The imports of the company, newest first; those of this computer with their report. */
export function ImportHistory({ importer }: { readonly importer: Importer }) {
  const { client, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const [entries, setEntries] = useState<readonly ImportHistoryEntry[]>([])
  const [undoing, setUndoing] = useState<ImportHistoryEntry | null>(null)
  const [closed, setClosed] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the data changed, or an import was closed.
  useEffect(() => {
    let isCurrent = true
    client.request('import.history', null).then(
      (found) => {
        if (isCurrent) setEntries(found)
      },
      // The list stays as it was; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, version, closed])

  if (entries.length === 0) return null
  return (
    <section className={classes.history} aria-label={words.history}>
      <h2>{words.history}</h2>
      <DataTable className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.file}</th>
            <th scope="col">{words.when}</th>
            <th scope="col" className={classes.wide}>
              {words.who}
            </th>
            <th scope="col" className={cx(classes.count, classes.wide)}>
              {words.rows}
            </th>
            <th scope="col" className={classes.count}>
              {words.made}
            </th>
            <th scope="col" className={cx(classes.count, classes.wide)}>
              {words.updatedRows}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.importId}>
              <th scope="row">
                {entry.isHere ? (
                  <button
                    type="button"
                    className={classes.link}
                    aria-label={words.reportOf(entry.fileName)}
                    onClick={() => importer.showReport(entry.importId, entry.fileName)}
                  >
                    {entry.fileName}
                  </button>
                ) : (
                  entry.fileName
                )}
              </th>
              <td title={formatMoment(entry.at)}>{formatWhen(entry.at)}</td>
              <td className={classes.wide}>{entry.isMine ? strings.you : entry.userName}</td>
              <td className={cx(classes.count, classes.wide)}>{formatCount(entry.rows)}</td>
              <td className={classes.count}>{formatCount(entry.created)}</td>
              <td className={cx(classes.count, classes.wide)}>{formatCount(entry.updated)}</td>
              <td className={classes.action}>
                <EntryAction
                  entry={entry}
                  onUndo={() => setUndoing(entry)}
                  onClosed={() => setClosed((times) => times + 1)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {entries.some(isOpenElsewhere) ? <p className={classes.hint}>{words.markEndedHint}</p> : null}
      {undoing === null ? null : (
        <UndoImportDialog importId={undoing.importId} fileName={undoing.fileName} onClose={() => setUndoing(null)} />
      )}
    </section>
  )
}

/** What can be done about an import of the history, by whoever may. */
function EntryAction({
  entry,
  onUndo,
  onClosed,
}: {
  readonly entry: ImportHistoryEntry
  readonly onUndo: () => void
  readonly onClosed: () => void
}) {
  const { importId, fileName, created, updated, hasEnded, undoneAt, isMine } = entry
  const { client } = useReplica()
  const actor = useActor()
  const permission = importUndoPermission(actor, isMine ? actor.userId : null)

  async function markEnded(): Promise<void> {
    const answer = await client.request('import.markEnded', { importId }).catch(() => null)
    const message =
      answer?.ok === true
        ? words.markedEnded(answer.value.created, answer.value.updated)
        : spoken(answer?.error.message ?? words.unexpected)
    notifications.show({ message, autoClose: 8_000 })
    onClosed()
  }

  if (undoneAt !== null) return words.undoneAt(formatWhen(undoneAt))
  if (!hasEnded) {
    return (
      <span className={classes.open}>
        {words.notEnded}
        {isOpenElsewhere(entry) ? (
          <PermissionButton
            permission={permission}
            variant="default"
            size="compact-sm"
            aria-label={words.markEndedOf(fileName)}
            onClick={() => void markEnded()}
          >
            {words.markEnded}
          </PermissionButton>
        ) : null}
      </span>
    )
  }
  if (created + updated === 0) return null
  return (
    <PermissionButton
      permission={permission}
      variant="default"
      size="compact-sm"
      aria-label={words.undoOf(fileName)}
      onClick={onUndo}
    >
      {strings.actions.undo}
    </PermissionButton>
  )
}

/** Whether it runs on another computer, or will never end since that one is lost. */
function isOpenElsewhere({ hasEnded, undoneAt, isHere }: ImportHistoryEntry): boolean {
  return !hasEnded && undoneAt === null && !isHere
}
