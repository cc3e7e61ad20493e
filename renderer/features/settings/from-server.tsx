import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import type { Online } from './use-online.ts'

/** Shows what the server answered, that it is being asked, or why it can't be. */
export function FromServer<T>({
  of,
  children,
}: {
  readonly of: Online<T>
  readonly children: (value: T) => ReactNode
}) {
  const { state, reload } = of
  switch (state.kind) {
    case 'loading':
      return (
        <div role="status" aria-label={strings.settings.loading}>
          <Skeleton height={14} width="60%" mb={10} />
          <Skeleton height={14} width="80%" mb={10} />
          <Skeleton height={14} width="40%" />
        </div>
      )
    case 'failed':
      return (
        <Notice
          tone={state.error.code === 'unreachable' ? 'warn' : 'bad'}
          action={
            <Button variant="default" onClick={reload}>
              {strings.actions.tryAgain}
            </Button>
          }
        >
          {state.error.message}
        </Notice>
      )
    case 'ready':
      return children(state.value)
  }
}
