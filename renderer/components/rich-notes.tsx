import { Button, TextInput } from '@mantine/core'
import { history } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { type Command, EditorState, Selection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { linkTarget } from '#shared/util/link-target.ts'
import { strings } from '../app/strings.ts'
import { cx } from '../lib/cx.ts'
import { beginList, isList, isOn, linkAt, notesKeys, setLink, toggle, toggleList } from '../lib/notes-commands.ts'
import { documentOf, sliceOf, textOfDocument } from '../lib/notes-document.ts'
import { commandKey } from '../lib/platform.ts'
import classes from './notes-editor.module.css'
import look from './notes-text.module.css'

const words = strings.notes
const plugins = [history(), keymap({ ...notesKeys })]

/** The editor itself: a toolbar over the text. */
export function RichNotes({
  label,
  describedBy,
  value,
  autoFocus,
  onChange,
}: {
  readonly label: string
  readonly describedBy: string | undefined
  readonly value: string
  readonly autoFocus: boolean
  readonly onChange: (text: string) => void
}) {
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const [state, setState] = useState<EditorState | null>(null)
  const [isLinking, setIsLinking] = useState(false)
  const told = useRef(value)
  const tell = useRef(onChange)
  useLayoutEffect(() => {
    tell.current = onChange
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view lives as long as the editor; what changes is handed to it below.
  useLayoutEffect(() => {
    if (place.current === null) return
    const doc = documentOf(value)
    const made = new EditorView(place.current, {
      // Whoever opens the notes mostly goes on writing: the caret stands behind the last word.
      state: EditorState.create({ doc, selection: Selection.atEnd(doc), plugins }),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        class: cx(classes.text, look.text),
      },
      clipboardTextParser: (text) => sliceOf(text),
      clipboardTextSerializer: ({ content }) => textOfDocument(content),
      // What saves and what goes back is the form's; the editor would swallow both.
      handleDOMEvents: {
        keydown: (_view, event) =>
          event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey)),
      },
      handleKeyDown: (_view, event) => {
        if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return false
        setIsLinking(true)
        return true
      },
      handleTextInput: (target, from, _to, typed) => {
        const list = beginList(target.state, from, typed)
        if (list !== null) target.dispatch(list)
        return list !== null
      },
      dispatchTransaction: (transaction) => {
        const next = made.state.apply(transaction)
        made.updateState(next)
        setState(next)
        if (!transaction.docChanged) return
        told.current = textOfDocument(next.doc.content)
        tell.current(told.current)
      },
    })
    setView(made)
    setState(made.state)
    if (autoFocus) made.focus()
    return () => made.destroy()
  }, [])

  // Somebody else set the text: a draft is dropped, or put back.
  useEffect(() => {
    if (view === null || value === told.current) return
    told.current = value
    view.updateState(EditorState.create({ doc: documentOf(value), plugins }))
    setState(view.state)
  }, [view, value])

  useEffect(() => {
    if (view === null) return
    if (describedBy === undefined) view.dom.removeAttribute('aria-describedby')
    else view.dom.setAttribute('aria-describedby', describedBy)
    view.dom.setAttribute('aria-invalid', String(describedBy !== undefined))
  }, [view, describedBy])

  function run(command: Command): void {
    if (view === null) return
    command(view.state, view.dispatch)
    view.focus()
  }

  return (
    <div className={classes.editor}>
      {state === null ? null : <Toolbar state={state} onRun={run} onLink={() => setIsLinking(true)} />}
      {isLinking && state !== null ? (
        <LinkBar
          href={linkAt(state)?.href ?? ''}
          onSet={(href) => {
            setIsLinking(false)
            run(setLink(href))
          }}
          onLeave={() => {
            setIsLinking(false)
            view?.focus()
          }}
        />
      ) : null}
      <div ref={place} />
    </div>
  )
}

/** One stop for Tab; the arrows go from tool to tool. */
function Toolbar({
  state,
  onRun,
  onLink,
}: {
  readonly state: EditorState
  readonly onRun: (command: Command) => void
  readonly onLink: () => void
}) {
  const bar = useRef<HTMLDivElement>(null)
  const key = commandKey()
  const tools = [
    { name: words.bold, keys: `${key} B`, sign: 'B', isOn: isOn(state, 'bold'), run: () => onRun(toggle('bold')) },
    {
      name: words.italic,
      keys: `${key} I`,
      sign: 'I',
      isOn: isOn(state, 'italic'),
      run: () => onRun(toggle('italic')),
    },
    {
      name: words.bullets,
      keys: `${key} Shift 8`,
      sign: '•',
      isOn: isList(state, 'bullet'),
      run: () => onRun(toggleList('bullet')),
    },
    {
      name: words.numbers,
      keys: `${key} Shift 7`,
      sign: '1.',
      isOn: isList(state, 'number'),
      run: () => onRun(toggleList('number')),
    },
    { name: words.link, keys: `${key} K`, sign: words.link, isOn: linkAt(state) !== null, run: onLink },
  ]
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={words.toolbar}
      className={classes.bar}
      onKeyDown={(event) => rove(event, bar)}
    >
      {tools.map((tool, index) => (
        <button
          key={tool.name}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-label={tool.name}
          aria-pressed={tool.isOn}
          title={words.withKeys(tool.name, tool.keys)}
          className={classes.tool}
          // The selection stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={tool.run}
        >
          {/* Drawn, not written: a sign is no name. */}
          <span className={classes.sign} data-sign={tool.sign} />
        </button>
      ))}
    </div>
  )
}

function rove(event: KeyboardEvent, bar: RefObject<HTMLDivElement | null>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const tools = [...(bar.current?.querySelectorAll('button') ?? [])]
  const now = tools.findIndex((tool) => tool.matches(':focus'))
  event.preventDefault()
  event.stopPropagation()
  tools[(now + step + tools.length) % tools.length]?.focus()
}

function LinkBar({
  href,
  onSet,
  onLeave,
}: {
  readonly href: string
  readonly onSet: (href: string | null) => void
  readonly onLeave: () => void
}) {
  const [typed, setTyped] = useState(href)
  const [isWrong, setIsWrong] = useState(false)

  function set(): void {
    const target = linkTarget(typed)
    if (target === null) setIsWrong(true)
    else onSet(target)
  }

  return (
    <div className={classes.link}>
      <TextInput
        aria-label={words.linkTo}
        placeholder={words.linkPlaceholder}
        className={classes.target ?? ''}
        autoFocus
        value={typed}
        error={isWrong ? words.linkWrong : null}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setIsWrong(false)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          // Neither saves nor leaves what is around it.
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Enter') set()
          else onLeave()
        }}
      />
      <Button variant="default" onClick={set}>
        {words.linkSet}
      </Button>
      {href === '' ? null : (
        <Button variant="subtle" onClick={() => onSet(null)}>
          {words.linkRemove}
        </Button>
      )}
    </div>
  )
}
