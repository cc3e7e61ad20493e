/**
 * `npm run lock:complete`: run it after an install that changed package-lock.json. npm leaves out
 * optional packages of other platforms when it can't see them (npm/cli#4828, or a mirror that holds
 * one platform only), and `npm ci` then refuses the lock file. This adds what is missing, with the
 * platform that its name tells.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeLock, lockSchema } from './lock-file.ts'

const file = join(import.meta.dirname, '..', 'package-lock.json')
const { lock, added } = completeLock(lockSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'The lock file is complete.' : `Added ${added.length} optional packages.`)
