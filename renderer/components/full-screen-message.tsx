import { Button } from '@mantine/core'
import classes from './full-screen-message.module.css'

/** The whole window says one thing and offers one way on. */
export function FullScreenMessage({
  title,
  body,
  action,
  onAction,
}: {
  readonly title: string
  readonly body: string
  readonly action: string
  readonly onAction: () => void
}) {
  return (
    <main className={classes.screen}>
      <div className={classes.box} role="alert">
        <h1>{title}</h1>
        <p>{body}</p>
        <Button onClick={onAction}>{action}</Button>
      </div>
    </main>
  )
}
