import { Notice } from './notice.tsx'

/** What has just gone wrong, where it was asked for; null: nothing. */
export function Problem({ text }: { readonly text: string | null }) {
  if (text === null) return null
  return (
    <Notice tone="bad" isAlert>
      {text}
    </Notice>
  )
}
