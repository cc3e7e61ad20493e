import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { strings } from '../../app/strings.ts'
import { useDesktop } from '../../hooks/use-desktop.ts'
import { spoken } from '../../texts/spoken.ts'

const words = strings.desktop.firstRun

/** In the desktop app, the way back to the choice of the server, for somebody who is signed out. */
export function OtherServerButton() {
  const desktop = useDesktop()
  if (desktop === null) return null
  async function leave(): Promise<void> {
    const answer = await desktop?.ask('crm:disconnect', null).catch(() => null)
    if (answer?.ok === true) window.location.reload()
    else notifications.show({ message: spoken(answer?.error.message ?? words.unexpected) })
  }
  return (
    <Button variant="subtle" size="sm" fullWidth onClick={() => void leave()}>
      {words.otherServer}
    </Button>
  )
}
