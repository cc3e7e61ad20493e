import { z } from 'zod'

/** What stands beside the list of customers. */
export type Beside =
  | { readonly kind: 'nothing' }
  /** `madeId`: who has just been made there. */
  | { readonly kind: 'create'; readonly madeId: string | null }
  | { readonly kind: 'customer'; readonly id: string; readonly isEditing: boolean }

/** What stands beside the list, by an address that begins with `routes.customers`. */
export function besideList(location: string): Beside {
  const [, , id, part] = location.split('/')
  if (id === 'new') return { kind: 'create', madeId: isId(part) ? part : null }
  return isId(id) ? { kind: 'customer', id, isEditing: part === 'edit' } : { kind: 'nothing' }
}

function isId(part: string | undefined): part is string {
  return z.guid().safeParse(part).success
}
