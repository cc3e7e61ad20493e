import { Link } from 'wouter'
import type { PrivacyOverview } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { locale } from '../../texts/language.ts'
import classes from './settings.module.css'

const words = strings.settings.privacy
const parts = new Intl.ListFormat(locale, { type: 'unit', style: 'long' })

/** What is remembered of erased people, and who looks like one of them now. */
export function Blocklist({ overview: { blocklist, flagged } }: { readonly overview: PrivacyOverview }) {
  const held = Object.entries(blocklist).flatMap(([kind, count]) => words.kinds[kind]?.(count) ?? [])
  return (
    <div className={classes.stack}>
      <p>{held.length === 0 ? words.blocklistNone : words.blocklistHolds(parts.format(held))}</p>
      {flagged.length === 0 ? null : (
        <div>
          <p>{words.flagged}</p>
          <ul>
            {flagged.map(({ id, name, at }) => (
              <li key={id}>
                <Link href={routes.customer(id)} className={classes.link}>
                  {name}
                </Link>{' '}
                <span className={classes.note}>{formatWhen(at)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
