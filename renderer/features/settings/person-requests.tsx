import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { renderGdprExport } from '#shared/domain/gdpr-export.ts'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { ContactLine } from '../../components/contact-line.tsx'
import { Notice } from '../../components/notice.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { INITIAL_LIST_STATE, queryOf } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import { saveTextFile } from '../../lib/save-file.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.privacy
const SHOWN = 6

/** A person asks what is held about them, or to be forgotten: finds them first. */
export function PersonRequests({ onErased }: { readonly onErased: () => void }) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<CustomerRow | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const found = useFound(search)
  return (
    <Section title={words.requests}>
      <div className={classes.stack}>
        {done === null ? null : <Erased done={done} />}
        <TextInput
          w="100%"
          maw={480}
          label={words.find}
          placeholder={words.findHint}
          autoComplete="off"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setChosen(null)
          }}
        />
        {chosen !== null || search.trim() === '' || found === null ? null : found.length === 0 ? (
          <p className={classes.note}>{words.nobody}</p>
        ) : (
          <ul className={classes.hits} aria-label={words.find}>
            {found.map((row) => (
              <li key={row.id}>
                <button type="button" className={classes.hit} onClick={() => setChosen(row)}>
                  {row.name}
                  <span className={classes.sub}>
                    <ContactLine email={row.email} phone={row.phone} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {chosen === null ? null : (
          <Person
            key={chosen.id}
            row={chosen}
            onErased={(answer) => {
              setDone(answer)
              setSearch('')
              setChosen(null)
              onErased()
            }}
          />
        )}
      </div>
    </Section>
  )
}

interface Done {
  readonly conversations: number
  readonly lookAt: readonly string[]
}

function Erased({ done: { conversations, lookAt } }: { readonly done: Done }) {
  return (
    <Notice tone="plain" isAlert>
      <p>{words.erased(conversations)}</p>
      {lookAt.length === 0 ? null : (
        <>
          <p>{words.lookAt}</p>
          <ul>
            {lookAt.map((id) => (
              <li key={id}>
                <Named id={id} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}

/** A customer by name, as far as the replica knows one. */
function Named({ id }: { readonly id: string }) {
  const { customers } = useReplica().services
  const [name, setName] = useState<string>(id)
  useEffect(() => {
    customers.getCustomerById(id).then(
      (profile) => setName(profile?.customer.name ?? id),
      () => undefined,
    )
  }, [customers, id])
  return (
    <Link href={routes.customer(id)} className={classes.link}>
      {name}
    </Link>
  )
}

function Person({ row, onErased }: { readonly row: CustomerRow; readonly onErased: (done: Done) => void }) {
  const { client } = useReplica()
  const { workspace } = useSignedIn()
  const [problem, setProblem] = useState<string | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const [isErasing, setIsErasing] = useState(false)
  const mayErase = companyPermission(workspace.role, 'managePrivacy')

  async function save(kind: 'json' | 'txt'): Promise<void> {
    setProblem(null)
    setSaved(null)
    const answer = await askOnline(client.request, 'privacy.export', { customerId: row.id })
    if (!answer.ok) return setProblem(answer.error.message)
    const file = `${words.fileName(answer.value.exportedAt.slice(0, 10))}.${kind}`
    const isSaved =
      kind === 'json'
        ? await saveTextFile(file, JSON.stringify(answer.value, null, 2))
        : await saveTextFile(file, renderGdprExport(answer.value), 'text/plain')
    if (isSaved) setSaved(file)
  }

  return (
    <div className={classes.stack}>
      <div>
        <strong>{words.chosen(row.name)}</strong>
        <span className={classes.sub}>
          <ContactLine email={row.email} phone={row.phone} />
        </span>
      </div>
      <div>
        {words.export}
        <p className={classes.note}>{words.exportLead}</p>
      </div>
      <div className={classes.wrap}>
        <Button variant="default" onClick={() => void save('txt')}>
          {words.exportText}
        </Button>
        <Button variant="default" onClick={() => void save('json')}>
          {words.exportJson}
        </Button>
      </div>
      {saved === null ? null : <p role="status">{words.exported(saved)}</p>}
      <Problem text={problem} />
      <div>
        {words.erase}
        <p className={classes.note}>{words.eraseLead}</p>
      </div>
      <PermissionButton variant="default" permission={mayErase} onClick={() => setIsErasing(true)}>
        {words.erase}
      </PermissionButton>
      {isErasing ? <EraseDialog customer={row} onClose={() => setIsErasing(false)} onErased={onErased} /> : null}
    </div>
  )
}

/** The first customers that match; null: not asked, or no answer yet. */
function useFound(typed: string): readonly CustomerRow[] | null {
  const { customers } = useReplica().services
  const [search] = useDebouncedValue(typed.trim().slice(0, 200), 80)
  const [found, setFound] = useState<readonly CustomerRow[] | null>(null)
  useEffect(() => {
    if (search === '') return setFound(null)
    let isCurrent = true
    customers.getCustomers(queryOf({ ...INITIAL_LIST_STATE, search }), { offset: 0, limit: SHOWN }).then(
      ({ rows }) => {
        if (isCurrent) setFound(rows)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [customers, search])
  return found
}
