import { existsSync } from 'node:fs'

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const

/** The Chromium to drive: the one named by CHROMIUM, an installed one, or undefined for Playwright's own download. */
export function chromiumExecutable(): string | undefined {
  const named = process.env.CHROMIUM
  if (named !== undefined) return named
  return INSTALLED.find((path) => existsSync(path))
}

/** Flags for a headless Chromium in containers and offline machines. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] as const
