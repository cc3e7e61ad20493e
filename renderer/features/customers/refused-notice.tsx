import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { routes } from '../../lib/routes.ts'

/** Says on the customer itself that a change of it was refused, and leads to where it is settled. */
export function RefusedNotice({ reason }: { readonly reason: string }) {
  const [, navigate] = useLocation()
  return (
    <Notice
      tone="bad"
      action={
        <Button variant="default" onClick={() => navigate(routes.attention)}>
          {strings.detail.openAttention}
        </Button>
      }
    >
      {strings.detail.refused(reason)}
    </Notice>
  )
}
