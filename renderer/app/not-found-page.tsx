import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { Page } from '../components/page.tsx'
import { routes } from '../lib/routes.ts'
import { strings } from './strings.ts'

/** An address that leads nowhere. */
export function NotFoundPage() {
  const [, navigate] = useLocation()
  return (
    <Page title={strings.notFound.title}>
      <Button mt={16} onClick={() => navigate(routes.customers)}>
        {strings.notFound.action}
      </Button>
    </Page>
  )
}
