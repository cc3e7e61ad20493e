import { Modal } from '@mantine/core'
import { useStore } from '../hooks/use-store.ts'
import { commandKey } from '../lib/platform.ts'
import { createStore } from '../lib/store.ts'
import classes from './shortcuts-help.module.css'
import { strings } from './strings.ts'

const isOpen = createStore(false)
const words = strings.help

/** Shows the list of shortcuts. */
export function openShortcutsHelp(): void {
  isOpen.set(true)
}

interface Shortcut {
  readonly keys: readonly string[]
  readonly what: string
}

function groups(): ReadonlyArray<{ readonly title: string; readonly shortcuts: readonly Shortcut[] }> {
  return [
    {
      title: words.groups.everywhere,
      shortcuts: [
        { keys: [commandKey(), 'K'], what: words.palette },
        { keys: ['/'], what: words.search },
        { keys: ['N'], what: words.create },
        { keys: ['I'], what: words.import },
        { keys: ['D'], what: words.duplicates },
        { keys: ['Esc'], what: words.back },
        { keys: ['?'], what: words.help },
      ],
    },
    {
      title: words.groups.list,
      shortcuts: [
        { keys: ['J', '↓'], what: words.down },
        { keys: ['K', '↑'], what: words.up },
        { keys: ['Home', 'End'], what: words.ends },
        { keys: ['Enter'], what: words.open },
        { keys: ['E'], what: words.edit },
        { keys: ['X'], what: strings.listTools.shortcuts.select },
        { keys: ['Shift', 'J', 'K'], what: strings.listTools.shortcuts.extend },
        { keys: [commandKey(), 'A'], what: strings.listTools.shortcuts.all },
        { keys: ['T'], what: strings.listTools.shortcuts.tags },
        { keys: ['M'], what: words.merge },
        { keys: ['F'], what: words.filter },
        { keys: ['V'], what: words.savedFilters },
      ],
    },
    {
      title: words.groups.go,
      shortcuts: [
        { keys: ['G', 'C'], what: strings.nav.customers },
        { keys: ['G', 'D'], what: strings.nav.duplicates },
        { keys: ['G', 'U'], what: strings.conversations.title },
        { keys: ['G', 'I'], what: strings.nav.import },
        { keys: ['G', 'A'], what: strings.nav.attention },
        { keys: ['G', 'Y'], what: strings.nav.sync },
        { keys: ['G', 'S'], what: strings.nav.settings },
      ],
    },
  ]
}

/** The shortcuts, on `?`. */
export function ShortcutsHelp() {
  const opened = useStore(isOpen)
  return (
    <Modal opened={opened} onClose={() => isOpen.set(false)} title={words.title} size="lg">
      <div className={classes.groups}>
        {groups().map((group) => (
          <section key={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.what} className={classes.line}>
                  <dt>{shortcut.what}</dt>
                  <dd>
                    {shortcut.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
