import { expect, test } from 'vitest'
import type { CrmBridge } from '#shared/ipc/contract.ts'
import { openSystemSink } from './system-sink.ts'

test('IO-5: a long text is handed to main in pieces that each fit, and comes together as it was', async () => {
  const pieces: string[] = []
  const bridge = {
    invoke: async (channel: string, input: { readonly text: string }) => {
      if (channel === 'crm:save-open') return '00000000-0000-4000-8000-000000000001'
      pieces.push(input.text)
      return { ok: true, value: null }
    },
  } as unknown as CrmBridge
  const sink = await openSystemSink(bridge, 'failed rows.csv')
  const text = `x${'\u{1F600}'.repeat(5_000_000)}`
  await sink?.write(text)
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 4_000_000)).toBe(true)
  expect(pieces.join('') === text).toBe(true)
})
