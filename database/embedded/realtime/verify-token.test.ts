import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyToken } from './verify-token.ts'

const SECRET = 'a secret of at least thirty-two characters'
const NOW = Date.parse('2026-01-01T00:00:00Z')
const claims = { sub: 'f0b6b6a4-0000-4000-8000-000000000001', role: 'authenticated', exp: NOW / 1_000 + 60 }

function token(body: object, head: object = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const parts = [head, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${parts}.${createHmac('sha256', secret).update(parts).digest('base64url')}`
}

test('EL-1: a good token gives its claims, the ones that we don’t know included', () => {
  expect(verifyToken(token({ ...claims, session_id: 'x' }), SECRET, NOW)).toEqual({ ...claims, session_id: 'x' })
})

test.each([
  ['another secret', token(claims, { alg: 'HS256' }, 'another secret')],
  ['no signature', `${token(claims).split('.').slice(0, 2).join('.')}.`],
  ['alg none', token(claims, { alg: 'none' })],
  ['another algorithm', token(claims, { alg: 'HS512' })],
  ['expired', token({ ...claims, exp: NOW / 1_000 })],
  ['no expiry', token({ sub: claims.sub, role: claims.role })],
  ['no user', token({ role: claims.role, exp: claims.exp })],
  ['the role postgres', token({ ...claims, role: 'postgres' })],
  ['the role service_role', token({ ...claims, role: 'service_role' })],
  ['a part too many', `${token(claims)}.x`],
  ['the publishable key', 'sb_publishable_x'],
  ['no text', { token: token(claims) }],
  ['nothing', undefined],
])('EL-1: refuses %s', (_, given) => {
  expect(verifyToken(given, SECRET, NOW)).toBeNull()
})
