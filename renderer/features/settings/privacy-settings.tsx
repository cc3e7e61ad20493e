import { companyPermission } from '#shared/permissions/company-permissions.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'
import { useActor } from '../../hooks/use-replica.ts'
import { spoken } from '../../texts/spoken.ts'
import { Blocklist } from './blocklist.tsx'
import { Erasures } from './erasures.tsx'
import { FromServer } from './from-server.tsx'
import { NoPermission } from './no-permission.tsx'
import { PersonRequests } from './person-requests.tsx'
import { Retention } from './retention.tsx'
import { Section } from './section.tsx'
import { useOnline } from './use-online.ts'

const words = strings.settings.privacy

/** What the law asks: requests of a person, what was erased, who is kept for how long. */
export function PrivacySettings() {
  const actor = useActor()
  const mayExport = customerPermission(actor, 'export')
  const mayManage = companyPermission(actor.role, 'managePrivacy')
  return (
    <Page title={strings.settings.sections.privacy} lead={words.lead}>
      {mayManage.allowed ? (
        <ManagedPrivacy />
      ) : mayExport.allowed ? (
        <PersonRequests onErased={() => undefined} />
      ) : (
        <NoPermission reason={spoken(mayExport.reason)} />
      )}
    </Page>
  )
}

function ManagedPrivacy() {
  const overview = useOnline('privacy.overview')
  const erasures = useOnline('privacy.erasures')
  function erased(): void {
    overview.reload()
    erasures.reload()
  }
  return (
    <>
      <PersonRequests onErased={erased} />
      <Section title={words.erasures} lead={words.erasuresLead}>
        <FromServer of={erasures}>{(list) => <Erasures erasures={list} onLook={erasures.reload} />}</FromServer>
      </Section>
      <Section title={words.blocklist} lead={words.blocklistLead}>
        <FromServer of={overview}>{(value) => <Blocklist overview={value} />}</FromServer>
      </Section>
      <Section title={words.retention} lead={words.retentionLead}>
        <FromServer of={overview}>
          {({ years }) => <Retention years={years} onChange={overview.reload} onErased={erased} />}
        </FromServer>
      </Section>
    </>
  )
}
