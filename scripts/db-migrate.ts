// npm run db:migrate -- --url postgres://…
// Deploys the migrations to a Postgres with Supabase's roles.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { migrate } from '#database/postgres/migrate.ts'

const urlSchema = z.url({ protocol: /^postgres(ql)?$/ })

function refuse(message: string): never {
  process.stderr.write(`${message.replaceAll('\n', ' ')}\n`)
  process.exit(2)
}

function readUrl(): string {
  try {
    const { values } = parseArgs({ options: { url: { type: 'string' } } })
    return urlSchema.parse(values.url)
  } catch {
    return refuse('Say where to deploy to: npm run db:migrate -- --url postgres://user:password@host:5432/database')
  }
}

const report = await migrate({
  url: readUrl(),
  onApplied: (name) => process.stdout.write(`applied ${name}\n`),
})
if (!report.ok) refuse(report.error.message)
const { applied, already } = report.value
process.stdout.write(`${applied.length} applied, ${already} were there already\n`)
