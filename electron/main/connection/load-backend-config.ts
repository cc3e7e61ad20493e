import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { type JsonFile, readJsonFile } from '../files/read-json.ts'
import type { MainTexts } from '../texts/texts.ts'

const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']
const SHAPE = '{"supabaseUrl": "https://…", "publishableKey": "…"}'

/** Where the configuration may come from. */
export interface ConfigSources {
  /** Files, the first that is there counts: the administrator's for this machine, then the user's own. */
  readonly files: readonly string[]
  /** JSON text that goes before the files: development only. */
  readonly override: string | undefined
}

/** Where an administrator may put `config.json` for everybody on a machine. */
export function machineConfigFile(platform: NodeJS.Platform, programData: string | undefined): string {
  if (platform === 'win32') return `${programData ?? 'C:\\ProgramData'}\\TradeSphere Customers\\config.json`
  return platform === 'darwin'
    ? '/Library/Application Support/TradeSphere Customers/config.json'
    : '/etc/tradesphere-customers/config.json'
}

/**
 * Reads where the backend is; null: nobody has said it yet. Fails with `config_bad` and a sentence of `texts`
 * for the person who set the app up. Plain http is accepted on this machine only: tokens travel over it.
 */
export function loadBackendConfig(
  { files, override }: ConfigSources,
  texts: MainTexts['cantStart'],
): Result<BackendConfig | null> {
  if (override !== undefined) return judge('TRADESPHERE_CONFIG', parseJson(override), texts)
  for (const file of files) {
    const found = readJsonFile(file, backendConfigSchema)
    if (found.kind !== 'missing') return judge(file, found, texts)
  }
  return ok(null)
}

function judge(
  source: string,
  found: Exclude<JsonFile<BackendConfig>, { kind: 'missing' }>,
  texts: MainTexts['cantStart'],
): Result<BackendConfig> {
  if (found.kind === 'unreadable') return fail('config_bad', texts.unusable(source, SHAPE))
  return isSafeServer(found.value.supabaseUrl) ? ok(found.value) : fail('config_bad', texts.unsafe(source))
}

function parseJson(text: string): Exclude<JsonFile<BackendConfig>, { kind: 'missing' }> {
  try {
    return { kind: 'value', value: backendConfigSchema.parse(JSON.parse(text)) }
  } catch (error) {
    return { kind: 'unreadable', error }
  }
}

/** Whether passwords and tokens may travel to this address: https without credentials in it, or this machine. */
export function isSafeServer(address: string): boolean {
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || LOOPBACK.includes(url.hostname)
}
