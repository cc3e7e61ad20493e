import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Result } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Page } from '../../components/page.tsx'
import { useCompanies } from '../../hooks/use-companies.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { formatCount } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { storagePersistence } from '../../lib/storage-persistence.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { useReplicaFacts } from './use-replica-facts.ts'

const words = strings.settings.data

/** What lies on this device, and its upkeep. */
export function DataSettings() {
  const { facts, reload } = useReplicaFacts()
  const persistence = useStore(storagePersistence)
  const room = useRoom()
  return (
    <Page title={strings.settings.sections.data} lead={words.lead}>
      <Facts className={classes.facts ?? ''}>
        {facts === null ? null : (
          <>
            <Fact label={words.customers}>{formatCount(facts.customers)}</Fact>
            <Fact label={words.records}>{words.recordsCount(facts.records)}</Fact>
            <Fact label={words.unsent}>{facts.unsent === 0 ? words.unsentNone : words.unsentCount(facts.unsent)}</Fact>
            <Fact label={words.encryption}>{facts.isEncrypted ? words.encrypted : words.notEncrypted}</Fact>
          </>
        )}
        {room.now === null ? null : <Fact label={words.room}>{words.roomOf(room.now.usage, room.now.quota)}</Fact>}
        {persistence === 'unknown' ? null : <Fact label={words.persistence}>{words.storage[persistence]}</Fact>}
      </Facts>
      <Upkeep
        unsent={facts?.unsent ?? 0}
        onChange={() => {
          reload()
          room.measure()
        }}
      />
    </Page>
  )
}

interface Room {
  readonly usage: number
  readonly quota: number
}

/** How much the browser says that the app takes; null where it doesn't. */
function useRoom(): { readonly now: Room | null; readonly measure: () => void } {
  const [now, setNow] = useState<Room | null>(null)
  const measure = useCallback(() => {
    navigator.storage?.estimate?.().then(
      ({ usage, quota }) => setNow(usage === undefined || quota === undefined ? null : { usage, quota }),
      () => setNow(null),
    )
  }, [])
  useEffect(measure, [measure])
  return { now, measure }
}

function Upkeep({ unsent, onChange }: { readonly unsent: number; readonly onChange: () => void }) {
  const { client } = useReplica()
  const { workspace } = useSignedIn()
  const { companies } = useCompanies()
  const [, navigate] = useLocation()
  const [isCompacting, setIsCompacting] = useState(false)
  const company = workspace.companyName

  async function run(what: Promise<Result<null>>, done: string): Promise<boolean> {
    const answer = await what.catch(() => null)
    const message = answer?.ok === true ? done : (answer?.error.message ?? strings.settings.failed)
    notifications.show(answer?.ok === true ? { message } : { color: 'red', title: words.didNotWork, message })
    onChange()
    return answer?.ok === true
  }

  async function compact(): Promise<void> {
    setIsCompacting(true)
    await run(client.request('data.compact', null), words.compacted)
    setIsCompacting(false)
  }

  function confirmRebuild(): void {
    modals.openConfirmModal({
      title: words.rebuildTitle,
      children: words.rebuildBody(unsent),
      labels: { confirm: words.rebuild, cancel: strings.actions.cancel },
      onConfirm: () => void run(client.request('data.rebuild', null), words.rebuildStarted),
    })
  }

  async function forget(discardUnsent: boolean): Promise<void> {
    const isDone = await run(client.request('account.forgetCompany', { discardUnsent }), words.forgotten(company))
    if (isDone) navigate(routes.customers, { replace: true })
  }

  function confirmForget(): void {
    modals.openConfirmModal({
      title: words.forgetTitle(company),
      children: [words.forgetLead(company), ...(unsent === 0 ? [] : [' ', words.forgetUnsent(unsent)])],
      labels: { confirm: unsent === 0 ? words.forget : words.forgetAnyway, cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void forget(unsent > 0),
    })
  }

  return (
    <Section title={words.upkeep}>
      <div className={classes.act}>
        <div>
          {words.compact}
          <p>{words.compactLead}</p>
        </div>
        <BusyButton variant="default" isBusy={isCompacting} onClick={() => void compact()}>
          {words.compact}
        </BusyButton>
      </div>
      <div className={classes.act}>
        <div>
          {words.rebuild}
          <p>{words.rebuildLead}</p>
        </div>
        <Button variant="default" onClick={confirmRebuild}>
          {words.rebuild}
        </Button>
      </div>
      {companies.length < 2 ? null : (
        <div className={classes.act}>
          <div>
            {words.forget}
            <p>{words.forgetLead(company)}</p>
          </div>
          <Button variant="default" color="red" onClick={confirmForget}>
            {words.forget}
          </Button>
        </div>
      )}
    </Section>
  )
}
