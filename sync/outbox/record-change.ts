import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import type { RecordChange } from '#shared/replica-api/records.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import type { DuplicateMark } from '../duplicates/queue-dismissals.ts'

/** What a change needs from outside. */
export interface RecordChangeContext {
  readonly newId: () => string
  /** ISO, server's as far as known. */
  readonly editedAt: string
  /** The filter and the customer of a chat as they show now; null: not here. */
  readonly filter: (id: string) => SavedFilter | null
  readonly customerOfChat: (id: string) => string | null
}

/** A change as a mutation of one collection, with what it was based on. */
export function toMutation(
  change: Exclude<RecordChange, DuplicateMark>,
  { newId, editedAt, filter, customerOfChat }: RecordChangeContext,
): { readonly collection: RecordCollection; readonly mutation: RecordMutation<RecordCollection> } {
  const common = { mutationId: newId(), editedAt }
  switch (change.kind) {
    case 'filter.save': {
      const held = change.id === null ? null : filter(change.id)
      const id = change.id ?? newId()
      if (held === null) {
        return { collection: 'savedFilters', mutation: { ...common, op: 'create', id, changes: change.fields } }
      }
      const { name, filter: query, shared } = held
      const base = { name, filter: query, shared }
      return { collection: 'savedFilters', mutation: { ...common, op: 'update', id, base, changes: change.fields } }
    }
    case 'filter.delete':
      return { collection: 'savedFilters', mutation: { ...common, op: 'delete', id: change.id } }
    case 'interaction.note': {
      const { customerId, type } = change
      return {
        collection: 'interactions',
        mutation: { ...common, op: 'create', id: newId(), changes: { customerId, type } },
      }
    }
    case 'quote.request': {
      const { customerId, quoteId, note } = change
      const changes = { customerId, quoteId, note }
      return { collection: 'quoteRequests', mutation: { ...common, op: 'create', id: newId(), changes } }
    }
    case 'chat.link': {
      const base = { customerId: customerOfChat(change.conversationId) }
      const changes = { customerId: change.customerId }
      return {
        collection: 'conversations',
        mutation: { ...common, op: 'update', id: change.conversationId, base, changes },
      }
    }
    case 'suggestion.settle': {
      const changes = { status: change.status }
      return { collection: 'suggestions', mutation: { ...common, op: 'update', id: change.suggestionId, changes } }
    }
    case 'merge.make': {
      const { targetId, sourceIds, choices } = change
      return {
        collection: 'merges',
        mutation: { ...common, op: 'create', id: newId(), changes: { targetId, sourceIds, choices } },
      }
    }
    case 'merge.undo':
      return { collection: 'merges', mutation: { ...common, op: 'delete', id: change.mergeId } }
  }
}
