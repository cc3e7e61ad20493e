import type { ComponentProps } from 'react'
import { Notice } from './notice.tsx'
import classes from './notice-bar.module.css'

/** A notice above the page, whichever that is. */
export function NoticeBar(props: ComponentProps<typeof Notice>) {
  return (
    <div className={classes.bar}>
      <Notice {...props} />
    </div>
  )
}
