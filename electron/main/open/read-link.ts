import { z } from 'zod'
import { backendConfigSchema } from '#shared/domain/backend-config.ts'
import type { Opening } from '#shared/ipc/desktop.ts'
import { isSafeServer } from '../connection/load-backend-config.ts'

/** The scheme that the installers register. */
export const LINK_SCHEME = 'tradesphere'
const LONGEST = 2_000

/**
 * What a `tradesphere:` link asks for, or null where it is none of ours: links come from mails and
 * web pages, so nothing passes but a customer's id and the offer of a server (which is asked about).
 */
export function readLink(text: string): Extract<Opening, { kind: 'customer' | 'connect' }> | null {
  if (text.length > LONGEST || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== `${LINK_SCHEME}:` || url.username !== '' || url.password !== '' || url.port !== '') return null
  switch (url.hostname) {
    case 'customer': {
      const id = z.guid().safeParse(url.pathname.slice(1))
      return id.success && url.search === '' && url.hash === '' ? { kind: 'customer', id: id.data } : null
    }
    case 'connect': {
      const config = backendConfigSchema.safeParse({
        supabaseUrl: url.searchParams.get('url'),
        publishableKey: url.searchParams.get('key'),
      })
      return config.success && isSafeServer(config.data.supabaseUrl) ? { kind: 'connect', config: config.data } : null
    }
    default:
      return null
  }
}
