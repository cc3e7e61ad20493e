import { expect, test, vi } from 'vitest'
import type { Workspace } from '#shared/domain/workspace.ts'
import { SyncError, type SyncErrorKind } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import { checkAccess } from './access-check.ts'

const ACME = 'c0000000-0000-4000-8000-000000000001'
const BETA: Workspace = {
  companyId: 'c0000000-0000-4000-8000-000000000002',
  companyName: 'Beta',
  country: 'AU',
  role: 'sales',
  members: [],
}

/** A server that lists these companies, and answers the pull of Acme with a page or with a failure. */
function serverThat(companies: readonly Workspace[], refusal: SyncErrorKind | null) {
  const pull = vi.fn(async () => {
    if (refusal !== null) throw new SyncError(refusal, 'No.')
    return {}
  })
  return { transport: { companies: async () => companies, pull } as unknown as Transport, pull }
}

test('SY-5: a company that the second list holds is not lost, and nothing more is asked', async () => {
  const { transport, pull } = serverThat([BETA, { ...BETA, companyId: ACME }], 'forbidden')
  expect(await checkAccess(transport, ACME)).toEqual({ kind: 'member' })
  expect(pull).not.toHaveBeenCalled()
})

test('SY-5: a company that is missing and whose pull is refused for want of membership is lost', async () => {
  const { transport } = serverThat([BETA], 'forbidden')
  expect(await checkAccess(transport, ACME)).toEqual({ kind: 'lost', companies: [BETA], isSignedOut: false })
})

test.each([
  [null, 'server'],
  ['unreachable', 'unreachable'],
  ['server', 'server'],
  ['auth', 'auth'],
  ['protocol', 'protocol'],
  ['bad_request', 'bad_request'],
] as const)('SY-5: missing, while its pull is answered with %s, is not lost', async (refusal, kind) => {
  const { transport } = serverThat([BETA], refusal)
  await expect(checkAccess(transport, ACME)).rejects.toMatchObject({ name: 'SyncError', kind })
})
