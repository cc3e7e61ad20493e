import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'

/** In place of a part of the settings that the role may not see. */
export function NoPermission({ reason }: { readonly reason: string }) {
  return <EmptyState title={strings.settings.notAllowed}>{reason}</EmptyState>
}
