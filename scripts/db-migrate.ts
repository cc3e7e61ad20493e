/**
 * `npm run db:migrate -- --url postgres://…`: deploys the migrations to a Postgres with Supabase's roles.
 */
import { z } from 'zod'
import { migrate } from '#database/postgres/migrate.ts'
import { endWith, readOptions } from './cli.ts'

const USAGE = 'npm run db:migrate -- --url postgres://user:password@host:5432/database'

const url = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(readOptions(USAGE, { url: { type: 'string' } }).url)
if (!url.success) endWith(`Say where to deploy to: ${USAGE}`)
const report = await migrate({ url: url.data, onApplied: (name) => console.log(`applied ${name}`) })
if (!report.ok) endWith(report.error.message)
const { applied, already } = report.value
console.log(`${applied.length} applied, ${already} were there already`)
