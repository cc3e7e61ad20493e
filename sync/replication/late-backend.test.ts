import { expect, test } from 'vitest'
import { ok } from '#shared/util/result.ts'
import type { Backend, CreateBackend } from './backend.ts'
import type { HintListener } from './hints.ts'
import { lateBackend } from './late-backend.ts'
import type { Transport } from './transport.ts'

const CONFIG = { supabaseUrl: 'https://crm.example', publishableKey: 'public' }
const SECRETS = { get: async () => null, set: async () => undefined, remove: async () => undefined }
const LISTENER: HintListener = { onHint: () => undefined, onOpen: () => undefined, onEnd: () => undefined }
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

/** A backend that says what was asked of it, behind code that loads when `loaded` does. */
function setUp(loads: (() => Promise<unknown>)[] = []) {
  const asked: string[] = []
  const real: Backend = {
    transportFor: (userId) =>
      ({ companies: async () => [asked.push(`companies of ${userId}`)] }) as unknown as Transport,
    hintsFor: (userId) => ({
      open: (companyId) => {
        asked.push(`hints of ${companyId} for ${userId}`)
        return () => void asked.push('hints closed')
      },
    }),
    signIn: async (email) => ok({ id: 'u', email, name: null }),
    changePassword: async () => ok(null),
    signOut: async () => void asked.push('signed out'),
  }
  let made = 0
  const create: CreateBackend = () => {
    made += 1
    return real
  }
  const backend = lateBackend(async () => {
    await loads.shift()?.()
    return create
  })(CONFIG, SECRETS)
  return { backend, asked, made: () => made }
}

test('PF-6: the backend is made when something is first asked of it, and once', async () => {
  const { backend, asked, made } = setUp()
  const transport = backend.transportFor('u')
  await settled()
  expect(made()).toBe(0)
  await transport.companies()
  await backend.signOut()
  expect([made(), asked]).toEqual([1, ['companies of u', 'signed out']])
  expect(await backend.signIn('a@example.com', 'p')).toEqual(ok({ id: 'u', email: 'a@example.com', name: null }))
})

test('PF-6: hints that are given up before their code is there are never opened; later ones close', async () => {
  const { backend, asked } = setUp()
  backend.hintsFor('u').open('c', LISTENER)()
  await settled()
  expect(asked).toEqual([])
  const close = backend.hintsFor('u').open('c', LISTENER)
  await settled()
  close()
  expect(asked).toEqual(['hints of c for u', 'hints closed'])
})

test('SY-1: code that can’t be loaded is a server that does not answer, and is loaded again when asked again', async () => {
  const refuse = () => Promise.reject(new TypeError('no such file'))
  const { backend } = setUp([refuse, refuse])
  await expect(backend.transportFor('u').companies()).rejects.toMatchObject({ kind: 'unreachable' })
  const ends: number[] = []
  backend.hintsFor('u').open('c', { ...LISTENER, onEnd: () => ends.push(1) })
  await settled()
  expect(ends).toEqual([1])
  await expect(backend.transportFor('u').companies()).resolves.toBeDefined()
})
