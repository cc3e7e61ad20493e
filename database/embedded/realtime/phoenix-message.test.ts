import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMessage, writeMessage } from './phoenix-message.ts'

const message = { joinRef: '1', ref: '2', topic: 'realtime:company:x', event: 'phx_join', payload: { a: 1 } }

test('SY-6: both protocol versions are read as they are written', () => {
  expect(writeMessage(message, '2.0.0')).toBe('["1","2","realtime:company:x","phx_join",{"a":1}]')
  expect(readMessage(writeMessage(message, '2.0.0'), '2.0.0')).toEqual(message)
  expect(readMessage(writeMessage(message, '1.0.0'), '1.0.0')).toEqual(message)
})

test('SY-6: a message of version 1 may leave out its references', () => {
  expect(readMessage('{"topic":"phoenix","event":"heartbeat","payload":{}}', '1.0.0')).toEqual({
    joinRef: null,
    ref: null,
    topic: 'phoenix',
    event: 'heartbeat',
    payload: {},
  })
})

test('EL-1: whatever else comes is no message, and never an exception', () => {
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '["1","2","t"]',
    '[1,2,"t","e",{}]',
    `["1","2","${'t'.repeat(256)}","e",{}]`,
  ]) {
    expect(readMessage(text, '2.0.0')).toBeNull()
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('1.0.0', '2.0.0'), (text, version) => {
      readMessage(text, version)
    }),
  )
})
