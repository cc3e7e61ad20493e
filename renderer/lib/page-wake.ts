/** Where the page hears of its own life: `window` and `document`. */
export interface PageEvents {
  readonly window: Pick<EventTarget, 'addEventListener'>
  readonly document: Pick<EventTarget, 'addEventListener'> & { readonly visibilityState: DocumentVisibilityState }
}

/** What the page's life means for the sync. */
export interface WakeListener {
  /** The page was out of life, or the network came or went: connections may be dead without knowing it. */
  readonly onWake: () => void
  /** Somebody looks at the page again. */
  readonly onShown: () => void
}

/**
 * Listens for everything by which a page may have missed something. Chromium tells the page, not its
 * worker, of the network; a page that was frozen (`resume`) or kept for "back" (`pageshow`) has slept
 * together with its worker.
 */
export function listenForWake({ window, document }: PageEvents, { onWake, onShown }: WakeListener): void {
  window.addEventListener('online', onWake)
  window.addEventListener('offline', onWake)
  document.addEventListener('resume', onWake)
  window.addEventListener('pageshow', (event) => {
    if ('persisted' in event && event.persisted === true) onWake()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') onShown()
  })
}
