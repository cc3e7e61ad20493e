import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { readJsonFile } from '../files/read-json.ts'

const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']
const SHAPE = '{"supabaseUrl": "https://…", "publishableKey": "…"}'

/** Where the configuration may come from. */
export interface ConfigSources {
  /** `config.json` in the app's data folder. */
  readonly file: string
  /** JSON text that goes before the file: development only. */
  readonly override: string | undefined
}

/**
 * Reads where the backend is. Fails with `config_missing` or `config_bad` and a sentence for the
 * person who set the app up. Plain http is accepted on this machine only: tokens travel over it.
 */
export function loadBackendConfig({ file, override }: ConfigSources): Result<BackendConfig> {
  const source = override === undefined ? `The file ${file}` : 'TRADESPHERE_CONFIG'
  const found = override === undefined ? readJsonFile(file, backendConfigSchema) : parseJson(override)
  switch (found.kind) {
    case 'missing':
      return fail(
        'config_missing',
        `The app doesn't know its server yet. Create the file ${file} with ${SHAPE} and start the app again.`,
      )
    case 'unreadable':
      return fail('config_bad', `${source} can't be used. It must hold ${SHAPE}. Correct it and start the app again.`)
    case 'value':
      return isSafe(found.value.supabaseUrl)
        ? ok(found.value)
        : fail('config_bad', `${source} names a server without https. Use an address that starts with https://.`)
  }
}

function parseJson(text: string): ReturnType<typeof readJsonFile<BackendConfig>> {
  try {
    return { kind: 'value', value: backendConfigSchema.parse(JSON.parse(text)) }
  } catch (error) {
    return { kind: 'unreadable', error }
  }
}

function isSafe(address: string): boolean {
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || LOOPBACK.includes(url.hostname)
}
