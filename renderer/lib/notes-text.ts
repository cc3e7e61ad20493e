import MarkdownIt from 'markdown-it'
import { isSafeHref } from '#shared/util/link-target.ts'

/** A piece of a line that looks the same throughout. */
export interface NoteSpan {
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
  /** Where it leads: http, https, mailto or tel; null: nowhere. */
  readonly href: string | null
}

/** What a line of notes says. */
export interface NoteLine {
  readonly kind: 'text' | 'bullet' | 'number'
  /** Blanks before the marker of a list. */
  readonly indent: string
  /** `-`, `*`, `+`, or a number with `.` or `)`; empty for text. */
  readonly marker: string
  readonly spans: readonly NoteSpan[]
}

/** A line with the text it was read from; null: written anew. */
export interface ReadNoteLine extends NoteLine {
  readonly source: string | null
}

// Line by line, as notes are merged, and nothing but emphasis, links and escapes: all else is text.
const markdown = new MarkdownIt('zero', { linkify: true }).enable(['emphasis', 'link', 'escape', 'linkify'])
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
markdown.validateLink = isSafeHref
// An address stays as it was written.
markdown.normalizeLink = (href) => href
markdown.normalizeLinkText = (text) => text

const LIST = /^([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+|$)/

/** Reads notes: text with the emphasis, links and lists of Markdown. Anything is a text; nothing is lost of it. */
export function readNotes(text: string): ReadNoteLine[] {
  return text.split('\n').map((source) => ({ ...readLine(source), source }))
}

/** Writes notes. A line that says what its source said is that source, whatever else it could be. */
export function writeNotes(lines: readonly ReadNoteLine[]): string {
  return lines
    .map((line) => (line.source !== null && saysTheSame(readLine(line.source), line) ? line.source : writeLine(line)))
    .join('\n')
}

function readLine(source: string): NoteLine {
  const list = LIST.exec(source)
  if (list === null) return { kind: 'text', indent: '', marker: '', spans: readSpans(source) }
  const [head, indent = '', marker = ''] = list
  const kind = /\d/.test(marker) ? 'number' : 'bullet'
  return { kind, indent, marker, spans: readSpans(source.slice(head.length)) }
}

function readSpans(text: string): NoteSpan[] {
  const spans: NoteSpan[] = []
  let bold = 0
  let italic = 0
  let href: string | null = null
  for (const token of markdown.parseInline(text, {})[0]?.children ?? []) {
    if (token.type === 'strong_open') bold += 1
    else if (token.type === 'strong_close') bold -= 1
    else if (token.type === 'em_open') italic += 1
    else if (token.type === 'em_close') italic -= 1
    else if (token.type === 'link_open') href = String(token.attrGet('href') ?? '') || null
    else if (token.type === 'link_close') href = null
    else spans.push({ text: token.content, bold: bold > 0, italic: italic > 0, href })
  }
  return joined(spans)
}

/** Spans that look the same as one, without empty ones. */
export function joined(spans: readonly NoteSpan[]): NoteSpan[] {
  const all: NoteSpan[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (span.text === '') continue
    if (last !== undefined && last.bold === span.bold && last.italic === span.italic && last.href === span.href) {
      all[all.length - 1] = { ...last, text: last.text + span.text }
    } else all.push(span)
  }
  return all
}

/** How a line may be written: with fewer marks, the less the better it would be read. */
const STYLES = [false, true].flatMap((escapes) =>
  (['bold', 'italic'] as const).flatMap((outer) => ['_', '*'].map((em) => ({ escapes, outer, em }))),
)
type Style = (typeof STYLES)[number]

/**
 * The text of a line, in the plainest form that reads as the line does. Emphasis that Markdown can't
 * say (bold and italic that meet inside a word) is given up; the words never are.
 */
export function writeLine(line: NoteLine): string {
  const withoutItalic = { ...line, spans: joined(line.spans.map((span) => ({ ...span, italic: false }))) }
  const withoutBold = { ...line, spans: joined(line.spans.map((span) => ({ ...span, bold: false }))) }
  const plain = {
    ...line,
    spans: joined(line.spans.map(({ text }) => ({ text, bold: false, italic: false, href: null }))),
  }
  for (const attempt of [line, withoutItalic, withoutBold]) {
    const text = plainestText(attempt)
    if (text !== undefined) return text
  }
  return plainestText(plain) ?? textIn(plain, { escapes: true, outer: 'bold', em: '_' })
}

function plainestText(line: NoteLine): string | undefined {
  return STYLES.map((style) => textIn(line, style)).find((text) => saysTheSame(readLine(text), line))
}

function textIn({ kind, indent, marker, spans }: NoteLine, style: Style): string {
  const text = linked(spans, style)
  if (kind !== 'text') return `${indent}${marker} ${text}`
  // A text that begins like a list is none.
  return style.escapes ? text.replace(/^([ \t]*\d{0,9})([-+.)])/, '$1\\$2') : text
}

function linked(spans: readonly NoteSpan[], style: Style): string {
  return runs(spans, ({ href }) => href)
    .map(([href, run]) => {
      const text = marked(run, style)
      const isBare = href === null || run.map((span) => span.text).join('') === href
      return isBare ? text : `[${text}](${href})`
    })
    .join('')
}

function marked(spans: readonly NoteSpan[], style: Style): string {
  const marks = { bold: '**', italic: style.em } as const
  const [first, second] = style.outer === 'bold' ? (['bold', 'italic'] as const) : (['italic', 'bold'] as const)
  const inner = (run: readonly NoteSpan[]): string =>
    runs(run, (span) => span[second])
      .map(([isOn, part]) => wrapped(part.map((span) => escaped(span.text, style)).join(''), isOn ? marks[second] : ''))
      .join('')
  return runs(spans, (span) => span[first])
    .map(([isOn, run]) => wrapped(inner(run), isOn ? marks[first] : ''))
    .join('')
}

/** Marks hug the words: blanks stay outside. */
function wrapped(text: string, mark: string): string {
  const words = text.trim()
  if (mark === '' || words === '') return text
  const start = text.indexOf(words)
  return `${text.slice(0, start)}${mark}${words}${mark}${text.slice(start + words.length)}`
}

function escaped(text: string, { escapes }: Style): string {
  return escapes ? text.replaceAll(/[\\*_[\]]/g, '\\$&') : text
}

/** Neighbours with the same key. */
function runs<Key>(
  spans: readonly NoteSpan[],
  keyOf: (span: NoteSpan) => Key,
): ReadonlyArray<readonly [Key, readonly NoteSpan[]]> {
  const all: [Key, NoteSpan[]][] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last !== undefined && last[0] === keyOf(span)) last[1].push(span)
    else all.push([keyOf(span), [span]])
  }
  return all
}

/** Whether two lines read the same: nobody sees whether a blank is bold. */
export function saysTheSame(a: NoteLine, b: NoteLine): boolean {
  return a.kind === b.kind && a.indent === b.indent && a.marker === b.marker && looks(a.spans) === looks(b.spans)
}

function looks(spans: readonly NoteSpan[]): string {
  const pieces = spans.flatMap((span) =>
    span.text
      .split(/(\s+)/)
      .map((text) => (text.trim() === '' ? { ...span, text, bold: false, italic: false } : { ...span, text })),
  )
  return JSON.stringify(joined(pieces).map(({ text, bold, italic, href }) => [text, bold, italic, href]))
}
