import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { type NoteLine, type NoteSpan, readNotes } from '../lib/notes-text.ts'
import classes from './formatted-notes.module.css'
import look from './notes-text.module.css'

/** What notes are made of; within what is pressed as a whole nothing but phrases may stand. */
const BLOCKS = { Notes: 'div', Line: 'p', List: 'ul', Item: 'li' } as const
const PHRASES = { Notes: 'span', Line: 'span', List: 'span', Item: 'span' } as const
type Parts = typeof BLOCKS | typeof PHRASES

/** Notes with their bold, italic, links and lists. Made of elements, never of HTML: what isn't understood is text. */
export function FormattedNotes({ text, hasLinks }: { readonly text: string; readonly hasLinks: boolean }) {
  const lines = readNotes(text).map((line) =>
    hasLinks ? line : { ...line, spans: line.spans.map((span) => ({ ...span, href: null })) },
  )
  const parts = hasLinks ? BLOCKS : PHRASES
  const { Notes } = parts
  return (
    <Notes className={cx(classes.notes, look.text)}>
      {blocksOf(lines).map((block, key) => renderBlock(block, key, parts))}
    </Notes>
  )
}

/** Lines of a list that follow each other stand in one. */
function blocksOf(lines: readonly NoteLine[]): NoteLine[][] {
  const blocks: NoteLine[][] = []
  for (const line of lines) {
    const last = blocks.at(-1)
    if (line.kind !== 'text' && last !== undefined && last[0]?.kind !== 'text') last.push(line)
    else blocks.push([line])
  }
  return blocks
}

function renderBlock(block: readonly NoteLine[], key: number, { Line, List, Item }: Parts): ReactNode {
  const [first] = block
  if (first === undefined || first.kind === 'text') {
    const spans = first?.spans ?? []
    return (
      <Line key={key} className={classes.line}>
        {spans.length === 0 ? '\u00a0' : spans.map(renderSpan)}
      </Line>
    )
  }
  return (
    <List key={key} className={classes.line}>
      {block.map(({ kind, marker, indent, spans }, index) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and the whole text is read anew.
          key={index}
          className={classes.item}
          data-indent={indent.length > 1 ? Math.min(4, indent.length >> 1) : 0}
        >
          <span className={classes.marker} aria-hidden={kind === 'bullet'}>
            {kind === 'bullet' ? '•' : marker}
          </span>{' '}
          <span>{spans.map(renderSpan)}</span>
        </Item>
      ))}
    </List>
  )
}

function renderSpan({ text, bold, italic, href }: NoteSpan, key: number): ReactNode {
  let shown: ReactNode = text
  if (italic) shown = <em>{shown}</em>
  if (bold) shown = <strong>{shown}</strong>
  if (href === null) return <span key={key}>{shown}</span>
  return (
    <a key={key} href={href} target={/^https?:/i.test(href) ? '_blank' : undefined} rel="noopener noreferrer">
      {shown}
    </a>
  )
}
