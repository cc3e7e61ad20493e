import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { beforeAll, expect, test } from 'vitest'
import { electronBinary } from '../electron-binary.ts'
import { builderArguments } from './builder-arguments.ts'

type BuilderConfig = Awaited<ReturnType<typeof getConfig>>

const root = resolve(import.meta.dirname, '../..')
let config: BuilderConfig
beforeAll(async () => {
  config = await getConfig(root, 'electron-builder.yml', null)
})

/** Electron-builder's own check of a configuration, by the JSON schema that it ships. */
const check = (given: BuilderConfig): Promise<void> =>
  validateConfiguration(given, { isEnabled: false, add: () => {} } as never)

test('EL-2: electron-builder.yml is what electron-builder’s own schema allows', async () => {
  await expect(check(config)).resolves.toBeUndefined()
})

test('EL-2: the check notices a misspelt key and a wrong value', async () => {
  await expect(check({ ...config, electronFusses: {} } as BuilderConfig)).rejects.toThrow(/electronFusses/)
  await expect(check({ ...config, asar: 'yes' as never })).rejects.toThrow(/asar/)
})

test('EL-1: the fuses close every way around the app’s own code', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    loadBrowserProcessSpecificV8Snapshot: false,
    resetAdHocDarwinSignature: true,
  })
  expect(config.asar).toBe(true)
  expect(config.disableAsarIntegrity).toBeUndefined()
})

test('EL-2: installers for Windows, macOS and Linux, with CSV files and links, updated from a server of the company', () => {
  expect(config.win?.target).toEqual(['nsis'])
  expect(config.mac?.target).toEqual([
    { target: 'dmg', arch: ['universal'] },
    { target: 'zip', arch: ['universal'] },
  ])
  expect(config.linux?.target).toEqual(['AppImage', 'deb'])
  expect(config.protocols).toMatchObject([{ schemes: ['tradesphere'] }])
  expect(config.publish).toMatchObject({ provider: 'generic' })
})

test('EL-2: "Open with" offers the app for CSV and Excel files, and takes them from no spreadsheet', async () => {
  const tables = [
    { ext: 'csv', rank: 'Alternate', mimeType: 'text/csv' },
    { ext: 'xlsx', rank: 'Alternate' },
  ]
  expect(config.mac?.fileAssociations).toMatchObject(tables)
  expect(config.linux?.fileAssociations).toMatchObject(tables)
  // On Windows electron-builder would make the app the default program of each ending.
  expect([config.fileAssociations, config.win?.fileAssociations]).toEqual([undefined, undefined])
  const script = readFileSync(join(root, config.nsis?.include ?? ''), 'utf8')
  for (const ending of ['csv', 'xlsx']) expect(script).toContain(`Software\\Classes\\.${ending}\\OpenWithProgids"`)
  expect(script).not.toMatch(/Classes\\\.\w+"/)
})

test('EL-2: what is published for Windows is checked against the company’s signature by the app that it replaces', () => {
  expect(config.win?.verifyUpdateCodeSignature).not.toBe(false)
  expect(config.win?.signtoolOptions).not.toBeNull()
  expect(config.mac?.identity).not.toBeNull()
})

test('EL-2: only the bundles travel, and what the configuration names is there', () => {
  expect(config.files).toEqual([
    {
      filter: ['out/main/**', 'out/preload/**', 'out/renderer/**', 'package.json', '!**/node_modules/**', '!**/*.map'],
    },
  ])
  expect(existsSync(join(root, config.icon ?? ''))).toBe(true)
})

test.each([
  ['linux', false, 'https://updates.example', ['--config.electronDist=node_modules/electron/dist']],
  ['darwin', false, 'https://updates.example', []],
  [
    'darwin',
    true,
    undefined,
    ['--dir', '--arm64', '--config.electronDist=node_modules/electron/dist', '--config.publish=null'],
  ],
] as const)(
  'EL-2: electron-builder on %s (only the folder: %s) is told what to take, and never to upload',
  (platform, dir, updatesUrl, rest) => {
    expect(builderArguments({ dir, platform, arch: 'arm64', updatesUrl })).toEqual([
      '--config',
      'electron-builder.yml',
      '--publish',
      'never',
      ...rest,
    ])
  },
)

const dist = (env: Record<string, string>) =>
  spawnSync(process.execPath, [join(root, 'scripts/dist.ts')], { env: { ...process.env, ...env }, encoding: 'utf8' })

test('EL-2: an update address without https ends npm run dist with a sentence', () => {
  const { status, stderr } = dist({ TRADESPHERE_UPDATES_URL: 'http://updates.example' })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'TRADESPHERE_UPDATES_URL takes an address that starts with https://, not "http://updates.example".\n',
  })
})

// Where the runtime is there, the command would build for minutes.
test.runIf(electronBinary() === null)('EL-2: without Electron’s runtime npm run dist says so in one line', () => {
  const { status, stderr } = dist({})
  expect(status).toBe(2)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('npx install-electron')
})
