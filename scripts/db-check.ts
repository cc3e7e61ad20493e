/**
 * `npm run db:check -- --url postgres://… [--json]`: the checks after a deployment. Exit code 0 when
 * nothing failed, 1 when something did, 2 on bad input.
 */
import postgres from 'postgres'
import { z } from 'zod'
import { checkDatabase } from '#database/postgres/health/check-database.ts'
import type { CheckResult } from '#database/postgres/health/check-result.ts'
import { endWith, readOptions } from './cli.ts'

const USAGE = 'npm run db:check -- --url postgres://user:password@host:5432/database [--json]'

const options = readOptions(USAGE, { url: { type: 'string' }, json: { type: 'boolean' } })
const url = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(options.url)
if (!url.success) endWith(`Say which database to check: ${USAGE}`)
const sql = postgres(url.data, { max: 1, onnotice: () => {}, connect_timeout: 10, prepare: false })
try {
  await sql`select 1`
} catch (error) {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
  endWith(`The database can't be reached: ${reason}. Check --url.`)
}
const results = await checkDatabase(sql)
await sql.end({ timeout: 5 })
console.log(options.json === true ? JSON.stringify(results, null, 2) : asText(results))
process.exit(results.some((result) => result.status === 'failed') ? 1 : 0)

function asText(all: readonly CheckResult[]): string {
  const signs = { ok: '✓', failed: '✗', warning: '!', skipped: '–' } as const
  const lines = all.flatMap(({ status, what, detail }) => [`${signs[status]} ${what}`, `    ${detail}`])
  const failed = all.filter((result) => result.status === 'failed').length
  return [...lines, '', failed === 0 ? 'Nothing failed.' : `${failed} of ${all.length} checks failed.`].join('\n')
}
