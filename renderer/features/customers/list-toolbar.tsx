import { Button, Menu } from '@mantine/core'
import { useLocation } from 'wouter'
import { type CustomerSource, customerSourceSchema } from '#shared/domain/customer.ts'
import { withoutPart } from '#shared/domain/customer-filter.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { withFilter } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import classes from './list-toolbar.module.css'

const words = strings.list
const VIEWS = ['all', 'mine', 'recent'] as const

/** Views, filters, and the two ways to get more customers. */
export function ListToolbar() {
  const { list } = useReplica()
  const state = useStore(list)
  const [, navigate] = useLocation()
  const permission = customerPermission(useActor(), 'create')
  function show(view: (typeof VIEWS)[number]): void {
    const rest = withoutPart(list.get().filter, 'view')
    list.set(withFilter(list.get(), view === 'all' ? rest : { ...rest, view }))
  }
  function showSource(source: CustomerSource | null): void {
    const rest = withoutPart(list.get().filter, 'sources')
    list.set(withFilter(list.get(), source === null ? rest : { ...rest, sources: [source] }))
  }
  return (
    <div className={classes.bar}>
      <fieldset className={classes.views} aria-label={words.viewsLabel}>
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            className={cx(classes.view, (state.filter.view ?? 'all') === view && classes.on)}
            aria-pressed={(state.filter.view ?? 'all') === view}
            onClick={() => show(view)}
          >
            {words.views[view]}
          </button>
        ))}
      </fieldset>
      <SourceFilter value={state.filter.sources?.[0] ?? null} onChange={showSource} />
      <div className={classes.actions}>
        <Button variant="default" className={classes.import ?? ''} onClick={() => navigate(routes.import)}>
          {strings.actions.import}
        </Button>
        <PermissionButton permission={permission} onClick={() => navigate(routes.newCustomer)}>
          {strings.actions.newCustomer}
        </PermissionButton>
      </div>
    </div>
  )
}

function SourceFilter({
  value,
  onChange,
}: {
  readonly value: CustomerSource | null
  readonly onChange: (source: CustomerSource | null) => void
}) {
  const choices = [null, ...customerSourceSchema.options] as const
  const name = (source: CustomerSource | null): string => (source === null ? words.sourceAny : strings.sources[source])
  return (
    <Menu position="bottom-start" width={160}>
      <Menu.Target>
        <button type="button" className={classes.chip}>
          {words.source} <b>{name(value)}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={value ?? ''}
          onChange={(next) => onChange(customerSourceSchema.safeParse(next).data ?? null)}
        >
          {choices.map((source) => (
            <Menu.RadioItem key={source ?? ''} value={source ?? ''}>
              {name(source)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
