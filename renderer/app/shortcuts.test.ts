import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ShortcutGroup, shortcutGroups } from './shortcuts.ts'

const renderer = join(import.meta.dirname, '..')

/** Where the keys of a group are taken. */
const PARTS: readonly (readonly [folder: string, ShortcutGroup['id']])[] = [
  ['app/', 'everywhere'],
  ['components/', 'everywhere'],
  ['features/customers/', 'list'],
  ['features/duplicates/', 'duplicates'],
  ['features/merge/', 'merge'],
  ['features/conversations/', 'conversations'],
]
/** Keys as the help writes them. */
const WRITTEN: Readonly<Record<string, string>> = {
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  enter: 'Enter',
}
/** What is pressed together with another key, or taken by other means than `useShortcuts`. */
const ELSEWHERE: Readonly<Record<ShortcutGroup['id'], readonly string[]>> = {
  everywhere: ['Ctrl', '⌘', 'K', 'Esc'],
  list: ['Ctrl', '⌘', 'A', 'Shift', 'Home', 'End', 'PageUp', 'PageDown', 'Enter'],
  duplicates: [],
  merge: ['1–9'],
  conversations: [],
  go: [],
}

/** A key of `useShortcuts` before its action; other names are those of arguments. */
const KEYS = /(?:^|[{,]\s*)'?([a-z]|[/?]|arrow[a-z]+|enter|escape|home|end|page[a-z]+|delete|backspace|tab)'?(?=:\s)/g

/** What stands between the brackets of each call. */
function callsIn(source: string): string[] {
  return [...source.matchAll(/\buseShortcuts\(/g)].map(({ index, 0: start }) => {
    let open = 1
    let at = index + start.length
    while (open > 0 && at < source.length) {
      if (source[at] === '(') open += 1
      if (source[at] === ')') open -= 1
      at += 1
    }
    return source.slice(index + start.length, at - 1)
  })
}

/** The keys that the screens take, by group. */
function taken(): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>()
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  for (const file of files) {
    if (file.startsWith('hooks/')) continue
    const id = PARTS.find(([folder]) => file.startsWith(folder))?.[1]
    for (const call of callsIn(readFileSync(join(renderer, file), 'utf8'))) {
      for (const [, key = ''] of call.matchAll(KEYS)) {
        // Esc goes back everywhere.
        if (key === 'escape') continue
        expect(id, `${file} takes keys: it belongs to a group of the help`).toBeDefined()
        const known = keys.get(id ?? '') ?? new Set()
        keys.set(id ?? '', known.add(WRITTEN[key] ?? key.toUpperCase()))
      }
    }
  }
  return keys
}

test('UI-6: the help shows the keys that the screens take, and no others', () => {
  const shown = new Map(
    shortcutGroups()
      .filter(({ id }) => id !== 'go')
      .map(({ id, shortcuts }) => [
        id,
        new Set(shortcuts.flatMap(({ keys }) => keys).filter((key) => !ELSEWHERE[id].includes(key))),
      ]),
  )
  const found = taken()
  for (const [id, keys] of shown) {
    const known = [...(found.get(id) ?? [])].filter((key) => !ELSEWHERE[id].includes(key))
    expect(known.toSorted(), id).toEqual([...keys].toSorted())
  }
})

test('UI-6: no key does two things in one group of the help', () => {
  for (const { id, shortcuts } of shortcutGroups()) {
    const pressed = shortcuts.map(({ keys }) => keys.join(' '))
    expect(new Set(pressed).size, id).toBe(pressed.length)
  }
})
