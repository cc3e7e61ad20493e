import { expect, test } from 'vitest'
import { ok } from '#shared/util/result.ts'
import { NO_COUNTS } from './apply-rows.ts'
import type { ImportPosition } from './import-journal.ts'
import { ImportRun, type RunHost } from './import-run.ts'

const START: ImportPosition = { state: 'running', done: 0, chunks: 0, counts: NO_COUNTS, error: null, undoneAt: null }

function setUp(host: Partial<RunHost> = {}) {
  const bugs: unknown[] = []
  const settled: ImportPosition['state'][] = []
  const of = { importId: crypto.randomUUID(), fileName: 'list.csv', rows: 2_500 }
  const run = new ImportRun(of, START, {
    step: async (position, upTo) => ok({ ...position, done: upTo }),
    settle: async ({ state }) => {
      settled.push(state)
      return ok(null)
    },
    notify: () => undefined,
    now: () => performance.now(),
    reportBug: (bug) => bugs.push(bug),
    ...host,
  })
  return { run, bugs, settled }
}

test('IO-3: who goes on while a pause is being written goes on', async () => {
  const settled: string[] = []
  const { run } = setUp({
    settle: async ({ state }) => {
      settled.push(state)
      if (state === 'paused') run.start()
      return ok(null)
    },
  })
  run.start()
  run.pause()
  await run.ended
  expect(settled).toEqual(['paused', 'done'])
  expect(run.progress()).toMatchObject({ state: 'done', done: 2_500 })
})

test('IO-3: a bug in a chunk ends the import as failed and is reported; one can go on, or cancel', async () => {
  let isBroken = true
  const { run, bugs, settled } = setUp({
    step: async (position, upTo) => {
      if (isBroken && upTo > 1_000) throw new Error('Not expected')
      return ok({ ...position, done: upTo })
    },
  })
  run.start()
  await run.ended
  expect(run.progress()).toMatchObject({ state: 'failed', done: 1_000, error: { code: 'bug' } })
  expect(bugs.map(String)).toEqual(['Error: Not expected'])
  isBroken = false
  run.start()
  await run.ended
  expect(run.progress()).toMatchObject({ state: 'done', done: 2_500, error: null })
  expect(settled).toEqual(['failed', 'done'])
})

test('IO-3: cancelling what can’t be noted does not throw', async () => {
  const { run, bugs } = setUp({
    settle: async () => {
      throw new Error('No disk')
    },
  })
  run.start()
  await run.cancel()
  expect(run.progress()).toMatchObject({ state: 'failed', error: { code: 'bug' } })
  expect(bugs.length).toBeGreaterThan(0)
})
