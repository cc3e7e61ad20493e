import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { roleSchema } from '#shared/domain/role.ts'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import {
  CUSTOMER_PERMISSIONS,
  type CustomerAction,
  customerPermission,
} from '#shared/permissions/customer-permissions.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import { quoteRequestPermission } from '#shared/permissions/quote-permissions.ts'
import { germanSentences } from './german/sentences.ts'

const root = join(import.meta.dirname, '../..')

/** What the sources say that a sentence can come from; SQL doubles its apostrophes. */
function sources(): string {
  const files = ['shared', 'sync', 'database/postgres/migrations'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  )
  return files
    .filter((file) => /\.(ts|sql)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll("''", "'")
}

test('R-1 UI-5: every reason why a role may not do something is said in German', () => {
  const other = { ownerId: 'somebody', createdByUserId: null }
  const refusals = roleSchema.options.flatMap((role) => {
    const actor = { userId: 'me', role }
    const asked = [
      ...(Object.keys(CUSTOMER_PERMISSIONS[role]) as CustomerAction[]).map((action) =>
        customerPermission(actor, action, other),
      ),
      ...(['changeCompany', 'manageMembers', 'managePrivacy', 'seeLog'] as const).map((action) =>
        companyPermission(role, action),
      ),
      importUndoPermission(actor, 'somebody'),
      quoteRequestPermission(actor),
    ]
    return asked.flatMap((permission) => (permission.allowed ? [] : [permission.reason]))
  })
  expect(refusals.length).toBeGreaterThan(15)
  expect(refusals.filter((reason) => !germanSentences.has(reason))).toEqual([])
})

test('UI-5: every sentence that is translated is still said somewhere, in these words', () => {
  const said = sources()
  const gone = [...germanSentences.keys()].filter(
    (sentence) => !said.includes(sentence) && !/^(Owner|Manager|Sales|Analyst) can('t| only) /.test(sentence),
  )
  expect(gone).toEqual([])
})
