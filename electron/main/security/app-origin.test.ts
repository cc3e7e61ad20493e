import { expect, test } from 'vitest'
import { isAppUrl } from './app-origin.ts'

test.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/#/customers', 'APP://bundle/x'])(
  'EL-1: %s is the app',
  (url) => expect(isAppUrl(url)).toBe(true),
)

test.each([
  'app://bundle.evil/',
  'app://bundle@evil/',
  'app://user@bundle/',
  'app://bundle:80/',
  'app://evil/bundle',
  'app2://bundle/',
  'https://bundle/',
  'file:///app://bundle/',
  'javascript:app://bundle/',
  'blob:app://bundle/0000',
  'about:blank',
  '',
  'not a url',
])('EL-1: %s is not the app', (url) => expect(isAppUrl(url)).toBe(false))
