import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

const directives = (policy: string) =>
  Object.fromEntries(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]))

test('EL-1: scripts come from the app only, connections go to the app and the named origins only, nothing else is allowed', () => {
  const policy = directives(contentSecurityPolicy(['https://abc.supabase.co', 'wss://abc.supabase.co']))
  expect(policy).toMatchObject({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'worker-src': ["'self'"],
    'connect-src': ["'self'", 'https://abc.supabase.co', 'wss://abc.supabase.co'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  })
  expect(directives(contentSecurityPolicy())['connect-src']).toEqual(["'self'"])
})
