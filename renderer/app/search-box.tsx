import { type KeyboardEvent, useRef } from 'react'
import { useLocation } from 'wouter'
import { CloseIcon } from '../components/icons.tsx'
import { useReplica } from '../hooks/use-replica.ts'
import { useShortcuts } from '../hooks/use-shortcuts.ts'
import { useStore } from '../hooks/use-store.ts'
import { isNarrowed, withSearch } from '../lib/list-state.ts'
import { routes } from '../lib/routes.ts'
import classes from './search-box.module.css'
import { strings } from './strings.ts'
import { VoiceSearch } from './voice-search.tsx'

const words = strings.list

/** The search, always at the top. Every key asks at once; arrows and Enter work on the results without leaving it. */
export function SearchBox() {
  const { list, rows, cursor } = useReplica()
  const state = useStore(list)
  const found = useStore(rows)
  const [location, navigate] = useLocation()
  const input = useRef<HTMLInputElement>(null)
  /** Whether the arrows were used since the text changed; until then Enter means the best match. */
  const hasMoved = useRef(false)
  const isOnList = location.startsWith(routes.customers)

  useShortcuts({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })

  function search(text: string): void {
    hasMoved.current = false
    list.set(withSearch(list.get(), text))
    if (!isOnList) navigate(routes.customers)
  }

  // Keys may be faster than answers: they always mean the rows of what stands in the field.
  async function move(by: number): Promise<void> {
    await rows.whenCurrent()
    if (hasMoved.current) cursor.moveBy(by)
    else cursor.moveTo('first')
    hasMoved.current = true
  }

  async function openBest(): Promise<void> {
    await rows.whenCurrent()
    if (rows.get().total === 0) return
    if (!hasMoved.current || cursor.index() === null) cursor.moveTo('first')
    const { selectedId } = list.get()
    if (selectedId !== null) navigate(routes.customer(selectedId))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
        void move(1)
        break
      case 'ArrowUp':
        void move(-1)
        break
      case 'Enter':
        void openBest()
        break
      case 'Escape':
        if (state.search !== '') search('')
        else document.getElementById('customer-list')?.focus()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <search className={classes.search}>
      <div className={classes.box}>
        <input
          ref={input}
          className={classes.input}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          aria-label={words.searchLabel}
          aria-keyshortcuts="/"
          placeholder={words.search(found.all)}
          maxLength={200}
          value={state.search}
          onChange={(event) => search(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {state.search === '' ? (
          <kbd className={classes.key}>/</kbd>
        ) : (
          <button
            type="button"
            className={classes.clear}
            aria-label={words.clearSearch}
            onClick={() => {
              search('')
              input.current?.focus()
            }}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      <VoiceSearch onText={search} />
      <output
        className={classes.summary}
        aria-live="polite"
        // Grows with each question whose answer shows: for measuring.
        data-query={found.queryVersion}
      >
        {isOnList && isNarrowed(state) && found.kind !== 'loading'
          ? words.summary(found.total, found.all, found.tookMs)
          : ''}
      </output>
    </search>
  )
}
