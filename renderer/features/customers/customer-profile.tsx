import type { ReactNode, RefObject } from 'react'
import { useLocation } from 'wouter'
import type { CustomerField } from '#shared/domain/customer.ts'
import type { Member } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerProfile as Profile } from '#shared/replica-api/detail.ts'
import { webAddress } from '#shared/util/link-target.ts'
import { strings } from '../../app/strings.ts'
import { ConflictChoice } from '../../components/conflict-choice.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { NotesView } from '../../components/notes-view.tsx'
import { Notice } from '../../components/notice.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useActor, useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { formatCount, formatMoment } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import { ChatSuggestions } from './chat-suggestions.tsx'
import { DetailBar } from './detail-bar.tsx'
import { DetailField } from './detail-field.tsx'
import classes from './detail-pane.module.css'
import { DetailTabs } from './detail-tabs.tsx'
import { DuplicateNotice } from './duplicate-notice.tsx'
import { ErasureFlagNotice } from './erasure-flag-notice.tsx'
import { RefusedNotice } from './refused-notice.tsx'
import { useSavedMark } from './saved-mark.ts'
import { useDeleteCustomer } from './use-delete-customer.ts'

const words = strings.detail

/** A customer to read: fields, what waits, what needs a decision, and where it came from. */
export function CustomerProfile({
  detail,
  headingRef,
  onClose,
}: {
  readonly detail: Profile
  readonly headingRef: RefObject<HTMLHeadingElement | null>
  readonly onClose: () => void
}) {
  const { customer, conflicts } = detail
  const { workspace } = useSignedIn()
  const actor = useActor()
  const [, navigate] = useLocation()
  const remove = useDeleteCustomer()
  const isSaved = useSavedMark(customer.id)
  const attention = useStore(useReplica().attention)
  const refused = attention.filter((item) => item.kind === 'rejected' && item.customerId === customer.id)

  return (
    <>
      <DetailBar onClose={onClose}>
        <PermissionButton
          variant="default"
          permission={customerPermission(actor, 'edit', customer)}
          onClick={() => navigate(routes.editCustomer(customer.id))}
        >
          {strings.actions.edit}
        </PermissionButton>
        <PermissionButton
          variant="default"
          permission={customerPermission(actor, 'merge')}
          onClick={() => navigate(routes.merge([customer.id]))}
        >
          {strings.duplicates.mergeWith}
        </PermissionButton>
        <PermissionButton
          variant="default"
          permission={customerPermission(actor, 'delete', customer)}
          onClick={() => void remove(customer)}
        >
          {strings.actions.delete}
        </PermissionButton>
        <output className={classes.saved}>{isSaved ? words.saved : ''}</output>
      </DetailBar>
      <header className={classes.head}>
        <DetailField key={customer.id} detail={detail} field="name">
          <h1 ref={headingRef} tabIndex={-1}>
            {customer.name}
          </h1>
        </DetailField>
        <p className={classes.under}>
          <span>{ownerText(customer.ownerId, workspace.members)}</span>
          <SourceBadge source={customer.source} />
          {detail.isNew ? (
            <>
              <StatusDot tone="waiting" /> <span>{words.newHere}</span>
            </>
          ) : null}
        </p>
      </header>
      <div className={classes.notes}>
        {customer.flaggedErasedAt == null ? null : <ErasureFlagNotice customerId={customer.id} />}
        {refused.map((item) =>
          item.kind === 'rejected' ? (
            <RefusedNotice key={`${item.op}-${item.at}`} reason={spoken(item.reason)} />
          ) : null,
        )}
        {conflicts.map((conflict) => (
          <Notice key={conflict.field} tone="warn">
            <ConflictChoice customerId={customer.id} conflict={conflict} />
          </Notice>
        ))}
        <DuplicateNotice customerId={customer.id} />
        <ChatSuggestions customer={customer} />
      </div>
      <DetailTabs detail={detail}>
        {/* By customer: what is being typed about one must never be written to the next. */}
        <Facts key={customer.id} className={classes.facts ?? ''}>
          {SHOWN_FIELDS.map((field) => (
            <Fact key={field} label={strings.fields[field]}>
              <DetailField detail={detail} field={field}>
                {SHOWN[field](detail, workspace.members)}
              </DetailField>
            </Fact>
          ))}
        </Facts>
        <h2 className={classes.section}>{words.facts}</h2>
        <Facts className={classes.history ?? ''}>
          <Fact label={words.created}>
            {customer.createdByUserName === null
              ? formatMoment(customer.createdAt)
              : words.createdBy(formatMoment(customer.createdAt), customer.createdByUserName)}
          </Fact>
          <Fact label={words.updated}>{formatMoment(customer.updatedAt)}</Fact>
          <Fact label={words.lastSeen}>
            {customer.lastSeenAt === null ? strings.list.never : formatMoment(customer.lastSeenAt)}
          </Fact>
          <Fact label={words.conversations}>{formatCount(customer.conversationCount)}</Fact>
        </Facts>
      </DetailTabs>
    </>
  )
}

type Shown = (detail: Profile, members: readonly Member[]) => ReactNode

/** How each field reads, in the order in which they show; null: there is nothing. */
const SHOWN: Readonly<Record<Exclude<CustomerField, 'name'>, Shown>> = {
  email: ({ customer: { email } }) => (email === null ? null : <a href={`mailto:${email}`}>{email}</a>),
  phone: ({ customer: { phone }, phoneText }) =>
    phone === null ? null : <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phoneText}</a>,
  address: ({ customer }) => customer.address,
  website: ({ customer: { website } }) => (website === null ? null : <WebsiteLink website={website} />),
  ownerId: ({ customer: { ownerId } }, members) => (ownerId === null ? null : memberName(ownerId, members)),
  tags: ({ customer: { tags } }) => (tags.length === 0 ? null : <TagList tags={tags} />),
  notes: ({ customer: { notes } }) => (notes === null ? null : <NotesView text={notes} />),
}
const SHOWN_FIELDS = Object.keys(SHOWN) as (keyof typeof SHOWN)[]

function WebsiteLink({ website }: { readonly website: string }) {
  const href = webAddress(website)
  if (href === null) return website
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {website}
    </a>
  )
}

function TagList({ tags }: { readonly tags: readonly string[] }) {
  return (
    <ul className={classes.tags}>
      {tags.map((tag) => (
        <li key={tag} className={classes.tag}>
          {tag}
        </li>
      ))}
    </ul>
  )
}

function memberName(userId: string, members: readonly Member[]): string {
  return members.find((member) => member.userId === userId)?.name ?? words.formerColleague
}

function ownerText(ownerId: string | null, members: readonly Member[]): string {
  return ownerId === null ? words.unowned : words.ownedBy(memberName(ownerId, members))
}
