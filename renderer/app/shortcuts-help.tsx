import { Modal } from '@mantine/core'
import { useStore } from '../hooks/use-store.ts'
import { createStore } from '../lib/store.ts'
import { shortcutGroups } from './shortcuts.ts'
import classes from './shortcuts-help.module.css'
import { strings } from './strings.ts'

const isOpen = createStore(false)
const words = strings.help

/** Shows the list of shortcuts. */
export function openShortcutsHelp(): void {
  isOpen.set(true)
}

/** The shortcuts, on `?`. */
export function ShortcutsHelp() {
  const opened = useStore(isOpen)
  return (
    <Modal opened={opened} onClose={() => isOpen.set(false)} title={words.title} size="lg">
      <div className={classes.groups}>
        {shortcutGroups().map((group) => (
          <section key={group.id}>
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
