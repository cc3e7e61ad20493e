import { type Language, languageOf } from '#shared/domain/language.ts'
import { english } from './english.ts'
import { german } from './german.ts'

/** What a box of the system says. */
interface Box {
  readonly title: string
  readonly body: string
}

/**
 * What main shows by itself: the menu bar, the tray, and boxes of the system. What it answers to the page is
 * English, and put into the page's language there (`renderer/texts/spoken.ts`).
 */
export interface MainTexts {
  readonly tray: { readonly open: string; readonly quit: string }
  /** Menus and their entries that are the app's own. */
  readonly menu: {
    readonly file: string
    readonly edit: string
    readonly view: string
    readonly window: string
    readonly importFile: string
    readonly lock: string
    /** In the edit menu of a Mac. */
    readonly substitutions: string
    readonly speech: string
  }
  /** Entries whose work Electron does: it has English labels for them only. */
  readonly roles: Readonly<
    Record<
      | 'about'
      | 'services'
      | 'hide'
      | 'hideOthers'
      | 'unhide'
      | 'quit'
      | 'close'
      | 'undo'
      | 'redo'
      | 'cut'
      | 'copy'
      | 'paste'
      | 'pasteAndMatchStyle'
      | 'delete'
      | 'selectAll'
      | 'showSubstitutions'
      | 'toggleSmartQuotes'
      | 'toggleSmartDashes'
      | 'toggleTextReplacement'
      | 'startSpeaking'
      | 'stopSpeaking'
      | 'reload'
      | 'toggleDevTools'
      | 'resetZoom'
      | 'zoomIn'
      | 'zoomOut'
      | 'togglefullscreen'
      | 'minimize'
      | 'zoom'
      | 'front',
      string
    >
  >
  readonly notSaved: Box
  readonly twiceBroken: Box
  readonly cantStart: {
    readonly title: string
    readonly broken: string
    /** What is wrong with the configuration. `source` is the path of its file. */
    readonly unusable: (source: string, shape: string) => string
    readonly unsafe: (source: string) => string
  }
}

/** The texts of each language. */
export const TEXTS: Readonly<Record<Language, MainTexts>> = { en: english, de: german }

/** The first language that the app speaks of those the system prefers (BCP 47, best first), or English. */
export function systemLanguage(preferred: readonly string[]): Language {
  return preferred.map(languageOf).find((language) => language !== null) ?? 'en'
}
