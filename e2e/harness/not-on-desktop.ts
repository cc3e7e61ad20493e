/** Annotation of a test that means nothing on the desktop. */
export const NOT_ON_DESKTOP = 'not-on-desktop'

/** Specs that can't apply to the desktop app, by their titles, and why. All others run on it by `npm run e2e:desktop`. */
export const NOT_ON_DESKTOP_REASONS: Readonly<Record<string, string>> = {
  'EL-3: a second window says that the app is open elsewhere, and goes on when that is closed':
    'the desktop app has one window: a second start brings that to the front',
  'IO-5: who is chosen in the list is written to the disk piece by piece, with the columns that are chosen':
    "it plays a browser's own dialog for saving: the desktop app asks by the system's, as the other exports here do",
  'IO-5: an export that is left goes on where it can be seen and stopped, and leaves no file then':
    "it plays a disk that is slow behind a browser's own dialog for saving",
  'SY-2: a browser killed again and again in the middle of writes and pages loses no acknowledged edit, and the replica opens every time':
    'it kills the storage by itself in a browser, without an app around it: there is nothing of the desktop in it',
}
