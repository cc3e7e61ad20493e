import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { endWith } from '../cli.ts'

const USAGE =
  'npm run import -- FILE.csv --url URL --email EMAIL [--password P] [--key PUBLISHABLE_KEY] [--existing skip|updateEmpty|overwrite] [--likely skip|updateEmpty|overwrite|create] [--dry-run] [--report FILE] [--failed FILE.csv]'

const valuesSchema = z.object({
  url: z.url({ message: '--url takes the address of the backend' }),
  email: z.string({ message: '--email says who imports' }).min(1),
  password: z.string({ message: '--password, or IMPORT_PASSWORD in the environment, is needed' }).min(1),
  key: z.string().optional(),
  existing: z
    .enum(['skip', 'updateEmpty', 'overwrite'], { message: '--existing takes skip, updateEmpty or overwrite' })
    .default('updateEmpty'),
  likely: z
    .enum(['skip', 'updateEmpty', 'overwrite', 'create'], {
      message: '--likely takes skip, updateEmpty, overwrite or create',
    })
    .default('skip'),
  'dry-run': z.boolean().default(false),
  report: z.string().optional(),
  failed: z.string().optional(),
})

/** What the command was told; anything wrong ends the process with one line. */
export function readArguments() {
  const text = { type: 'string' } as const
  const options = {
    url: text,
    email: text,
    password: text,
    key: text,
    existing: text,
    likely: text,
    report: text,
    failed: text,
    'dry-run': { type: 'boolean' },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return endWith(`Name one file. Usage: ${USAGE}`)
    const checked = valuesSchema.safeParse({ password: process.env.IMPORT_PASSWORD, ...values })
    if (!checked.success) return endWith(`${checked.error.issues[0]?.message}. Usage: ${USAGE}`)
    return { ...checked.data, file, dryRun: checked.data['dry-run'] }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return endWith(`${reason}. Usage: ${USAGE}`)
  }
}

/** The address and key of the backend; the app's own address tells its key. */
export async function readConfig(url: string, key: string | undefined): Promise<BackendConfig> {
  if (key !== undefined) return { supabaseUrl: url, publishableKey: key }
  const told = await fetch(new URL('/config.json', url))
    .then((response) => response.json())
    .catch(() => null)
  const config = backendConfigSchema.safeParse(told)
  return config.success ? config.data : endWith(`${url} does not tell its publishable key: give it with --key.`)
}
