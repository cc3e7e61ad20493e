import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import { chatUrlSchema } from '#shared/domain/chat-link.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.company

/** Where chats open in the company's assistant. Empty: nowhere, as long as nobody has said. */
export function ChatLinkForm() {
  const { client } = useReplica()
  const stored = useSignedIn().workspace.chatUrl ?? null
  /** Null: as it is stored. */
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaving, setIsSaving] = useState(false)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const url = (typed ?? stored ?? '').trim() || null
    if (url !== null && !chatUrlSchema.safeParse(url).success) {
      setProblem(words.chatUrlInvalid)
      return
    }
    setProblem(null)
    if (url === stored) return
    setIsSaving(true)
    const answer = await askOnline(client.request, 'company.setChatLink', { url })
    setIsSaving(false)
    if (!answer.ok) return setProblem(answer.error.message)
    // Now it is what is stored, also where a colleague changes it later.
    setTyped(null)
    showUndoToast('chat-link', words.saved, () => void takeBack())
  }

  async function takeBack(): Promise<void> {
    const answer = await askOnline(client.request, 'company.setChatLink', { url: stored })
    if (!answer.ok) notifications.show({ color: 'red', title: words.saveFailed, message: answer.error.message })
  }

  return (
    <Section title={words.chats} lead={words.chatsLead}>
      <form className={classes.form} onSubmit={(event) => void save(event)} noValidate>
        <TextInput
          type="url"
          label={words.chatUrl}
          description={words.chatUrlHint}
          placeholder="https://chat.example.com/sessions/{session}"
          maxLength={500}
          value={typed ?? stored ?? ''}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setProblem(null)
          }}
        />
        <BusyButton type="submit" variant="default" isBusy={isSaving}>
          {words.setChatUrl}
        </BusyButton>
      </form>
    </Section>
  )
}
