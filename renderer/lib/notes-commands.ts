import { baseKeymap, chainCommands, toggleMark } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import type { Attrs, MarkType, Node } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { notesSchema } from './notes-document.ts'

type ListKind = 'bullet' | 'number'
type MarkName = 'bold' | 'italic' | 'href'

const MARKER = /^(?:[-*+]|\d{1,9}[.)])$/

function markType(name: MarkName): MarkType {
  return notesSchema.marks[name] as MarkType
}

/** Turns bold or italic on or off. */
export function toggle(name: 'bold' | 'italic'): Command {
  return toggleMark(markType(name))
}

/** Whether what is selected, or would be typed, is bold or italic. */
export function isOn(state: EditorState, name: 'bold' | 'italic'): boolean {
  const { from, to, empty, $from } = state.selection
  const type = markType(name)
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, type)
}

/** Whether all selected lines are of a list. */
export function isList(state: EditorState, kind: ListKind): boolean {
  return selectedLines(state).every(({ node }) => node.attrs.kind === kind)
}

/** Makes the selected lines a list, or text again. */
export function toggleList(kind: ListKind): Command {
  return (state, dispatch) => {
    const isText = isList(state, kind)
    const { tr } = state
    selectedLines(state).forEach(({ node, at }, index) => {
      const marker = kind === 'bullet' ? '-' : `${index + 1}.`
      setLine({ tr, at }, isText ? textLine(node) : { ...node.attrs, kind, marker })
    })
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** The link at the selection, with where it begins and ends; null: none. */
export function linkAt(
  state: EditorState,
): { readonly href: string; readonly from: number; readonly to: number } | null {
  const { $from } = state.selection
  const type = markType('href')
  const mark = type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? [])
  if (mark === undefined) return null
  let from = $from.start()
  let found: { href: string; from: number; to: number } | null = null
  $from.parent.forEach((child) => {
    const to = from + child.nodeSize
    if (mark.isInSet(child.marks)) {
      const isSame = found !== null && found.to === from
      if (isSame && found !== null) found = { ...found, to }
      else if (found === null || found.to < $from.pos) found = { href: mark.attrs.href, from, to }
    }
    from = to
  })
  return found
}

/** Links what is selected, or the link that the cursor is in; with neither, writes the address. Null: takes the link off. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const type = markType('href')
    const old = linkAt(state)
    const { from, to } = state.selection.empty && old !== null ? old : state.selection
    const { tr } = state
    if (href === null) tr.removeMark(from, to, type)
    else if (from === to)
      tr.insert(from, notesSchema.text(href.replace(/^(?:mailto|tel):/, ''), [type.create({ href })]))
    else tr.removeMark(from, to, type).addMark(from, to, type.create({ href }))
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** Enter: a list goes on, and ends with an empty line. */
const splitLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const { parent } = $from
  if (parent.attrs.kind === 'text') return false
  const { tr } = state
  if (empty && parent.content.size === 0) setLine({ tr, at: $from.before() }, textLine(parent))
  else {
    if (!empty) tr.deleteSelection()
    const attrs = { ...parent.attrs, source: null, marker: nextMarker(parent.attrs.marker) }
    tr.split(tr.selection.from, 1, [{ type: parent.type, attrs }])
  }
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace at the start of a list's line makes it text. */
const leaveList: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty || $from.parentOffset > 0 || $from.parent.attrs.kind === 'text') return false
  const { tr } = state
  setLine({ tr, at: $from.before() }, textLine($from.parent))
  dispatch?.(tr)
  return true
}

/** A marker and a blank at the start of a line begin a list. */
export function beginList(state: EditorState, from: number, typed: string): EditorState['tr'] | null {
  const $from = state.doc.resolve(from)
  const { parent } = $from
  const marker = parent.textBetween(0, $from.parentOffset)
  if (typed !== ' ' || parent.attrs.kind !== 'text' || !MARKER.test(marker)) return null
  const { tr } = state
  tr.delete($from.start(), from)
  setLine({ tr, at: $from.before() }, { ...parent.attrs, kind: /\d/.test(marker) ? 'number' : 'bullet', marker })
  return tr.setSelection(TextSelection.create(tr.doc, $from.start()))
}

/** What the keys do; `Mod` is Ctrl or ⌘. */
export const notesKeys: Readonly<Record<string, Command>> = {
  ...baseKeymap,
  'Mod-b': toggle('bold'),
  'Mod-i': toggle('italic'),
  'Mod-Shift-7': toggleList('number'),
  'Mod-Shift-8': toggleList('bullet'),
  'Mod-z': undo,
  'Mod-y': redo,
  'Mod-Shift-z': redo,
  Enter: chainCommands(splitLine, ...commandsOf('Enter')),
  Backspace: chainCommands(leaveList, ...commandsOf('Backspace')),
}

function commandsOf(key: string): Command[] {
  const command = baseKeymap[key]
  return command === undefined ? [] : [command]
}

function selectedLines(state: EditorState): { readonly node: Node; readonly at: number }[] {
  const lines: { node: Node; at: number }[] = []
  const { from, to } = state.selection
  state.doc.nodesBetween(from, to, (node, at) => {
    if (node.isTextblock) lines.push({ node, at })
    return !node.isTextblock
  })
  return lines
}

function setLine({ tr, at }: { readonly tr: EditorState['tr']; readonly at: number }, attrs: Attrs): void {
  tr.setNodeMarkup(at, undefined, attrs)
}

function textLine(node: Node): Attrs {
  return { ...node.attrs, kind: 'text', indent: '', marker: '' }
}

function nextMarker(marker: string): string {
  return marker.replace(/\d+/, (number) => String(Number(number) + 1))
}
