import { build } from 'vite'
import { expect, test } from 'vitest'
import { limitStart } from './start-chunks.ts'

const ENTRY = '/sync/worker/replica.worker.ts'
/** Where nothing lies. */
const FOLDER = '/nowhere'

/** Builds a worker of this much code, a third of it in a chunk shared with another entry, and as much again for later. */
function buildOf(bytes: number, entry = `${FOLDER}${ENTRY}`) {
  const text = (name: string, length: number) => `console.log('${name.padEnd(length, name)}')`
  const files: Readonly<Record<string, string>> = {
    [entry]: `import '/nowhere/shared.ts'; ${text('w', (bytes / 3) * 2)}; import('/nowhere/later.ts')`,
    '/nowhere/other.ts': `import '/nowhere/shared.ts'; ${text('o', 9)}`,
    '/nowhere/shared.ts': text('s', bytes / 3),
    '/nowhere/later.ts': text('l', bytes),
  }
  const inMemory = {
    name: 'in-memory',
    resolveId: (id: string) => (id in files ? id : null),
    load: (id: string) => files[id] ?? null,
  }
  return build({
    configFile: false,
    logLevel: 'silent',
    plugins: [inMemory, limitStart(ENTRY)],
    build: { write: false, rolldownOptions: { input: [entry, '/nowhere/other.ts'] } },
  })
}

test('PF-6: a start that reads more code than its limit fails the build, whatever is loaded later', async () => {
  await expect(buildOf(300_000)).resolves.toBeDefined()
  await expect(buildOf(390_000)).rejects.toThrow('A start reads')
})

test('PF-6: a limit on a module that begins nothing fails the build', async () => {
  await expect(buildOf(3_000, `${FOLDER}/renamed.ts`)).rejects.toThrow('is in no chunk')
})
