import type { Guard } from '../guard.ts'

const LOSS = 'sync/worker/access-loss.test.ts'
const SESSION_TEST = 'sync/worker/session.test.ts'
const COMPANIES = 'sync/worker/two-companies.test.ts'
const TROUBLES = 'sync/worker/storage-troubles.test.ts'
const ACCESS = {
  spec: 'SY-5',
  file: 'sync/worker/access-check.ts',
  tests: ['sync/worker/access-check.test.ts'],
} as const
const MEMBERSHIP = { spec: 'SY-5', file: 'sync/worker/membership.ts', tests: [LOSS] } as const
const PURGE = { spec: 'SY-5', file: 'sync/handover/purge-replica.ts', tests: [LOSS] } as const
const SESSION = { file: 'sync/worker/session.ts', tests: [SESSION_TEST] } as const
const HANDOVER = {
  spec: 'SY-5',
  file: 'sync/handover/handover-file.ts',
  tests: ['sync/handover/handover-file.test.ts'],
} as const
const MESSAGES = {
  spec: 'EL-1',
  file: 'sync/worker/message-server.ts',
  tests: ['sync/worker/message-server.test.ts'],
} as const
const PERMISSIONS = {
  spec: 'R-1',
  file: 'shared/permissions/customer-permissions.ts',
  tests: ['database/postgres/role-matrix.integration.test.ts'],
} as const

