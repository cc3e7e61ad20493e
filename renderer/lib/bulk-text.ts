import type { BulkChange, BulkOutcome, BulkUndone } from '#shared/replica-api/bulk.ts'
import { strings } from '../app/strings.ts'

const words = strings.listTools.bulk

/** What an act on many came to. */
export function outcomeText({ kind }: BulkChange, { changed, notAllowed, tooManyTags, stopped }: BulkOutcome): string {
  const done = { tags: words.tagged, owner: words.owned, delete: words.deleted }[kind]
  return inSentences(changed === 0 ? words.nothing : done(changed), [
    ...(notAllowed > 0 ? [words.skipped(notAllowed)] : []),
    ...(tooManyTags > 0 ? [words.tooManyTags(tooManyTags)] : []),
    ...(stopped ? [words.stopped] : []),
  ])
}

/** What undoing such an act came to. */
export function undoneText({ restored, kept, notAllowed, missing, stopped }: BulkUndone): string {
  return inSentences(restored === 0 ? words.undoneNone : words.undone(restored), [
    ...(kept > 0 ? [words.kept(kept)] : []),
    ...(notAllowed > 0 ? [words.skipped(notAllowed)] : []),
    ...(missing > 0 ? [words.missing(missing)] : []),
    ...(stopped ? [words.stopped] : []),
  ])
}

/** What was done, which stands alone without a full stop, and what else there is to say. */
function inSentences(done: string, more: readonly string[]): string {
  return more.length === 0 ? done : [done.replace(/\.?$/, '.'), ...more].join(' ')
}
