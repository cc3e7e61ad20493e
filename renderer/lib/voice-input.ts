/** What a platform offers to turn speech into text: the part of the Web Speech API that is used here. */
export interface SpeechEngine {
  lang: string
  interimResults: boolean
  onresult: ((event: { readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>> }) => void) | null
  onerror: ((event: { readonly error: string }) => void) | null
  onend: (() => void) | null
  start(): void
  stop(): void
}

/** Where speech is looked for: a window. */
interface SpeechPlatform {
  readonly SpeechRecognition?: new () => SpeechEngine
  readonly webkitSpeechRecognition?: new () => SpeechEngine
}

/** Told what was understood so far, and at the end what went wrong; null: nothing did. */
export interface VoiceListener {
  readonly onText: (text: string) => void
  readonly onEnd: (problem: 'blocked' | 'nothing' | null) => void
}

/** Listens once, to one sentence; answers with what ends it early. Null: this platform can't listen. */
export function voiceInputOf(
  platform: SpeechPlatform,
  language: string,
): ((listener: VoiceListener) => () => void) | null {
  const Engine = platform.SpeechRecognition ?? platform.webkitSpeechRecognition
  if (Engine === undefined) return null
  return ({ onText, onEnd }) => {
    const engine = new Engine()
    let heard = ''
    let error: string | null = null
    engine.lang = language
    engine.interimResults = true
    engine.onresult = ({ results }) => {
      heard = Array.from(results, (result) => result[0]?.transcript ?? '').join('')
      // "Müller Hamburg." is no sentence.
      onText(heard.trim().replace(/[.?!。]$/u, ''))
    }
    engine.onerror = (event) => {
      error = event.error
    }
    engine.onend = () => {
      const isBlocked = error === 'not-allowed' || error === 'service-not-allowed'
      onEnd(isBlocked ? 'blocked' : heard === '' && error !== 'aborted' ? 'nothing' : null)
    }
    engine.start()
    return () => engine.stop()
  }
}
