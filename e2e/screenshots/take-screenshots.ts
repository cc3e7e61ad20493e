/**
 * `npm run screenshots`: pictures of every screen and state, from a real backend with the demo company, into a
 * folder that isn't tracked, with an `index.html` to look at them all. Ends with exit code 1 and their names when
 * screens could not be reached. Pictures of an earlier run are replaced, nothing is deleted; the index shows this run's.
 *   npm run screenshots -- [--only TEXT] [--scene NAME,NAME] [--out DIR] [--pictures]
 * `--pictures` takes those of the README and the guide instead, into docs/pictures.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildWhenStale } from '#scripts/build-when-stale.ts'
import { endWith, readOptions } from '#scripts/cli.ts'
import { startTestBackend } from '../harness/backend.ts'
import { PROJECT_ROOT } from '../harness/project-root.ts'
import { createCamera, everything, forTheGuide } from './camera.ts'
import { contactSheet } from './contact-sheet.ts'
import { furnish, moveToGermany } from './demo-base.ts'
import { SCENES } from './scenes.ts'

/** Scenes of the pictures in the guide. */
const OF_THE_GUIDE: readonly string[] = ['owner', 'desktop']

const given = readOptions('npm run screenshots -- [--only TEXT] [--scene NAME,NAME] [--out DIR] [--pictures]', {
  only: { type: 'string' },
  scene: { type: 'string' },
  out: { type: 'string' },
  pictures: { type: 'boolean' },
})
const isForTheGuide = given.pictures === true
const known = SCENES.map(({ name }) => name)
const names = given.scene?.split(',') ?? (isForTheGuide ? OF_THE_GUIDE : known)
const unknown = names.find((name) => !known.includes(name))
if (unknown !== undefined) endWith(`There is no scene "${unknown}". Scenes: ${known.join(', ')}.`)
const folder = resolve(given.out ?? join(PROJECT_ROOT, isForTheGuide ? 'docs/pictures' : 'screenshots'))

buildWhenStale(PROJECT_ROOT, ['web', 'electron'], (text) => process.stderr.write(`${text}\n`))
const camera = createCamera(folder, isForTheGuide ? forTheGuide : everything(given.only ?? ''))
const backend = await startTestBackend({ customers: 1_200 })
try {
  const base = await furnish(backend)
  await moveToGermany(backend, base)
  for (const { name, run } of SCENES) {
    if (!names.includes(name)) continue
    const from = performance.now()
    await run({ backend, base, camera }).catch((error: unknown) => camera.fail(`the scene ${name}`, error))
    console.log(`${name}: ${((performance.now() - from) / 1_000).toFixed(1)} s`)
  }
} finally {
  await backend.close()
}
if (!isForTheGuide) writeFileSync(join(folder, 'index.html'), contactSheet(camera.pictures))
console.log(`${camera.pictures.length} pictures in ${folder}`)
for (const { name, reason } of camera.failures) console.error(`not reached: ${name}\n${reason}\n`)
process.exit(camera.failures.length === 0 ? 0 : 1)
