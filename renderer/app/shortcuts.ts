import { commandKey } from '../lib/platform.ts'
import { PLACES } from './places.ts'
import { strings } from './strings.ts'

const words = strings.help

/** A shortcut as the help shows it: one of `keys`, or all of them one after the other. */
interface Shortcut {
  readonly keys: readonly string[]
  readonly what: string
}

export interface ShortcutGroup {
  readonly id: 'everywhere' | 'list' | 'duplicates' | 'merge' | 'conversations' | 'go'
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

/** All shortcuts there are; shortcuts.test.ts compares them with the keys that the screens take. */
export function shortcutGroups(): readonly ShortcutGroup[] {
  const { listTools, duplicates, conversations, actions } = strings
  return [
    {
      id: 'everywhere',
      title: words.groups.everywhere,
      shortcuts: [
        { keys: [commandKey(), 'K'], what: words.palette },
        { keys: ['/'], what: words.search },
        { keys: ['N'], what: words.create },
        { keys: ['I'], what: words.import },
        { keys: ['D'], what: words.duplicates },
        { keys: ['U'], what: actions.undo },
        { keys: ['Esc'], what: words.back },
        { keys: ['?'], what: words.help },
      ],
    },
    {
      id: 'list',
      title: words.groups.list,
      shortcuts: [
        { keys: ['J', '↓'], what: words.down },
        { keys: ['K', '↑'], what: words.up },
        { keys: ['Home', 'End'], what: words.ends },
        { keys: ['PageUp', 'PageDown'], what: words.pages },
        { keys: ['Enter'], what: words.open },
        { keys: ['E'], what: words.edit },
        { keys: ['X'], what: listTools.shortcuts.select },
        { keys: ['Shift', 'J', 'K'], what: listTools.shortcuts.extend },
        { keys: [commandKey(), 'A'], what: listTools.shortcuts.all },
        { keys: ['T'], what: listTools.shortcuts.tags },
        { keys: ['M'], what: words.merge },
        { keys: ['F'], what: words.filter },
        { keys: ['V'], what: words.savedFilters },
      ],
    },
    {
      id: 'duplicates',
      title: duplicates.title,
      shortcuts: [
        { keys: ['J', '↓'], what: words.next },
        { keys: ['K', '↑'], what: words.previous },
        { keys: ['A'], what: duplicates.accept },
        { keys: ['E'], what: duplicates.edit },
        { keys: ['R'], what: duplicates.dismiss },
        { keys: ['S'], what: duplicates.skip },
        { keys: ['U'], what: actions.undo },
      ],
    },
    {
      id: 'merge',
      title: actions.merge,
      shortcuts: [
        { keys: ['J', '↓'], what: words.nextField },
        { keys: ['K', '↑'], what: words.previousField },
        { keys: ['1–9', '←', '→'], what: words.pick },
        { keys: ['C'], what: words.combine },
        { keys: ['T'], what: words.type },
        { keys: ['Enter'], what: actions.merge },
      ],
    },
    {
      id: 'conversations',
      title: conversations.title,
      shortcuts: [
        { keys: ['J', '↓'], what: words.next },
        { keys: ['K', '↑'], what: words.previous },
        { keys: ['A'], what: words.linkChat },
        { keys: ['C'], what: words.create },
        { keys: ['S'], what: duplicates.skip },
      ],
    },
    {
      id: 'go',
      title: words.groups.go,
      shortcuts: PLACES.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], what: label })),
    },
  ]
}
