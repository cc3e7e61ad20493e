import { notifications } from '@mantine/notifications'
import { useEffect, useRef, useState } from 'react'
import { MicrophoneIcon } from '../components/icons.tsx'
import { cx } from '../lib/cx.ts'
import { desktopBridge } from '../lib/platform.ts'
import { voiceInputOf } from '../lib/voice-input.ts'
import { strings } from './strings.ts'
import classes from './voice-search.module.css'

const words = strings.listTools.voice
/** The desktop app lets no page listen. */
const listen = desktopBridge() === null ? voiceInputOf(window as object, navigator.language) : null

/** Searches for what is said; nothing where the platform can't listen. */
export function VoiceSearch({ onText }: { readonly onText: (text: string) => void }) {
  const [isListening, setIsListening] = useState(false)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])
  if (listen === null) return null

  function toggle(): void {
    if (stop.current !== null || listen === null) {
      stop.current?.()
      return
    }
    setIsListening(true)
    stop.current = listen({
      onText,
      onEnd: (problem) => {
        stop.current = null
        setIsListening(false)
        if (problem !== null) notifications.show({ id: 'voice', message: words[problem], autoClose: 5_000 })
      },
    })
  }

  return (
    <button
      type="button"
      className={cx(classes.voice, isListening && classes.on)}
      aria-label={isListening ? words.stop : words.start}
      aria-pressed={isListening}
      title={words.hint}
      onClick={toggle}
    >
      <MicrophoneIcon />
    </button>
  )
}
