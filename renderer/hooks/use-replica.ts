import { createContext, useContext } from 'react'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { Actor } from '#shared/permissions/customer-permissions.ts'
import type { ReplicaModel } from '../lib/replica-model.ts'

/** The model every screen reads; provided once, at the root. */
export const ReplicaContext = createContext<ReplicaModel | null>(null)

/** The replica's stores and requests. */
export function useReplica(): ReplicaModel {
  const model = useContext(ReplicaContext)
  if (model === null) throw new Error('useReplica needs a ReplicaContext above it.')
  return model
}

/** Who is signed in, and where. */
export interface SignedIn {
  readonly user: { readonly id: string; readonly email: string; readonly name: string }
  readonly workspace: Workspace
}

/** Provided below the sign-in gate. */
export const SignedInContext = createContext<SignedIn | null>(null)

/** The signed-in user and company; only below the sign-in gate. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext)
  if (signedIn === null) throw new Error('useSignedIn needs a SignedInContext above it.')
  return signedIn
}

/** The signed-in user as the permission table knows them. */
export function useActor(): Actor {
  const { user, workspace } = useSignedIn()
  return { userId: user.id, role: workspace.role }
}
