import { existsSync } from 'node:fs'

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const

/** The Chromium to drive: the one named by CHROMIUM, an installed one, or undefined for Playwright's own download. */
export function chromiumExecutable(): string | undefined {
  const named = process.env.CHROMIUM
  if (named !== undefined) return named
  return INSTALLED.find((path) => existsSync(path))
}

/**
 * The lighter form without windows, of which Playwright has its own download, too; without it the same as
 * `chromiumExecutable`.
 */
export function headlessExecutable(): string | undefined {
  const shell = '/usr/bin/chromium-headless-shell'
  return process.env.CHROMIUM === undefined && existsSync(shell) ? shell : chromiumExecutable()
}

/** Flags for a headless Chromium in containers and offline machines. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] as const
