/**
 * `npm run db:migrate-data -- --url postgres://…`: makes customers out of the chats of a legacy
 * database, after `db:migrate`. Safe to repeat; goes on where a killed run stopped.
 */
import { z } from 'zod'
import { migrateData } from '#database/postgres/data-migration.ts'
import { endWith, readOptions, wholeNumber } from './cli.ts'

const USAGE = 'npm run db:migrate-data -- --url postgres://user:password@host:5432/database [--batch 1000]'

const options = readOptions(USAGE, { url: { type: 'string' }, batch: { type: 'string' } })
const url = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(options.url)
if (!url.success) endWith(`Say which database: ${USAGE}`)
const done = await migrateData({
  url: url.data,
  batch: wholeNumber('batch', options.batch, 1_000, 1, 100_000),
  onStep: (company, step, seconds) => console.log(`${company}: ${step} (${seconds.toFixed(1)} s)`),
})
if (!done.ok) endWith(done.error.message)
for (const company of done.value) {
  const { before, after } = company
  console.log(
    [
      `${company.companyName}: ${before.chats} chats, ${before.withContact} with contact data, ${before.linked} linked before`,
      `  ${company.customers} customers made; ${after.linked} chats linked, ${(company.linkRate * 100).toFixed(2)} % of those with contact data`,
      `  ${company.awaitingReview} wait for review; ${company.possibleDuplicates} possible duplicates to look at`,
      ...company.checks.map(
        (check) => `  ${check.ok ? 'ok    ' : 'FAILED'} ${check.name}${check.ok ? '' : `: ${check.detail}`}`,
      ),
      `  ${company.written === 0 ? 'nothing to do' : `${company.seconds.toFixed(1)} s`}`,
    ].join('\n'),
  )
}
process.exitCode = done.value.every((company) => company.checks.every((check) => check.ok)) ? 0 : 1
