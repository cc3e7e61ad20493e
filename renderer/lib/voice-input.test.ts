import { expect, test } from 'vitest'
import { type SpeechEngine, voiceInputOf } from './voice-input.ts'

class Engine implements SpeechEngine {
  static last: Engine | null = null
  lang = ''
  interimResults = false
  onresult: SpeechEngine['onresult'] = null
  onerror: SpeechEngine['onerror'] = null
  onend: SpeechEngine['onend'] = null
  isRunning = false
  constructor() {
    Engine.last = this
  }
  start(): void {
    this.isRunning = true
  }
  stop(): void {
    this.isRunning = false
    this.onend?.()
  }
}

function listen() {
  const heard: unknown[] = []
  const start = voiceInputOf({ webkitSpeechRecognition: Engine }, 'de-DE')
  const stop = start?.({ onText: (text) => heard.push(text), onEnd: (problem) => heard.push({ problem }) })
  return { heard, stop, engine: Engine.last }
}

test('UI-5: a platform that can not listen offers no search by voice', () => {
  expect(voiceInputOf({}, 'en')).toBeNull()
})

test('UI-5: what is said is searched for while it is said, in the language of the person, without a full stop', () => {
  const { heard, stop, engine } = listen()
  expect([engine?.lang, engine?.isRunning]).toEqual(['de-DE', true])
  engine?.onresult?.({ results: [[{ transcript: 'Müller' }]] })
  engine?.onresult?.({ results: [[{ transcript: 'Müller' }], [{ transcript: ' Hamburg.' }]] })
  stop?.()
  expect(heard).toEqual(['Müller', 'Müller Hamburg', { problem: null }])
})

test.each([
  ['not-allowed', 'blocked'],
  ['no-speech', 'nothing'],
  ['network', 'nothing'],
  ['aborted', null],
])('UI-5: listening that ends with "%s" is told as %s', (error, problem) => {
  const { heard, engine } = listen()
  engine?.onerror?.({ error })
  engine?.onend?.()
  expect(heard).toEqual([{ problem }])
})
