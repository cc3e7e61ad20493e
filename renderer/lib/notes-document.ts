import { Fragment, type Mark, type Node, Schema, Slice } from 'prosemirror-model'
import { linkTarget } from '#shared/util/link-target.ts'
import { type NoteLine, type NoteSpan, type ReadNoteLine, readNotes, writeNotes } from './notes-text.ts'

/**
 * Notes as the editor holds them: a list of lines, as they are stored and merged. Lists are lines with a
 * marker, not nested lists, so that editing one line can't change how another is written.
 */
export const notesSchema = new Schema({
  nodes: {
    doc: { content: 'line+' },
    line: {
      content: 'text*',
      attrs: {
        kind: { default: 'text', validate: 'string' },
        indent: { default: '', validate: 'string' },
        marker: { default: '', validate: 'string' },
        /** The text it was read from. */
        source: { default: null, validate: 'string|null' },
      },
      parseDOM: [{ tag: 'li', getAttrs: (item) => attrsOfItem(item) }, { tag: 'p' }],
      toDOM: ({ attrs: { kind, indent, marker } }) => [
        'p',
        { 'data-kind': kind, 'data-marker': kind === 'bullet' ? '•' : marker, 'data-indent': depthOf(indent) },
        0,
      ],
    },
    text: {},
  },
  marks: {
    href: {
      attrs: { href: { validate: 'string' } },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: (link) => hrefOf(link) }],
      toDOM: ({ attrs }) => ['a', { href: attrs.href, rel: 'noopener noreferrer' }, 0],
    },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }, { style: 'font-weight=bold' }], toDOM: () => ['strong', 0] },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
  },
})

const { bold: BOLD, italic: ITALIC, href: HREF } = notesSchema.marks

/** How deep a line of a list stands, from 0 to 4. */
export function depthOf(indent: string): number {
  return Math.min(4, Math.ceil(indent.replaceAll('\t', '  ').length / 2))
}

/** The document of a text. */
export function documentOf(text: string): Node {
  return notesSchema.node('doc', null, nodesOf(text))
}

/** What is pasted as text, as lines. */
export function sliceOf(text: string): Slice {
  return new Slice(Fragment.from(nodesOf(text.replaceAll(/\r\n?/g, '\n'))), 1, 1)
}

/** The text of a document, or of a part of one. Lines that were not edited are written as they were. */
export function textOfDocument(content: Fragment): string {
  const lines: ReadNoteLine[] = []
  content.forEach((node) => {
    const { kind, indent, marker, source } = node.attrs
    const { rows } = spansByRow(node)
    for (const spans of rows) lines.push({ kind, indent, marker, source, spans })
  })
  return writeNotes(lines)
}

function nodesOf(text: string): Node[] {
  return readNotes(text).map(({ spans, ...attrs }) => notesSchema.node('line', attrs, spans.map(nodeOfSpan)))
}

function nodeOfSpan({ text, bold, italic, href }: NoteSpan): Node {
  const marks: Mark[] = []
  if (href !== null) marks.push(notesSchema.mark('href', { href }))
  if (bold) marks.push(notesSchema.mark('bold'))
  if (italic) marks.push(notesSchema.mark('italic'))
  return notesSchema.text(text, marks)
}

/** What a line says; pasted line breaks inside of it make several. */
function spansByRow(node: Node): { readonly rows: readonly (readonly NoteSpan[])[] } {
  const rows: NoteSpan[][] = [[]]
  node.forEach((child) => {
    const look = {
      bold: BOLD?.isInSet(child.marks) !== undefined,
      italic: ITALIC?.isInSet(child.marks) !== undefined,
      href: String(HREF?.isInSet(child.marks)?.attrs.href ?? '') || null,
    }
    const [first = '', ...others] = (child.text ?? '').split('\n')
    rows.at(-1)?.push({ ...look, text: first })
    for (const text of others) rows.push([{ ...look, text }])
  })
  return { rows }
}

function attrsOfItem(item: HTMLElement): Omit<NoteLine, 'spans'> {
  const list = item.parentElement
  if (list?.tagName !== 'OL') return { kind: 'bullet', indent: '', marker: '-' }
  return { kind: 'number', indent: '', marker: `${[...list.children].indexOf(item) + 1}.` }
}

function hrefOf(link: HTMLElement): { href: string } | false {
  const href = linkTarget(link.getAttribute('href') ?? '')
  return href === null ? false : { href }
}
