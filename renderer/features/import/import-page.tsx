import { strings } from '../../app/strings.ts'
import { Page } from '../../components/page.tsx'

export function ImportPage() {
  return <Page title={strings.import.title}>{strings.import.lead}</Page>
}
