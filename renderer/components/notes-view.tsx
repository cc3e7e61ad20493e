import { lazy, Suspense } from 'react'

const FormattedNotes = lazy(async () => ({ default: (await import('./formatted-notes.tsx')).FormattedNotes }))

/** What may be a mark: most notes have none, and need nothing that reads them. */
const MARKS = /[*_[\\]|https?:|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/m

/** Notes to read. Until what reads the marks is there, which is once, they show as they are written. */
export function NotesView({ text }: { readonly text: string }) {
  if (!MARKS.test(text)) return text
  return (
    <Suspense fallback={text}>
      <FormattedNotes text={text} />
    </Suspense>
  )
}
