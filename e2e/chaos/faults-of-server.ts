import { serverEvidence } from './evidence.ts'
import { heal, revive, until } from './patience.ts'
import type { Scenario } from './scenario.ts'

/** SIGKILL to Postgres and the API; they come back some steps later. */
export async function serverRestart(scenario: Scenario): Promise<void> {
  const { server, random } = scenario
  if (!server.isUp) return
  scenario.count('serverRestart', 'server')
  await server.crash()
  scenario.later(random.int(1, 6), () => server.resume())
}

/** The server goes back to a backup of some steps before; what it had learnt since is gone from it. */
export async function backupRestored(scenario: Scenario): Promise<void> {
  const { server, random, tenants, writes } = scenario
  if (!server.isUp || server.hasBackup) return
  scenario.note('backup taken')
  await server.backUp()
  scenario.later(random.int(12, 30), async () => {
    if (!server.isUp) await server.resume()
    server.withdraw()
    // What is under way may still arrive: it is lost with the rest.
    const isQuiet = () => scenario.devices.every(({ network }) => network.sending === 0)
    if (!(await until(scenario, isQuiet))) {
      await server.crash()
      return server.resume()
    }
    const before = await Promise.all(tenants.map((tenant) => serverEvidence(server.sql, tenant.id)))
    await server.restore()
    scenario.count('backupRestored', 'server')
    for (const [index, tenant] of tenants.entries()) {
      const after = await serverEvidence(server.sql, tenant.id)
      const gone = [...(before[index] ?? [])].filter((key) => !after.has(key))
      // Gone with the server's disk: no replica is asked to bring back what was in order between both, or to delete it.
      writes.excuse(
        '*',
        gone.flatMap((key) => [key, `deleted:${key}`]),
      )
    }
    scenario.applied.clear()
    scenario.verdicts.clear()
    scenario.restored = true
  })
}

/**
 * Somebody's transaction stays open over many others, and commits behind them: its rows must not be
 * skipped, and nobody must have waited for it.
 */
export async function openTransaction(scenario: Scenario): Promise<void> {
  const { server, random, tenants, markers, writes } = scenario
  if (!server.isUp) return
  const tenant = random.pick(tenants)
  const [owner] = tenant.people
  if (owner === undefined) return
  const [late, probe] = [markers.next(tenant.letter), markers.next(tenant.letter)]
  const session = await server.sql.reserve()
  const insert = (id: string, name: string) =>
    session`insert into public.customers (id, company_id, customer_name, source) values (${id}, ${tenant.id}, ${name}, 'manual')`
  const lateId = random.uuid()
  await session`begin`
  await session`select set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', sub: owner.id })}, true)`
  await insert(lateId, late)
  scenario.count('openTransaction', `company ${tenant.letter}`)
  scenario.later(random.int(8, 20), async () => {
    const probeId = random.uuid()
    try {
      await server.sql`insert into public.customers (id, company_id, customer_name, source)
        values (${probeId}, ${tenant.id}, ${probe}, 'manual')`
      const device = scenario.open.find(({ person }) => person.companyId === tenant.id)
      if (device !== undefined && server.isUp) {
        heal(device)
        const isThere = async () => (await device.ask('customers.get', { id: probeId })) !== null
        if ((await revive(scenario, device)) && !(await until(scenario, isThere))) {
          scenario.violate('gap-free', `${device.person.email} waits for a transaction of somebody else`)
        }
      }
      await session`commit`
      writes.add({
        person: owner,
        step: scenario.step,
        what: `late commit ${late}`,
        keys: [late, lateId],
        slot: `${lateId}.creation`,
      })
    } catch (error) {
      // The server was killed under it.
      scenario.note(`the open transaction is gone: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      session.release()
    }
  })
}
