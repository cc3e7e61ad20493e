import { lazy, Suspense } from 'react'
import classes from './formatted-notes.module.css'

const load = () => import('./formatted-notes.tsx')
const FormattedNotes = lazy(async () => ({ default: (await load()).FormattedNotes }))

/** What may be a mark: most notes have none, and need nothing that reads them. */
const MARKS = /[*_[\\]|https?:|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/m

/** Fetches what reads the marks, before notes are looked at. A failure is told when they are. */
export function prepareNotes(): void {
  load().catch(() => undefined)
}

/** Notes to read. Until what reads the marks is there, which is once, they keep their room: marks are not for reading. */
export function NotesView({ text, hasLinks = true }: { readonly text: string; readonly hasLinks?: boolean }) {
  if (!MARKS.test(text)) return text
  return (
    <Suspense fallback={<span className={classes.coming}>{text}</span>}>
      <FormattedNotes text={text} hasLinks={hasLinks} />
    </Suspense>
  )
}
