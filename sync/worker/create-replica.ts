import type { z } from 'zod'
import { type ReplicaRequests, type RequestName, replicaRequests } from '#shared/replica-api/contract.ts'
import { NEVER_SCANNED } from '#shared/replica-api/duplicates.ts'
import { SYNC_STOPPED } from '#shared/replica-api/sync-status.ts'
import { fail } from '#shared/util/result.ts'
import { countNothing } from '../list/count-facets.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import type { ReplicaHost } from './replica-host.ts'
import {
  administrationHandlers,
  bulkHandlers,
  exportHandlers,
  type Handlers,
  importHandlers,
} from './request-handlers.ts'
import { NOT_SIGNED_IN, SessionService } from './session-service.ts'

/** The replica as the message server sees it. */
export interface Replica {
  /** Begins to open what is stored before anybody asks: whoever loads the worker will. */
  begin(): void
  /** Answers a request of the contract. `input` is parsed here; a `ZodError` means that the asker has a bug. */
  handle(name: RequestName, input: unknown): Promise<unknown>
  /** The network came or went, or the machine woke up. */
  networkChanged(): void
  close(): Promise<void>
}

const NONE = { rows: [], total: 0 }
const NO_ROWS = { version: 0, offset: 0, rows: [], heldFirst: null, total: 0, all: 0, tookMs: 0 }
const NO_HISTORY = {
  conversations: NONE,
  quotes: NONE,
  quoteRequests: NONE,
  activity: NONE,
  interactions: NONE,
  merges: NONE,
  suggestions: NONE,
}
/** What is answered before the workspace is open. */
const BEFORE_OPEN: ReadonlySet<RequestName> = new Set(['app.open', 'customers.window'])

