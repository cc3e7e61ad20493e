import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import classes from './filter-panel.module.css'

/** One value of a filter: what it is called, how many it would show (null: not known yet), whether it is on. */
export interface Choice {
  readonly key: string
  readonly text: string
  readonly count: number | null
  readonly isOn: boolean
  readonly toggle: () => void
}

/** The values of a filter as buttons that are on or off. */
export function FilterChoices({ choices }: { readonly choices: readonly Choice[] }) {
  return (
    <div className={classes.choices}>
      {choices.map(({ key, text, count, isOn, toggle }) => (
        <button
          key={key}
          type="button"
          aria-pressed={isOn}
          className={cx(classes.choice, isOn && classes.on, count === 0 && !isOn && classes.none)}
          onClick={toggle}
        >
          <span className={classes.text}>{text}</span>{' '}
          <span className={classes.count}>{count === null ? '' : formatCount(count)}</span>
        </button>
      ))}
    </div>
  )
}

/** A part of the filter panel with its name. */
export function FilterSection({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
