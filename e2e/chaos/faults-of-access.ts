import { asUser } from '#database/embedded/testing/test-backend.ts'
import type { Role } from '#shared/domain/role.ts'
import { openHandover } from '#sync/handover/handover-file.ts'
import type { ChaosDevice } from './chaos-device.ts'
import { unsentEvidence } from './evidence.ts'
import { markersIn } from './markers.ts'
import { hasStopped, heal, revive, until } from './patience.ts'
import { runOperation } from './run-operation.ts'
import type { Scenario } from './scenario.ts'

const WITH_EDITS = ['editField', 'create', 'addNote']
const ROLES: readonly Role[] = ['manager', 'sales', 'analyst']

/** A member is let go while their edits wait; the replica must go and the edits stay in a hand-over. Later they are back. */
export async function accessRevoked(scenario: Scenario): Promise<void> {
  const { server, random } = scenario
  const device = await someMember(scenario)
  if (device === null) return
  const { person } = device
  await queueOffline(scenario, device)
  // What left before the lid went offline may still arrive, and goes the same way.
  if (!(await until(scenario, () => device.network.sending === 0))) return
  // They go with the membership, shared ones included.
  const filters = await server.sql<{ name: string }[]>`
    select name from public.saved_filters where company_id = ${person.companyId} and user_id = ${person.id}`
  scenario.writes.excuse(person.id, markersIn(JSON.stringify(filters)))
  await asOwner(scenario, device, (sql) => sql`select public.revoke_member(${person.companyId}, ${person.id})`)
  scenario.count('accessRevoked', person.email)
  device.setOffline(false)
  if (!(await until(scenario, async () => device.state.kind === 'accessLost'))) {
    scenario.violate('access', `${person.email} still has ${device.state.kind} long after the membership ended`)
    return
  }
  const handovers = await device.ask('handover.list', null)
  for (const { id } of handovers) {
    const saved = await device.ask('handover.save', { id })
    const opened = saved.ok ? await openHandover(saved.value.content, saved.value.passphrase) : null
    if (opened?.ok !== true) scenario.violate('access', `${person.email}: a hand-over that can't be opened`)
    else scenario.handovers.set(person.id, unsentEvidence(opened.value))
  }
  await device.shut()
  const left = await device.readStored(async () => 'a replica')
  if (left !== null) scenario.violate('access', `${person.email}: the replica is still on the disk`)
  scenario.later(random.int(1, 10), async () => {
    await server.sql`
      insert into public.company_members (company_id, user_id, role, display_name)
      values (${person.companyId}, ${person.id}, ${person.role}, ${person.name})`
    scenario.count('accessRegranted', person.email)
    await scenario.openLid(device)
    if (!device.isOpen) return
    await device.signIn()
    const isFilled = async () => (await hasStopped(device)) || (await device.status()).lastSyncAt !== null
    if (!(await until(scenario, isFilled)) || (await hasStopped(device))) return
    for (const { id, canRequeue } of await device.ask('handover.list', null)) {
      if (!canRequeue || random.chance(0.3)) continue
      const answer = await device.ask('handover.requeue', { id })
      scenario.note(`${person.email} requeue ${JSON.stringify(answer)}`)
      // From here on the replica answers for it again.
      if (answer.ok && answer.value.left === 0) scenario.handovers.delete(person.id)
    }
  })
}

/** A member gets another role while edits wait that it does not allow; later the old one again. */
export async function roleChanged(scenario: Scenario): Promise<void> {
  const device = await someMember(scenario)
  if (device === null) return
  const { person } = device
  await queueOffline(scenario, device)
  const change = (role: Role) =>
    asOwner(
      scenario,
      device,
      (sql) => sql`select public.change_member_role(${person.companyId}, ${person.id}, ${role})`,
    )
  const role = scenario.random.pick(ROLES)
  await change(role)
  scenario.count('roleChanged', `${person.email} ${role}`)
  device.setOffline(false)
  scenario.later(scenario.random.int(8, 20), async () => {
    await change(person.role)
  })
}

async function someMember(scenario: Scenario): Promise<ChaosDevice | null> {
  const { server, random, atHand } = scenario
  if (!server.isUp) return null
  const device = random.pick(atHand.filter(({ person }) => person.role !== 'owner' && person.role !== 'analyst'))
  heal(device)
  return (await revive(scenario, device)) ? device : null
}

async function queueOffline(scenario: Scenario, device: ChaosDevice): Promise<void> {
  device.setOffline(true)
  for (const name of WITH_EDITS) await runOperation(scenario, device, name)
}

async function asOwner(
  scenario: Scenario,
  { person }: ChaosDevice,
  work: Parameters<typeof asUser<unknown>>[2],
): Promise<void> {
  const owner = scenario.tenants.find(({ id }) => id === person.companyId)?.people.find(({ role }) => role === 'owner')
  if (owner !== undefined) await asUser(scenario.server.sql, owner.id, work)
}