/** Composes the replica: one session, at most one open workspace, and a handler for each request. */
export function createReplica(host: ReplicaHost): Replica {
  const session = new SessionService(host)

  /** Runs a write in the open workspace, and sends it as soon as the network allows. */
  async function command<T>(run: (workspace: OpenWorkspace) => Promise<T>): Promise<T | typeof NOT_SIGNED_IN> {
    const { workspace } = session
    if (workspace === null) return NOT_SIGNED_IN
    const answer = await run(workspace)
    workspace.sync.nudge()
    return answer
  }

  const handlers: Handlers = {
    'app.open': ({ config }) => session.open(config),
    'session.signIn': ({ email, password, invitation = null }) =>
      session.signIn({ email: email.trim(), password, invitation }),
    'session.signOut': ({ discardUnsent }) => session.signOut(discardUnsent),
    'session.companies': () => session.companies(),
    'session.switchCompany': ({ companyId }) => session.switchCompany(companyId),
    'session.startAfresh': () => session.startAfresh(),
    'handover.list': () => session.handovers(),
    'handover.save': ({ id }) => session.saveHandover(id),
    'handover.discard': ({ id }) => session.discardHandover(id),
    'handover.requeue': ({ id }) => session.requeueHandover(id),
    'customers.window': async ({ query, offset, limit, version, held }) => {
      const preview = session.previewWindow(query, offset, limit)
      if (preview !== null) return { ...preview, tookMs: 0 }
      await session.opening
      return session.workspace?.listing.window(query, offset, limit, { version, held }) ?? NO_ROWS
    },
    'customers.get': ({ id }) => {
      const { workspace } = session
      const detail = workspace?.commands.get(id) ?? null
      if (workspace === null || detail === null) return null
      workspace.recent.viewed(id)
      return { ...detail, history: workspace.records.history(id) }
    },
    'customers.history': ({ id }) => session.workspace?.records.history(id) ?? NO_HISTORY,
    'customers.facets': ({ query }) => session.workspace?.listing.table.facets(query) ?? countNothing(),
    'customers.position': ({ query, id, version }) =>
      session.workspace?.listing.table.position(query, id, version) ?? null,
    'customers.create': ({ fields, source, chatId }) =>
      command((workspace) => workspace.commands.create(fields, source, chatId)),
    'customers.update': ({ id, changes, base }) => command((workspace) => workspace.commands.update(id, changes, base)),
    'customers.delete': ({ id }) => command((workspace) => workspace.commands.delete(id)),
    'customers.restore': ({ id }) => command((workspace) => workspace.commands.restore(id)),
    'customers.settleErasureFlag': ({ id }) => command((workspace) => workspace.online.settleErasureFlag(id)),
    'deleted.list': ({ search, limit }) =>
      session.workspace?.deleted.list(search, limit) ?? { customers: [], total: 0 },
    'deleted.get': ({ id }) => session.workspace?.deleted.get(id) ?? null,
    'export.record': ({ format, rows }) => command((workspace) => workspace.online.recordExport(format, rows)),
    'attention.list': () => session.workspace?.report.attention() ?? [],
    'attention.resend': ({ customerId, changes, base }) =>
      command((workspace) => workspace.commands.resend(customerId, changes ?? {}, base ?? {})),
    'attention.discard': ({ customerId }) => command((workspace) => workspace.commands.discard(customerId)),
    'conflict.settle': ({ customerId, field, keep }) =>
      command((workspace) => workspace.commands.settle(customerId, field, keep)),
    'attention.records': () => session.workspace?.records.refused() ?? [],
    'attention.resendRecord': ({ key }) => command((workspace) => workspace.records.resend(key)),
    'attention.discardRecord': ({ key }) => command((workspace) => workspace.records.discard(key)),
    'attention.unreadable': () => session.workspace?.troubles.unreadable() ?? [],
    'attention.discardUnreadable': ({ stored }) => command((workspace) => workspace.troubles.discard(stored)),
    'records.change': (change) => command((workspace) => workspace.records.change(change)),
    'filters.list': () => session.workspace?.records.list('savedFilters') ?? [],
    'chats.waiting': (page) => session.workspace?.chats.page(page) ?? { chats: [], total: 0, older: 0 },
    'dashboard.read': () => session.workspace?.dashboard.read() ?? null,
    'duplicates.status': () => session.workspace?.duplicates.status() ?? NEVER_SCANNED,
    'duplicates.groups': (asked) => session.workspace?.duplicates.groups(asked) ?? { groups: [], total: 0 },
    'duplicates.ofCustomer': ({ id }) => session.workspace?.duplicates.ofCustomer(id) ?? null,
    'duplicates.check': ({ fields, exceptId }) => session.workspace?.duplicates.check(fields, exceptId) ?? [],
    'duplicates.scan': () => {
      session.workspace?.duplicates.scan()
      return null
    },
    'duplicates.stop': () => {
      session.workspace?.duplicates.stopScan()
      return null
    },
    'merge.preview': (merge) => session.workspace?.duplicates.preview(merge) ?? NOT_SIGNED_IN,
    'sync.status': () => session.workspace?.report.status() ?? SYNC_STOPPED,
    'sync.now': () => {
      session.workspace?.sync.syncNow()
      return null
    },
    'sync.wake': () => {
      session.workspace?.sync.networkChanged()
      return null
    },
    'sync.dismissIncident': () => command((workspace) => workspace.troubles.dismiss()),
    'data.facts': () => session.workspace?.upkeep.facts() ?? null,
    'data.compact': () => session.workspace?.upkeep.compact() ?? NOT_SIGNED_IN,
    'data.rebuild': () => session.workspace?.upkeep.rebuild() ?? NOT_SIGNED_IN,
    'account.changePassword': ({ current, next }) => session.changePassword(current, next),
    'account.acceptInvitation': ({ code }) => session.acceptInvitation(code),
    'account.forgetCompany': ({ discardUnsent }) => session.forgetCompany(discardUnsent),
    ...administrationHandlers(() => session.workspace),
    ...exportHandlers(() => session.workspace?.exports ?? null),
    ...bulkHandlers(() => session.workspace?.bulk ?? null),
    ...importHandlers(() => session.workspace?.imports ?? null),
  }

  return {
    begin: () => session.begin(),
    handle: async (name, input) => {
      // The list shows before the rest is there: what else is asked waits.
      if (!BEFORE_OPEN.has(name) && session.opening !== null) await session.opening
      return answer(handlers, name, input)
    },
    networkChanged: () => session.workspace?.sync.networkChanged(),
    close: () => session.close(),
  }
}

/**
 * The one place where a name is matched with its schema and handler, which TypeScript can't follow.
 * Customer fields that break a rule are an expected failure, told at the field; any other input that
 * doesn't fit is a bug of the asker.
 */
function answer<N extends RequestName>(handlers: Handlers, name: N, input: unknown): unknown {
  const parsed = replicaRequests[name].input.safeParse(input)
  if (parsed.success) return handlers[name](parsed.data as z.output<ReplicaRequests[N]['input']>)
  const issue = parsed.error.issues.find(({ path }) => path[0] === 'fields' || path[0] === 'changes')
  const field = issue?.path[1]
  if (issue === undefined || typeof field !== 'string') throw parsed.error
  return fail('invalid', issue.message, field)
}
