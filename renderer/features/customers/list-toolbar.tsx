import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { withoutPart } from '#shared/domain/customer-filter.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { chosenCount } from '../../lib/list-selection.ts'
import { withFilter } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import { FilterButton } from './filter-button.tsx'
import { ListColumnsButton } from './list-columns-button.tsx'
import classes from './list-toolbar.module.css'
import { SavedFilters } from './saved-filters.tsx'
import { SortMenu } from './sort-menu.tsx'

const words = strings.list
const VIEWS = ['all', 'mine', 'recent'] as const

/** Views, filters, and the two ways to get more customers. */
export function ListToolbar() {
  const { list, picker, rows } = useReplica()
  const shown = useStore(list, ({ filter }) => filter.view ?? 'all')
  const isNarrow = useIsNarrow()
  const isChoosing = chosenCount(useStore(picker.selection), rows.get().total) > 0
  const [, navigate] = useLocation()
  const actor = useActor()
  const permission = customerPermission(actor, 'create')
  const mayExport = customerPermission(actor, 'export')
  function show(view: (typeof VIEWS)[number]): void {
    const rest = withoutPart(list.get().filter, 'view')
    list.set(withFilter(list.get(), view === 'all' ? rest : { ...rest, view }))
  }
  return (
    <div className={classes.bar}>
      <fieldset className={classes.views} aria-label={words.viewsLabel}>
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            className={cx(classes.view, shown === view && classes.on)}
            aria-pressed={shown === view}
            onClick={() => show(view)}
          >
            {words.views[view]}
          </button>
        ))}
      </fieldset>
      <div className={classes.tools}>
        <FilterButton />
        <SortMenu />
        <SavedFilters />
        {isNarrow ? null : <ListColumnsButton />}
      </div>
      <div className={cx(classes.actions, isChoosing && classes.away)}>
        <Button variant="default" className={classes.import ?? ''} onClick={() => navigate(routes.import)}>
          {strings.actions.import}
        </Button>
        <PermissionButton
          permission={mayExport}
          variant="default"
          className={classes.import ?? ''}
          onClick={() => navigate(routes.export)}
        >
          {strings.export.title}
        </PermissionButton>
        <PermissionButton permission={permission} onClick={() => navigate(routes.newCustomer)}>
          {strings.actions.newCustomer}
        </PermissionButton>
      </div>
    </div>
  )
}
