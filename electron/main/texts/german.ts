import type { MainTexts } from './texts.ts'

export const german: MainTexts = {
  tray: { open: 'TradeSphere Customers öffnen', quit: 'Beenden' },
  menu: {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    window: 'Fenster',
    importFile: 'Datei importieren …',
    lock: 'Sperren',
    substitutions: 'Ersetzungen',
    speech: 'Sprachausgabe',
  },
  roles: {
    about: 'Über TradeSphere Customers',
    services: 'Dienste',
    hide: 'TradeSphere Customers ausblenden',
    hideOthers: 'Andere ausblenden',
    unhide: 'Alle einblenden',
    quit: 'TradeSphere Customers beenden',
    close: 'Fenster schließen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    pasteAndMatchStyle: 'Einfügen und Stil anpassen',
    delete: 'Löschen',
    selectAll: 'Alles auswählen',
    showSubstitutions: 'Ersetzungen einblenden',
    toggleSmartQuotes: 'Intelligente Anführungszeichen',
    toggleSmartDashes: 'Intelligente Bindestriche',
    toggleTextReplacement: 'Text ersetzen',
    startSpeaking: 'Sprachausgabe starten',
    stopSpeaking: 'Sprachausgabe stoppen',
    reload: 'Neu laden',
    toggleDevTools: 'Entwicklerwerkzeuge',
    resetZoom: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    togglefullscreen: 'Vollbild',
    minimize: 'Minimieren',
    zoom: 'Zoomen',
    front: 'Alle nach vorne bringen',
  },
  notSaved: {
    title: 'Die Datei wurde nicht gespeichert',
    body: 'Sie konnte dort nicht geschrieben werden. Schaffen Sie Platz auf dem Datenträger, oder wählen Sie einen anderen Ordner, und versuchen Sie es erneut.',
  },
  twiceBroken: {
    title: 'TradeSphere Customers ist stehen geblieben',
    body: 'Das Fenster ist zweimal binnen einer Minute abgestürzt. Was Sie gespeichert haben, ist sicher. Schließen Sie die App, und starten Sie sie neu; bleibt es so, senden Sie die Diagnosedaten (Einstellungen) an Ihre Administration.',
  },
  cantStart: {
    title: 'TradeSphere Customers kann nicht starten',
    broken:
      'Beim Start ist in der App ein Fehler aufgetreten. Was Sie gespeichert haben, ist sicher. Starten Sie sie erneut; bleibt es so, installieren Sie sie neu.',
    unusable: (source, shape) =>
      `${source} ist nicht verwendbar. Darin muss ${shape} stehen. Berichtigen Sie das, und starten Sie die App neu.`,
    unsafe: (source) =>
      `${source} nennt einen Server ohne https. Verwenden Sie eine Adresse, die mit https:// beginnt.`,
  },
}