/** Who is signed in, losing access, hand-overs, and the borders of the worker. */
export const SESSION_GUARDS: readonly Guard[] = [
  {
    ...MEMBERSHIP,
    id: 'access.asked-again-later',
    against: 'a company that is missing for a moment is purged',
    find: 'if (Math.abs(now - this.#missedAt) < SURE_MS) return',
    off: '',
  },
  {
    ...ACCESS,
    id: 'access.list-asked-again',
    against: 'the same, where the second list has it again',
    find: `if (companies.some((company) => company.companyId === companyId)) return { kind: 'member' }`,
    off: '',
  },
  {
    ...ACCESS,
    id: 'access.pull-probe',
    against: 'a wrong list of companies alone is enough to purge a replica',
    find: `  throw new SyncError('server', 'The server contradicts`,
    off: `  if (companies.length < 99) return { kind: 'lost', companies }\n  throw new SyncError('server', 'The server contradicts`,
  },
  {
    ...ACCESS,
    id: 'access.only-forbidden-counts',
    against: 'a failing server, a portal or an ended session counts as the loss of access',
    find: `if (error instanceof SyncError && error.kind === 'forbidden') return`,
    off: 'if (error instanceof SyncError) return',
  },
  {
    ...PURGE,
    id: 'access.kept-before-removed',
    against: 'unsent work goes with the replica',
    find: `      note = await handovers.keep(id, { ...about, ...unsent })
      return true
    })
`,
    off: `      setTimeout(() => void handovers.keep(id, { ...about, ...unsent }), 300)
      note = { id } as never
      return true
    })
`,
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/replica-shelf.ts',
    id: 'access.purge-finished',
    against: 'a replica whose purge a crash has broken off stays on the laptop',
    find: '(({ purged }) => !purged)',
    off: '(({ purged }) => purged === null)',
    tests: [LOSS],
  },
  {
    spec: 'SY-5',
    file: 'sync/handover/handover-vault.ts',
    id: 'access.passphrase-first',
    against: 'a hand-over is kept that nothing opens',
    find: `if ((await this.#secrets?.get(key)) !== passphrase) await this.#vault.set(key, passphrase)`,
    off: 'await this.#secrets?.get(key)',
    tests: [LOSS],
  },
  {
    spec: 'R-2',
    file: 'sync/handover/handover-vault.ts',
    id: 'access.own-handovers',
    against: 'another user of the laptop sees what somebody has left',
    find: 'filter((note) => note.userId === userId)',
    off: `filter((note) => note.userId !== '' || userId === '')`,
    tests: [LOSS],
  },
  {
    ...HANDOVER,
    id: 'handover.header-authenticated',
    against: 'the name of the company in a file is changed unnoticed',
    find: `return new TextEncoder().encode(JSON.stringify([format, version, company, lostAt, changes]))`,
    off: `return new TextEncoder().encode(JSON.stringify([format, version, company === lostAt, changes === -1]))`,
  },
  {
    ...HANDOVER,
    id: 'handover.bounded-work',
    against: 'a file that asks for a billion rounds keeps the computer busy',
    find: 'iterations: z.number().int().min(1).max(MAX_ITERATIONS),',
    off: 'iterations: z.number().int().min(MAX_ITERATIONS * 0),',
  },
  {
    ...HANDOVER,
    id: 'handover.contents-parsed',
    spec: 'SY-8',
    against: 'contents of another version are taken as ours',
    find: '  return contents.success\n',
    off: '  return contents !== null\n',
  },
  {
    spec: 'SY-5',
    file: 'sync/handover/requeue.ts',
    id: 'handover.requeued-once',
    against: 'work that is put back twice waits twice',
    find: 'entry.mutations.filter(({ mutationId }) => !known.has(mutationId))',
    off: `entry.mutations.filter(({ mutationId }) => mutationId !== '')`,
    tests: ['sync/handover/requeue.test.ts'],
  },
  {
    ...SESSION,
    id: 'session.unsent-stops-sign-out',
    spec: 'SY-2',
    against: 'signing out throws unsent edits away unasked',
    find: 'if (unsent > 0) return false',
    off: '',
  },
  {
    ...SESSION,
    id: 'session.elsewhere-counts',
    spec: 'SY-2',
    against: 'signing out throws away what waits in another company',
    find: 'agree(workspace.report.unsent() + workspace.report.status().elsewhere)',
    off: 'agree(workspace.report.unsent())',
    tests: [COMPANIES],
  },
  {
    ...SESSION,
    id: 'session.leaving-noted-first',
    spec: 'SY-3',
    against: 'a sign-out that a crash breaks off leaves a checkpoint for rows that are gone',
    find: '      await writeLeaving(vault, user)\n      return true',
    off: '      return true',
  },
  {
    ...SESSION,
    id: 'session.all-replicas-go',
    spec: 'R-2',
    against: 'the next user of the laptop finds the rows of the one before',
    find: '    if (leaving !== null) await shelf.removeAllOf(leaving)\n',
    off: '',
    tests: [COMPANIES],
  },
  {
    spec: 'SY-7',
    file: 'sync/worker/sync-report.ts',
    id: 'session.counts-what-waits',
    against: 'the app says of a copy whose key is missing that everything in it had been sent',
    find: 'if (unsent !== this.#counted) deps.onUnsent()',
    off: '',
    tests: ['sync/worker/storage-troubles.test.ts'],
  },
  {
    file: 'sync/worker/switch-company.ts',
    id: 'session.own-companies-only',
    spec: 'R-2',
    against: 'a company that the user does not belong to is opened',
    find: `if (company === undefined) return fail('no_access'`,
    off: `if (company === null) return fail('no_access'`,
    tests: [COMPANIES],
  },
  {
    spec: 'SY-2',
    file: 'sync/worker/replica-lock.ts',
    id: 'session.one-worker',
    against: 'two windows write one replica',
    find: 'return new Promise<void>((release) => resolve(release))',
    off: 'return Promise.resolve(resolve(() => undefined))',
    tests: ['sync/worker/replica-lock.test.ts'],
  },
  {
    ...SESSION,
    id: 'session.synced-though-unnoted',
    spec: 'SY-6',
    against: 'a vault that fails once leaves a company open that is never synced',
    find: `    place.workspace.sync.start()
    await place.workspace.troubles.takeInHandovers(shelf.handovers, user.id)
    await this.#noteOpen()`,
    off: `    await place.workspace.troubles.takeInHandovers(shelf.handovers, user.id)
    await this.#noteOpen()
    place.workspace.sync.start()`,
    tests: [TROUBLES],
  },
  {
    id: 'session.lock-released',
    spec: 'SY-2',
    file: 'sync/worker/session-service.ts',
    against: 'a vault that fails at the end keeps the next start out',
    find: `      try {
        await this.#opened?.session.close()
      } finally {`,
    off: `      await this.#opened?.session.close()
      {`,
    tests: [TROUBLES],
  },
  {
    id: 'session.no-timer-left',
    spec: 'SY-2',
    file: 'sync/worker/open-workspace.ts',
    against: 'a workspace that could not be opened goes on syncing a replica that is closed',
    find: '      made.#stop()\n',
    off: '',
    tests: [TROUBLES],
  },
  {
    ...MESSAGES,
    id: 'border.messages-parsed',
    against: 'anything that is posted to the worker is taken for a message',
    find: '    const message = messageSchema.safeParse(data).data\n',
    off: '    const message = data as Message\n',
  },
  {
    ...MESSAGES,
    id: 'border.own-names-only',
    against: 'a request is named like a property of every object',
    find: 'return Object.hasOwn(replicaRequests, name)',
    off: 'return name in replicaRequests',
  },
  {
    ...MESSAGES,
    id: 'border.host-parsed',
    against: 'an answer of the host that makes no sense is believed',
    find: 'return hostRequests[name].output.parse(output) as',
    off: 'return output as',
  },
  {
    ...MESSAGES,
    id: 'border.no-text-of-bugs',
    against: 'what a customer is called stands in a crash report',
    find: "error instanceof Error ? error.name : 'unknown fault'",
    off: "error instanceof Error ? error.message : 'unknown fault'",
  },
  {
    spec: 'EL-1',
    file: 'sync/worker/create-replica.ts',
    id: 'border.requests-parsed',
    against: 'input outside of the contract reaches the commands',
    find: 'if (parsed.success) return handlers[name](parsed.data as',
    off: 'if (parsed.success || input !== undefined) return handlers[name](input as',
    tests: ['sync/worker/create-replica.exploit.test.ts'],
  },
  {
    ...PERMISSIONS,
    id: 'permissions.same-as-server',
    against: 'the app offers what the server refuses',
    find: `manager: { create: 'all', view: 'all', edit: 'all', delete: 'none'`,
    off: `manager: { create: 'all', view: 'all', edit: 'all', delete: 'all'`,
  },
  {
    ...PERMISSIONS,
    id: 'permissions.own-customers',
    against: 'the app offers sales reps the customers of others',
    find: 'customer.createdByUserId === actor.userId) {',
    off: 'customer.createdByUserId !== actor.userId) {',
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/insistence.ts',
    id: 'session.refusal-told',
    against: 'a purge that the disk refuses shows nothing until a restart',
    find: 'this.#refused = { code: error.code, message: error.message }',
    off: '',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/insistence.ts',
    id: 'session.refusal-retried',
    against: 'what the disk has refused once is not done before a restart',
    find: 'this.#cancelRetry = timing.after(RETRY_MS, () => void inTurn(() => this.#retry(work)).catch(reportBug))',
    off: '',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/insistence.ts',
    id: 'session.retry-still-wanted',
    against: 'a purge that waits for its turn behind the opening of another company closes that one',
    find: 'if (this.#undone === work) await',
    off: 'await',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/session.ts',
    id: 'session.purge-before-entering',
    against: 'a purge that is tried again closes the company that was opened meanwhile',
    find: 'await this.#insistence.finish()',
    off: '',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/session-service.ts',
    id: 'session.resumed',
    against: 'a company that can’t be opened leaves none open, and nobody says so',
    find: 'await this.#opened?.session.resume()',
    off: '',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/replica-shelf.ts',
    id: 'access.kept-once',
    against: 'each try of a purge keeps the same work once more',
    find: 'if (begun !== undefined) return begun',
    off: '',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/handover/handover-vault.ts',
    id: 'handover.damaged-apart',
    against: 'a hand-over that can’t be read is written over',
    find: 'await this.#keepDamaged([...new Set([...(await this.#readDamaged()), ...damaged])])',
    off: '',
    tests: ['sync/handover/handover-vault.test.ts'],
  },
  {
    spec: 'R-2',
    file: 'sync/handover/handover-vault.ts',
    id: 'handover.damaged-own',
    against: 'a damaged hand-over shows to whoever signs in next',
    find: '(OWNER.exec(text)?.[1] ?? userId) === userId',
    off: `OWNER.test(text) || userId !== ''`,
    tests: ['sync/handover/handover-vault.test.ts'],
  },
  {
    spec: 'SY-1',
    file: 'sync/worker/session-service.ts',
    id: 'session.late-address',
    against: 'a replica that was opened before the address was known waits for its next try',
    find: 'this.workspace?.sync.networkChanged()',
    off: '',
    tests: ['sync/worker/session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/worker/session.ts',
    id: 'access.purge-before-entry',
    against: 'the rest of a purge takes the replica that came after it',
    find: `    await shelf.finishPurges(user.id)
    await this.#open(user, company)`,
    off: '    await this.#open(user, company)',
    tests: ['sync/worker/refused-session.test.ts'],
  },
  {
    spec: 'SY-5',
    file: 'sync/handover/handover-service.ts',
    id: 'handover.rest-is-no-purge',
    against: 'a hand-over that was put back in part takes the replica, and all it holds, with the next start',
    find: ', { purged: true })',
    off: ')',
    tests: [LOSS],
  },
]
