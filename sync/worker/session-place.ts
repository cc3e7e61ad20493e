import type { SessionState } from '#shared/replica-api/session-state.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import type { AppError } from '#shared/util/result.ts'
import type { HandoverNote } from '../handover/handover-vault.ts'
import type { KnownUser } from './known-user.ts'
import type { OpenWorkspace } from './open-workspace.ts'

interface Places {
  readonly signedOut: object
  /** Between two companies, or after one that could not be opened. */
  readonly between: { readonly user: KnownUser }
  readonly open: { readonly user: KnownUser; readonly workspace: OpenWorkspace }
  /** The user has lost their company and has not gone on yet. */
  readonly lost: { readonly user: KnownUser; readonly note: HandoverNote }
  /** The user's company can't be opened, and is not touched. `unsent` as it was last counted; null: never. */
  readonly locked: {
    readonly user: KnownUser
    readonly company: { readonly id: string; readonly name: string }
    readonly unsent: number | null
    readonly error: AppError
  }
}

/** Where a session is. */
export type SessionPlace<K extends keyof Places = keyof Places> = { [P in K]: { readonly kind: P } & Places[P] }[K]

export const SIGNED_OUT = { kind: 'signedOut' } as const

/** A place as the UI is told. */
export function describePlace(place: SessionPlace): SessionState {
  switch (place.kind) {
    case 'signedOut':
    case 'between':
      return SIGNED_OUT
    case 'open':
      return { kind: 'signedIn', user: identity(place.user), workspace: place.workspace.workspace }
    case 'lost': {
      const { companyId, companyName, unsent, isSignedOut } = place.note
      const company = { id: companyId, name: companyName }
      return { kind: 'accessLost', user: identity(place.user), company, unsent, isSignedOut }
    }
    case 'locked':
      return { ...place, user: identity(place.user) }
    default:
      return assertNever(place)
  }
}

/** What the UI is told of a user. */
export function identity({ id, email, name }: KnownUser): Pick<KnownUser, 'id' | 'email' | 'name'> {
  return { id, email, name }
}
