import { z } from 'zod'
import { INITIAL_LAYOUT, type ListLayout, listLayoutSchema } from '../lib/list-columns.ts'
import { createPersistedStore } from '../lib/store.ts'
import { useSignedIn } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** By person and company: two who share a computer, or two companies, each have their own. */
const layouts = createPersistedStore('crm.columns', z.record(z.string(), listLayoutSchema), {}, window.localStorage)

/** The columns of the list as this person has set them up for this company, and what changes that. */
export function useListLayout(): readonly [ListLayout, (change: (layout: ListLayout) => ListLayout) => void] {
  const { user, workspace } = useSignedIn()
  const key = `${user.id} ${workspace.companyId}`
  const layout = useStore(layouts)[key] ?? INITIAL_LAYOUT
  return [layout, (change) => layouts.set({ ...layouts.get(), [key]: change(layouts.get()[key] ?? INITIAL_LAYOUT) })]
}
