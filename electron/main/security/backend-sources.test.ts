import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '#shared/util/content-security-policy.ts'
import { backendSources } from './backend-sources.ts'

test('EL-1: the policy lets the app connect to its backend, by https and wss, and to nothing else', () => {
  const policy = contentSecurityPolicy(backendSources('https://abc.supabase.co/rest/v1?x=1'))
  expect(policy).toContain("connect-src 'self' https://abc.supabase.co wss://abc.supabase.co;")
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
})

test('EL-1: a backend on this machine is reached by http and ws, with its port', () => {
  expect(backendSources('http://127.0.0.1:4180/')).toEqual(['http://127.0.0.1:4180', 'ws://127.0.0.1:4180'])
})
