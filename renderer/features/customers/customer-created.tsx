import { Button } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { usePageFocus } from '../../hooks/use-page-focus.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import classes from './customer-created.module.css'

const words = strings.create

/** Says that a customer is there, and where to go from here. */
export function CustomerCreated({
  name,
  onView,
  onAnother,
}: {
  readonly name: string
  readonly onView: () => void
  readonly onAnother: () => void
}) {
  const heading = usePageFocus(name)
  useShortcuts({ escape: onView })
  return (
    <div className={classes.created}>
      <h1 ref={heading} tabIndex={-1}>
        {name}
      </h1>
      <p role="status">{words.created}</p>
      <div className={classes.actions}>
        <Button variant="default" onClick={onAnother}>
          {words.another}
        </Button>
        <Button onClick={onView} autoFocus>
          {words.view}
        </Button>
      </div>
    </div>
  )
}
