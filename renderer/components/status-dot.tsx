import { cx } from '../lib/cx.ts'
import classes from './status-dot.module.css'

/** A small dot that means something, with the meaning in words for those who can't see it. */
export function StatusDot({
  tone,
  label,
}: {
  readonly tone: 'calm' | 'busy' | 'waiting' | 'wrong'
  readonly label?: string
}) {
  return label === undefined ? (
    <span className={cx(classes.dot, classes[tone])} aria-hidden />
  ) : (
    <span className={cx(classes.dot, classes[tone])} role="img" aria-label={label} title={label} />
  )
}
