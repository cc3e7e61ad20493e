import fc from 'fast-check'
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { beginList, notesKeys, setLink, toggle, toggleList } from './notes-commands.ts'
import { documentOf, textOfDocument } from './notes-document.ts'

const ANY_TEXT = fc.string({ unit: fc.constantFrom(...'ab *_[]()\\-+.)1 \t\n<&`', 'https://x.y', '**', 'ü', '😀') })

function editorWith(text: string, from: number, to = from): EditorState {
  const doc = documentOf(text)
  return EditorState.create({ doc, selection: TextSelection.create(doc, from, to) })
}

function after(state: EditorState, command: (typeof notesKeys)[string] | undefined): EditorState {
  let next = state
  command?.(state, (transaction: Transaction) => {
    next = state.apply(transaction)
  })
  return next
}

function textOf(state: EditorState): string {
  return textOfDocument(state.doc.content)
}

test('UI-2: whatever notes hold, opening them in the editor changes nothing', () => {
  fc.assert(
    fc.property(ANY_TEXT, (text) => {
      expect(textOfDocument(documentOf(text).content)).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('UI-2: typing into one line leaves the others as they were, marks of other systems included', () => {
  const text = '* old *style*\n__both__ <b>html</b>\nplain'
  const state = editorWith(text, 4)
  expect(textOf(state.apply(state.tr.insertText('er', 4)))).toBe('* older _style_\n__both__ <b>html</b>\nplain')
})

test('UI-2: bold, a link and lists are written as Markdown, and taken off again', () => {
  const bold = after(editorWith('call me', 1, 5), toggle('bold'))
  expect(textOf(bold)).toBe('**call** me')
  expect(textOf(after(bold, toggle('bold')))).toBe('call me')
  const linked = after(editorWith('our site', 5, 9), setLink('https://example.com/'))
  expect(textOf(linked)).toBe('our [site](https://example.com/)')
  const inside = linked.apply(linked.tr.setSelection(TextSelection.create(linked.doc, 7)))
  expect(textOf(after(inside, setLink(null)))).toBe('our site')
  const list = after(editorWith('one\ntwo', 1, 8), toggleList('number'))
  expect(textOf(list)).toBe('1. one\n2. two')
  expect(textOf(after(list, toggleList('number')))).toBe('one\ntwo')
})

test('UI-2: Enter goes on with a list and ends it on an empty line, Backspace at its start makes text', () => {
  const next = after(editorWith('9. nine', 5), notesKeys.Enter)
  expect(textOf(next)).toBe('9. nine\n10. ')
  expect(textOf(after(next, notesKeys.Enter))).toBe('9. nine\n')
  expect(textOf(after(editorWith('- one', 1), notesKeys.Backspace))).toBe('one')
})

test('UI-2: a marker and a blank begin a list; a text that only looks like one stays text', () => {
  const empty = editorWith('', 1)
  const state = empty.apply(empty.tr.insertText('-', 1))
  const list = beginList(state, 2, ' ')
  expect(list === null ? null : textOfDocument(list.doc.content)).toBe('- ')
  expect(beginList(editorWith('x-', 3), 3, ' ')).toBeNull()
  const text = after(editorWith('- 5 % off', 1), notesKeys.Backspace)
  const typed = text.apply(text.tr.insertText('- ', 1))
  expect(textOf(typed)).toBe('\\- 5 % off')
  expect(documentOf(textOf(typed)).textContent).toBe('- 5 % off')
})
