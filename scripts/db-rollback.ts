/**
 * `npm run db:rollback -- --url postgres://… --to NAME`: undoes the migrations after NAME, newest
 * first. `--to nothing` undoes all of them. `--emergency` only switches the chat triggers off,
 * `--resume` on again.
 */
import { z } from 'zod'
import { rollback, switchChatSync } from '#database/postgres/rollback.ts'
import { endWith, readOptions } from './cli.ts'

const USAGE =
  'npm run db:rollback -- --url postgres://user:password@host:5432/database --to NAME | --emergency | --resume'

const options = readOptions(USAGE, {
  url: { type: 'string' },
  to: { type: 'string' },
  emergency: { type: 'boolean' },
  resume: { type: 'boolean' },
})
const url = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(options.url)
if (!url.success) endWith(`Say which database: ${USAGE}`)
const wishes = [options.to !== undefined, options.emergency === true, options.resume === true].filter(Boolean)
if (wishes.length !== 1) endWith(`Say one of --to, --emergency and --resume: ${USAGE}`)

if (options.to === undefined) {
  const on = options.resume === true
  const switched = await switchChatSync(url.data, on)
  if (!switched.ok) endWith(switched.error.message)
  console.log(
    on
      ? 'The chat triggers run again; chats that came meanwhile are linked.'
      : 'The chat triggers are off: chats are written, nothing is linked. Go on with --resume.',
  )
} else {
  const undone = await rollback({ url: url.data, to: options.to, onUndone: (name) => console.log(`undone ${name}`) })
  if (!undone.ok) endWith(undone.error.message)
  console.log(`${undone.value.length} undone`)
}
