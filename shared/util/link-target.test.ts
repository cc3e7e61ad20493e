import { expect, test } from 'vitest'
import { linkTarget, webAddress } from './link-target.ts'

test('UI-2: only what is safe is linked to, and what people type in short is completed', () => {
  expect(linkTarget('example.com/a b')).toBe(null)
  expect(linkTarget('example.com/a')).toBe('https://example.com/a')
  expect(linkTarget('anna@example.com')).toBe('mailto:anna@example.com')
  expect(linkTarget('+49 30 123-456')).toBe('tel:+4930123456')
  expect(linkTarget('https://example.com/(x)')).toBe('https://example.com/%28x%29')
  for (const unsafe of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'vbscript:x', '  ', 'nothing']) {
    expect(linkTarget(unsafe), unsafe).toBeNull()
  }
})

test('UI-2: a website leads to the web and nowhere else, typed with or without its https', () => {
  expect(webAddress('example.com')).toBe('https://example.com')
  expect(webAddress(' www.müller.example/über ')).toBe('https://www.müller.example/über')
  expect(webAddress('http://example.com')).toBe('http://example.com')
  expect(webAddress('HTTPS://example.com')).toBe('HTTPS://example.com')
  for (const other of [
    'anna@example.com',
    '030 1234567',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ask Anna',
    '',
  ]) {
    expect(webAddress(other), other).toBeNull()
  }
})
