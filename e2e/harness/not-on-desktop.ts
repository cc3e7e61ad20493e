/** Annotation of a test that means nothing on the desktop. */
export const NOT_ON_DESKTOP = 'not-on-desktop'

/** Specs that can't apply to the desktop app, by their titles, and why. All others run on it by `npm run e2e:desktop`. */
export const NOT_ON_DESKTOP_REASONS: Readonly<Record<string, string>> = {
  'EL-3: a second window says that the app is open elsewhere, and goes on when that is closed':
    'the desktop app has one window: a second start brings that to the front',
}
