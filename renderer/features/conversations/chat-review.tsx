import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import { customerPermission, type Permission } from '#shared/permissions/customer-permissions.ts'
import type { WaitingChat } from '#shared/replica-api/chats.ts'
import { strings } from '../../app/strings.ts'
import { ChatLink } from '../../components/chat-link.tsx'
import { ChatMessages } from '../../components/chat-messages.tsx'
import { ContactLine } from '../../components/contact-line.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor } from '../../hooks/use-replica.ts'
import { formatMoment } from '../../lib/format.ts'
import { ChatCustomerPicker } from './chat-customer-picker.tsx'
import classes from './conversations-page.module.css'

const words = strings.conversations

/** Somebody whose a chat may be. */
export type Candidate = Pick<Customer, 'id' | 'name' | 'email' | 'phone' | 'address' | 'ownerId' | 'createdByUserId'>

/** A chat that waits: what it says, why it waits, and who it may be. */
export function ChatReview({
  waiting: { chat, reason },
  candidates,
  onLink,
  onCreate,
  onSkip,
}: {
  readonly waiting: WaitingChat
  readonly candidates: readonly Candidate[]
  readonly onLink: (candidate: Candidate) => void
  readonly onCreate: () => void
  readonly onSkip: () => void
}) {
  const actor = useActor()
  const [isFinding, setIsFinding] = useState(false)
  const visitor = chat.name ?? chat.email ?? chat.phone ?? words.nameless
  const mayLink = (candidate: Candidate): Permission => customerPermission(actor, 'edit', candidate)
  return (
    <section className={classes.review} aria-label={words.current}>
      <h2 className={classes.visitor}>{visitor}</h2>
      <p className={classes.contact}>
        {[chat.email, chat.phone, chat.address, formatMoment(chat.createdAt)]
          .filter((text) => text !== null && text !== visitor)
          .join(' · ')}{' '}
        <ChatLink chat={chat} />
      </p>
      <p className={classes.reason}>{words.reasons[reason]}</p>
      {chat.summary === null ? null : <p className={classes.summary}>{chat.summary}</p>}
      {chat.messages.length === 0 ? (
        chat.summary === null ? (
          <p className={classes.summary}>{words.noText}</p>
        ) : null
      ) : (
        <details open={chat.summary === null} className={classes.messages}>
          <summary>{words.messages(chat.messages.length)}</summary>
          <ChatMessages messages={chat.messages} />
        </details>
      )}
      <h3 className={classes.section}>{words.candidates}</h3>
      {candidates.length === 0 ? <p className={classes.quiet}>{words.noCandidates}</p> : null}
      <ul className={classes.candidates}>
        {candidates.map((candidate, index) => (
          <li key={candidate.id} className={classes.candidate}>
            <div className={classes.who}>
              <strong>{candidate.name}</strong>
              <span className={classes.quiet}>
                <ContactLine {...candidate} />
              </span>
              <span className={classes.same}>{inCommon(chat, candidate).join(', ')}</span>
            </div>
            <PermissionButton
              variant={index === 0 ? 'filled' : 'default'}
              permission={mayLink(candidate)}
              aria-label={words.linkTo(candidate.name)}
              onClick={() => onLink(candidate)}
            >
              {words.link}
              {/* Drawn, not written: the key is no part of the name. */}
              {index === 0 ? <span className={classes.drawnKey} data-key="A" /> : null}
            </PermissionButton>
          </li>
        ))}
      </ul>
      {isFinding ? (
        <ChatCustomerPicker permissionOf={mayLink} onPick={onLink} onCancel={() => setIsFinding(false)} />
      ) : (
        <div className={classes.actions}>
          <PermissionButton
            variant="default"
            permission={customerPermission(actor, 'edit')}
            onClick={() => setIsFinding(true)}
          >
            {words.other}
          </PermissionButton>
          <PermissionButton
            variant="default"
            permission={mayCreate(chat, customerPermission(actor, 'create'))}
            onClick={onCreate}
          >
            {words.create} <kbd className={classes.key}>C</kbd>
          </PermissionButton>
          <Button variant="default" onClick={onSkip}>
            {words.skip} <kbd className={classes.key}>S</kbd>
          </Button>
        </div>
      )}
    </section>
  )
}

/** Whether a customer can be made from a chat: it must name somebody. */
export function mayCreate({ name, email, phone }: WaitingChat['chat'], permission: Permission): Permission {
  const isSomebody = [name, email, phone].some((text) => (text ?? '').trim() !== '')
  return permission.allowed && !isSomebody ? { allowed: false, reason: words.createWhy } : permission
}

function inCommon(chat: WaitingChat['chat'], candidate: Candidate): string[] {
  const digits = (text: string | null): string => (text ?? '').replaceAll(/\D/g, '').slice(-8)
  const plain = (text: string | null): string => (text ?? '').trim().toLocaleLowerCase()
  const isSame = {
    name: plain(chat.name) === plain(candidate.name),
    email: plain(chat.email) === plain(candidate.email),
    phone: digits(chat.phone) === digits(candidate.phone),
  }
  const fields = ['name', 'email', 'phone'] as const
  return fields.filter((field) => plain(chat[field]) !== '' && isSame[field]).map((field) => words.same[field])
}
