import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import { chatUrlSchema } from '#shared/domain/chat-link.ts'
import { strings } from '../../app/strings.ts'
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

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const url = (typed ?? stored ?? '').trim() || null
    if (url !== null && !chatUrlSchema.safeParse(url).success) {
      setProblem(words.chatUrlInvalid)
      return
    }
    const answer = await askOnline(client.request, 'company.setChatLink', { url })
    if (answer.ok) showUndoToast('chat-link', words.saved, () => void takeBack())
    else setProblem(answer.error.message)
  }

  async function takeBack(): Promise<void> {
    setTyped(null)
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
        <Button type="submit" variant="default">
          {words.setChatUrl}
        </Button>
      </form>
    </Section>
  )
}
