import { z } from 'zod'
import { roleSchema } from '#shared/domain/role.ts'
import type { LogEntry } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'

const words = strings.settings.log

/** The actions that the log holds, by what they are about. */
export const LOG_GROUPS = {
  members: [
    'member_added',
    'member_role_changed',
    'member_revoked',
    'member_invited',
    'invitation_revoked',
    'company_changed',
    'device_forgotten',
    'device_signed_out',
  ],
  customers: ['deleted', 'restored', 'merged', 'unmerged'],
  privacy: ['exported', 'erased', 'flag_dismissed', 'retention_changed', 'retention_applied'],
  imports: ['imported', 'import_undone'],
} as const

/** An entry of the company's log as a sentence; of an action that this version doesn't know, its name. */
export function logText(entry: LogEntry): string {
  const { action, by, customer, about, changes } = entry
  const who = by ?? words.system
  const whom = customer?.name ?? about ?? words.someone
  const { what } = words
  switch (action) {
    case 'member_added':
    case 'member_revoked':
    case 'member_invited':
    case 'invitation_revoked':
    case 'deleted':
    case 'restored':
    case 'merged':
    case 'unmerged':
    case 'flag_dismissed':
    case 'imported':
    case 'import_undone':
      return what[action](who, whom)
    case 'member_role_changed':
      return what.member_role_changed(who, whom, roleName(changes.role?.from), roleName(changes.role?.to))
    case 'device_forgotten':
    case 'device_signed_out':
      return what[action](who, whom, strings.settings.devices.called(z.string().catch('').parse(changes.device?.from)))
    case 'company_changed':
    case 'erased':
      return what[action](who)
    case 'exported':
      return customer === null
        ? what.exported(who, count(changes.rows?.to), z.string().catch('').parse(changes.what?.to))
        : what.exportedPerson(who, whom)
    case 'retention_changed':
      return what.retention_changed(who, z.number().nullable().catch(null).parse(changes.years?.to))
    case 'retention_applied':
      return what.retention_applied(who, count(changes.customers?.to))
    default:
      return what.other(who, action)
  }
}

function count(value: unknown): number {
  return z.number().catch(0).parse(value)
}

function roleName(value: unknown): string {
  const role = roleSchema.safeParse(value).data
  return role === undefined ? String(value) : strings.roles[role]
}
