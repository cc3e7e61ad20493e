import type { FieldEdit } from '../acknowledged-writes.ts'
import { markersIn } from '../markers.ts'
import type { Scenario } from '../scenario.ts'
import type { Tenant } from '../tenants.ts'

interface Entry {
  readonly customer: string
  readonly action: string
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly user: string | null
}

/** What the log of the server says about how a company came to where it is. */
export async function checkHistory(
  scenario: Scenario,
  tenant: Tenant,
  local: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const entries = await scenario.server.sql<Entry[]>`
    select customer_id as customer, action, changes, user_id as user
      from public.audit_log where company_id = ${tenant.id} and customer_id is not null order by id`
  checkOverwritten(scenario, tenant, entries, local)
  checkOnce(scenario, tenant, entries)
  await checkResurrection(scenario, tenant, entries)
}

/** SY-4: nobody writes over a value that they have not seen, unless it waits in their conflict inbox. */
function checkOverwritten(
  scenario: Scenario,
  tenant: Tenant,
  entries: readonly Entry[],
  local: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  // By person, too: whoever settles a conflict for a value, or sends it again, is not its first author.
  const keyOf = (user: string | null, field: string, value: unknown) => `${user} ${field} ${value}`
  const edits = new Map(scenario.writes.edits.map((edit) => [keyOf(edit.person.id, edit.field, edit.value), edit]))
  for (const { customer, action, changes, user } of entries) {
    if (action !== 'updated') continue
    for (const [field, { from, to }] of Object.entries(changes)) {
      const edit = edits.get(keyOf(user, field, to))
      if (edit === undefined || typeof from !== 'string' || hasSeen(scenario.writes.edits, edit, from)) continue
      const { id } = edit.person
      const stays = markersIn(String(to))
      const isKept = (lost: string) =>
        stays.has(lost) ||
        local.get(id)?.has(lost) === true ||
        scenario.handovers.get(id)?.has(lost) === true ||
        scenario.writes.isExcused(id, lost)
      if ([...markersIn(from)].every(isKept)) continue
      scenario.violate(
        'conflicts',
        `${tenant.letter} ${customer} ${field}: ${from} was written over by ${to}, unseen and without a word`,
      )
    }
  }
}

/** Whether the author knew the value: it showed when one of their edits of that field began, or they wrote it. */
function hasSeen(edits: readonly FieldEdit[], { person, customerId, field }: FieldEdit, value: string): boolean {
  return edits.some(
    (edit) =>
      edit.person.id === person.id &&
      edit.customerId === customerId &&
      edit.field === field &&
      (edit.seen === value || edit.value === value),
  )
}

/** SY-2: a change is applied once: no value is written twice to one customer, except by who decides to. */
function checkOnce(scenario: Scenario, tenant: Tenant, entries: readonly Entry[]): void {
  const decided = new Set(entries.filter(({ action }) => action === 'unmerged').map(({ customer }) => customer))
  const seen = new Set<string>()
  for (const { customer, action, changes } of entries) {
    if (action !== 'updated' || decided.has(customer)) continue
    for (const [field, { to }] of Object.entries(changes)) {
      const [marker] = typeof to === 'string' && field !== 'notes' ? markersIn(to) : []
      if (marker === undefined) continue
      const key = `${customer} ${field} ${marker}`
      if (seen.has(key) && !scenario.writes.isDecided(marker)) {
        scenario.violate('idempotence', `${tenant.letter} ${key} was written twice`)
      }
      seen.add(key)
    }
  }
}

/** SY-4: what was deleted comes back only when somebody restores it, or takes a merge back. */
async function checkResurrection(scenario: Scenario, tenant: Tenant, entries: readonly Entry[]): Promise<void> {
  if (scenario.restored) return
  const asked = new Map<string, number>()
  for (const { slot, what } of scenario.writes.all) {
    const [id = ''] = slot.split('.')
    if (what.startsWith('restore')) asked.set(id, (asked.get(id) ?? 0) + 1)
  }
  for (const { customer, action } of entries) {
    if (action !== 'restored') continue
    const left = (asked.get(customer) ?? 0) - 1
    asked.set(customer, left)
    if (left < 0) scenario.violate('no resurrection', `${tenant.letter} ${customer} came back unasked`)
  }
  await checkLastWord(scenario, tenant)
}

/** Only an owner deletes and restores, and there is one in each company: their last word must stand. */
async function checkLastWord(scenario: Scenario, tenant: Tenant): Promise<void> {
  const rows = await scenario.server.sql<{ id: string; isDeleted: boolean; wasMerged: boolean }[]>`
    select c.id, c.deleted_at is not null as "isDeleted",
           exists (select from public.customer_merge_sources s where s.company_id = c.company_id and s.source_customer_id = c.id) as "wasMerged"
      from public.customers c where c.company_id = ${tenant.id}`
  for (const { id, isDeleted, wasMerged } of rows) {
    const last = scenario.writes.all.findLast(({ slot }) => slot === `${id}.existence`)
    if (last === undefined || wasMerged || scenario.writes.isExcused(last.person.id, `deleted:${id}`)) continue
    if (isDeleted !== last.what.startsWith('delete')) {
      scenario.violate(
        'no resurrection',
        `${tenant.letter} ${id} is ${isDeleted ? 'deleted' : 'there'} after "${last.what}"`,
      )
    }
  }
}
