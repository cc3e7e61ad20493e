import type { AttentionItem } from '#shared/replica-api/detail.ts'
import { type DuplicateStatus, NEVER_SCANNED } from '#shared/replica-api/duplicates.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { SYNC_STOPPED, type SyncStatus } from '#shared/replica-api/sync-status.ts'
import { type CustomerServices, createCustomerServices } from '#shared/services/customer-services.ts'
import { createFormDrafts, type FormDrafts } from './form-drafts.ts'
import { createListCursor, type ListCursor } from './list-cursor.ts'
import { createListPicker, type ListPicker } from './list-picker.ts'
import { INITIAL_LIST_STATE, type ListState, listStateSchema, queryOf } from './list-state.ts'
import type { ReplicaClient } from './replica-client.ts'
import { INITIAL_REVIEW, type ReviewState } from './review-queue.ts'
import { createRowWindows, type RowWindows } from './row-windows.ts'
import { createPersistedStore, createStore, type Store, type TextStorage } from './store.ts'

/** `starting`: the worker has not answered yet. `crashed`: it can't be loaded, or died. */
export type AppSession = SessionState | { readonly kind: 'starting' } | { readonly kind: 'crashed' }

/** Everything the screens read, kept in step with the worker outside of React. */
export interface ReplicaModel {
  readonly client: ReplicaClient
  readonly services: CustomerServices
  readonly session: Store<AppSession>
  readonly sync: Store<SyncStatus>
  readonly attention: Store<readonly AttentionItem[]>
  readonly duplicates: Store<DuplicateStatus>
  /** The sitting over the duplicates: what is looked at, and what was decided. */
  readonly review: Store<ReviewState>
  readonly list: Store<ListState>
  readonly rows: RowWindows
  readonly cursor: ListCursor
  /** Who is chosen for acts on many. */
  readonly picker: ListPicker
  /** Unsaved input of the forms. */
  readonly drafts: FormDrafts
  /** Grows with every change of the data: open details ask again. */
  readonly dataVersion: Store<number>
}

/** Many change notices in a row (an import, a first sync) become one refresh in this time. */
const REFRESH_MS = 80

/** Where the model keeps what survives: `local` a restart, `session` a reload of this window. */
export interface ModelStorage {
  readonly local: TextStorage
  readonly session: TextStorage
}

/** Names who is signed in at which company; null: nobody is. */
export function sessionKey(session: AppSession): string | null {
  return session.kind === 'signedIn' ? `${session.user.id} ${session.workspace.companyId}` : null
}

/** Wires the stores to the worker's notices. */
export function createReplicaModel(client: ReplicaClient, storage: ModelStorage): ReplicaModel {
  const session = createStore<AppSession>({ kind: 'starting' })
  const sync = createStore(SYNC_STOPPED)
  const attention = createStore<readonly AttentionItem[]>([])
  const duplicates = createStore(NEVER_SCANNED)
  const review = createStore(INITIAL_REVIEW)
  const list = createPersistedStore('crm.list', listStateSchema, INITIAL_LIST_STATE, storage.local)
  const drafts = createFormDrafts(storage.session)
  const dataVersion = createStore(0)
  const services = createCustomerServices(client.request, () => {
    const now = session.get()
    return now.kind === 'signedIn' ? now.workspace.country : ''
  })
  const rows = createRowWindows(({ query, ...page }) => services.customers.getCustomers(query, page))

  const refresh = atMostEvery(REFRESH_MS, () => {
    rows.refresh()
    dataVersion.set(dataVersion.get() + 1)
  })
  const reloadAttention = atMostEvery(REFRESH_MS, () => {
    if (session.get().kind !== 'signedIn') return
    client.request('attention.list', null).then(
      (items) => attention.set(items),
      // The list stays as it was; the next status asks again.
      () => undefined,
    )
  })

  const cursor = createListCursor(list, rows)
  const picker = createListPicker(list, rows, cursor, {
    window: (input) => client.request('customers.window', input),
    position: (input) => client.request('customers.position', input),
  })

  let asked = ''
  function ask(): void {
    const query = queryOf(list.get())
    const key = JSON.stringify(query)
    if (key === asked || session.get().kind !== 'signedIn') return
    asked = key
    rows.setQuery(query)
  }

  /** Whose rows of which company are shown. */
  let shown: string | null = null
  function followSession(): void {
    const next = sessionKey(session.get())
    if (next === shown) return
    const wasAnother = shown !== null
    shown = next
    if (wasAnother) {
      // The next person on this machine, or the other company, finds nothing of this one.
      rows.clear()
      asked = ''
      attention.set([])
      sync.set(SYNC_STOPPED)
      duplicates.set(NEVER_SCANNED)
      review.set(INITIAL_REVIEW)
      list.set(INITIAL_LIST_STATE)
      picker.clear()
      drafts.clear()
    }
    if (next === null) return
    ask()
    client.request('sync.status', null).then(
      (status) => sync.set(status),
      () => undefined,
    )
    client.request('duplicates.status', null).then(
      (status) => duplicates.set(status),
      () => undefined,
    )
    reloadAttention()
  }

  session.subscribe(followSession)
  list.subscribe(ask)
  client.onNotice('session.state', (state) => session.set(state))
  client.onNotice('customers.changed', refresh)
  client.onNotice('customers.erased', ({ ids }) => drafts.forgetCustomers(ids))
  client.onNotice('sync.status', (status) => {
    const before = sync.get()
    sync.set(status)
    if (before.attention !== status.attention || status.attention > 0) reloadAttention()
  })
  client.onNotice('duplicates.changed', (status) => duplicates.set(status))
  client.onFailure(() => session.set({ kind: 'crashed' }))

  return {
    client,
    services,
    session,
    sync,
    attention,
    duplicates,
    review,
    list,
    rows,
    cursor,
    picker,
    drafts,
    dataVersion,
  }
}

/** Runs `action` at once, then at most once in `ms`, never losing the last call. */
function atMostEvery(ms: number, action: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDue = false
  return function run(): void {
    if (timer !== null) {
      isDue = true
      return
    }
    isDue = false
    timer = setTimeout(() => {
      timer = null
      if (isDue) run()
    }, ms)
    action()
  }
}
