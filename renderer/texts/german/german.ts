import { formatCount, formatTook } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import type { Texts } from '../texts.ts'
import { attentionStrings } from './attention.ts'
import { conversationStrings } from './conversation.ts'
import { createStrings } from './create.ts'
import { dashboardStrings } from './dashboard.ts'
import { desktopStrings } from './desktop.ts'
import { detailStrings } from './detail.ts'
import { exportStrings } from './export.ts'
import { fieldStrings } from './fields.ts'
import { filterStrings } from './filters.ts'
import { historyStrings } from './history.ts'
import { importStrings } from './import.ts'
import { listStrings } from './list.ts'
import { duplicateStrings, mergeStrings } from './merge.ts'
import { notesStrings } from './notes.ts'
import { profileStrings } from './profile.ts'
import { settingsStrings } from './settings.ts'
import { undoStrings } from './undo.ts'

const waiting = (count: number): string => counted(count, 'Änderung wartet', 'Änderungen warten')

const CLEARED = 'Die Kopie auf diesem Gerät war gelöscht worden und wird vom Server neu gefüllt.'

/** Alle Texte auf Deutsch. */
export const german: Texts = {
  appName: 'TradeSphere Customers',
  fields: fieldStrings,
  sources: { chat: 'Chat', manual: 'Von Hand', import: 'Importiert' },
  roles: { owner: 'Inhaber', manager: 'Leitung', sales: 'Vertrieb', analyst: 'Analyse' },
  messages: 'Meldungen',
  you: 'Sie',

  actions: {
    back: 'Zurück',
    cancel: 'Abbrechen',
    close: 'Schließen',
    delete: 'Löschen',
    edit: 'Bearbeiten',
    merge: 'Zusammenführen',
    save: 'Speichern',
    tryAgain: 'Erneut versuchen',
    undo: 'Rückgängig',
    signOut: 'Abmelden',
    import: 'Importieren',
    newCustomer: 'Neuer Kunde',
    syncNow: 'Jetzt synchronisieren',
  },

  nav: {
    label: 'Hauptnavigation',
    customers: 'Kunden',
    duplicates: 'Dubletten',
    import: 'Import',
    attention: 'Zu prüfen',
    attentionShort: 'Prüfen',
    sync: 'Synchronisierung',
    settings: 'Einstellungen',
    skipToContent: 'Zum Inhalt springen',
    switchTo: 'Firma wechseln',
    goOnIn: (company) => `Weiter in ${company}`,
    switchFailed: 'Die Firma konnte nicht geöffnet werden',
    account: (name) => `Konto von ${name}`,
  },

  crash: {
    title: 'Die App ist hier stehen geblieben',
    body: 'In der App ist ein Fehler aufgetreten. Was Sie gespeichert haben, ist auf diesem Gerät sicher. Laden Sie die App neu, um weiterzuarbeiten.',
    reload: 'Neu laden',
  },
  unavailable: { title: 'Die Kunden lassen sich hier nicht öffnen' },
  notFound: { title: 'Diese Seite gibt es nicht', action: 'Zu den Kunden' },

  signIn: {
    title: 'Anmelden',
    lead: 'Danach sind Ihre Kunden auf diesem Gerät, mit und ohne Netz.',
    email: 'E-Mail',
    password: 'Passwort',
    submit: 'Anmelden',
    invited: 'Ich habe eine Einladung',
    invitation: 'Einladungscode',
    offline:
      'Sie sind offline. Die erste Anmeldung braucht einmal eine Netzverbindung. Sobald Sie wieder online sind, funktioniert sie.',
    emailMissing: 'Geben Sie die E-Mail-Adresse Ihres Kontos ein.',
    passwordMissing: 'Geben Sie Ihr Passwort ein.',
    unexpected:
      'Die Anmeldung hat wegen eines Fehlers der App nicht funktioniert. Laden Sie sie neu, und versuchen Sie es erneut.',
  },

  pill: {
    upToDate: 'Aktuell',
    saving: 'Wird gespeichert …',
    stopped: 'Synchronisierung aus',
    waiting,
    offline: 'Offline',
    offlineWaiting: (count) => `Offline · ${waiting(count)}`,
    offlineShort: (count) => `Offline · ${formatCount(count)}`,
    firstSync: (received, total) =>
      total === null
        ? `Erste Synchronisierung ${formatCount(received)}`
        : `Erste Synchronisierung ${formatCount(received)} von ${formatCount(total)}`,
    firstSyncShort: (received, total) =>
      total === null ? formatCount(received) : `${formatCount(received)} von ${formatCount(total)}`,
    firstHistory: (received) => `Verlauf wird geladen ${formatCount(received)}`,
    failed: (count) => (count === 0 ? 'Nicht synchronisiert' : `Nicht synchronisiert · ${waiting(count)}`),
    attention: (count) => `${formatCount(count)} zu prüfen`,
    label: (text) => `Synchronisierung: ${text}. Einzelheiten öffnen.`,
  },

  sync: {
    title: 'Synchronisierung',
    stateUpToDate: 'Alles, was Sie sehen, stimmt mit dem Server überein.',
    stateSyncing: 'Änderungen werden gerade gesendet und geladen.',
    stateOffline:
      'Der Server ist nicht erreichbar. Arbeiten Sie weiter: Alles wird hier aufbewahrt und von selbst gesendet.',
    stateStopped: 'Die Synchronisierung läuft nicht. Sie beginnt, wenn Sie angemeldet und online sind.',
    stateFirst: 'Ihre Kunden werden zum ersten Mal geladen. Mit denen, die schon da sind, können Sie arbeiten.',
    stateHistory: 'Alle Kunden sind da. Ihre Gespräche, Angebote und Aktivitäten folgen noch.',
    incidents: {
      salvaged: 'Die Kopie auf diesem Gerät war beschädigt und wird vom Server neu gefüllt.',
      vanished: CLEARED,
      restored: CLEARED,
      damaged:
        'Ein Teil der Kopie auf diesem Gerät ist nicht mehr lesbar. Schließen Sie die App, und öffnen Sie sie wieder.',
    },
    stateFailed: 'Der Server hat geantwortet, aber nicht wie erwartet.',
    waiting: 'Noch zu senden',
    waitingNone: 'Nichts',
    elsewhere: (count) =>
      `${counted(count, 'Änderung', 'Änderungen')} in Ihrer anderen Firma. Wechseln Sie dorthin, um zu senden.`,
    waitingSince: (when) => `seit ${when}`,
    waitingCount: (count) => counted(count, 'Änderung', 'Änderungen'),
    lastSync: 'Zuletzt abgeglichen',
    lastSyncNever: 'Auf diesem Gerät noch nie',
    attention: 'Zu prüfen',
    attentionNone: 'Nichts',
    attentionLink: (count) =>
      counted(
        count,
        'Änderung, die abgelehnt, auch von anderen geändert oder unlesbar wurde',
        'Änderungen, die abgelehnt, auch von anderen geändert oder unlesbar wurden',
      ),
    customers: 'Kunden auf diesem Gerät',
    retryAt: (when) => `Nächster automatischer Versuch: ${when}.`,
    noRetry: 'Es wird nicht automatisch erneut versucht.',
    details: 'Seite zur Synchronisierung öffnen',
  },

  firstSync: {
    title: 'Ihre Kunden werden geladen',
    progress: (received, total) => {
      if (total !== null) return `${formatCount(received)} von ${formatCount(total)}`
      return received === 0 ? 'Warten auf die ersten' : `Bisher ${formatCount(received)}`
    },
    lead: 'Das geschieht auf diesem Gerät nur einmal. Die schon geladenen können Sie ansehen und bearbeiten.',
    offlineTitle: 'Ihre Kunden sind noch nicht auf diesem Gerät',
    offlineBody:
      'Die erste Synchronisierung braucht einmal eine Netzverbindung. Sie beginnt von selbst, sobald der Server erreichbar ist.',
  },

  listTools: listStrings,
  list: {
    label: 'Kunden',
    search: (all) => (all === 0 ? 'Kunden durchsuchen' : `${counted(all, 'Kunden', 'Kunden')} durchsuchen`),
    searchLabel: 'Kunden durchsuchen',
    clearSearch: 'Suche löschen',
    summary: (total, all, tookMs) => `${formatCount(total)} von ${formatCount(all)} in ${formatTook(tookMs)}`,
    views: { all: 'Alle', mine: 'Meine', recent: 'Zuletzt' },
    viewsLabel: 'Welche Kunden',
    sort: {
      label: 'Sortierung',
      by: {
        name: 'Name',
        lastSeen: 'Zuletzt aktiv',
        created: 'Angelegt',
        changed: 'Geändert',
        conversations: 'Gespräche',
        relevance: 'Beste Treffer',
        opened: 'Zuletzt geöffnet',
      },
      direction: 'Richtung',
      asc: { text: 'Von A bis Z', time: 'Älteste zuerst', count: 'Wenigste zuerst' },
      desc: { text: 'Von Z bis A', time: 'Neueste zuerst', count: 'Meiste zuerst' },
    },
    sortBy: (column) => `Nach ${column} sortieren`,
    waiting: 'Eine Änderung wird noch gesendet',
    attention: 'Zu prüfen',
    never: 'nie',
    loading: 'Kunden werden geladen',
    searchGettingReady: (done, total) =>
      `Die Suche wird vorbereitet: ${formatCount(done)} von ${formatCount(total)} Kunden sind durchsucht. Gleich werden vielleicht mehr gefunden.`,
    failed: 'Die Liste konnte nicht gelesen werden. Was Sie gespeichert haben, ist sicher.',
    emptyTitle: 'Noch keine Kunden',
    emptyBody: 'Laden Sie Ihre Liste als CSV-Datei, oder legen Sie den ersten Kunden an.',
    nothingTitle: 'Keine Treffer',
    viewEmptyTitle: 'Hier ist noch niemand',
    nothingBody: (search) => `Kein Kunde passt zu „${search}“. Versuchen Sie es mit weniger Buchstaben.`,
    nothingTogether: 'Kein Kunde erfüllt all dies zusammen.',
    nothingWithout: (part, count) => `Ohne „${part}“ gibt es ${counted(count, 'Treffer', 'Treffer')}`,
    nothingAction: 'Filter und Suche löschen',
    recentEmpty: 'Kunden, die Sie öffnen, erscheinen hier.',
    mineEmpty: 'Kunden, für die Sie zuständig sind oder die Sie angelegt haben, erscheinen hier.',
    hints: {
      move: 'bewegen',
      open: 'öffnen',
      edit: 'bearbeiten',
      create: 'neu',
      everything: 'alles',
      help: 'Hilfe',
    },
  },

  filters: filterStrings,
  detail: detailStrings,
  undo: undoStrings,
  profile: profileStrings,
  notes: notesStrings,
  conversations: conversationStrings,
  history: historyStrings,
  create: createStrings,

  form: {
    createTitle: 'Neuer Kunde',
    editTitle: (name) => `${name} bearbeiten`,
    tagsHint: 'Eingabe oder Komma fügt einen hinzu',
    ownerNobody: 'Niemand',
    ownerFormer: 'Nicht mehr im Team',
    create: 'Anlegen',
    draft: 'Ihre nicht gespeicherten Änderungen von vorhin sind wieder da.',
    draftDiscard: 'Neu beginnen',
    shortcut: (command) => `${command} Eingabe speichert, Esc geht zurück`,
  },

  merge: mergeStrings,
  duplicates: duplicateStrings,
  attention: attentionStrings,
  dashboard: dashboardStrings,
  import: importStrings,
  export: exportStrings,
  settings: settingsStrings,
  desktop: desktopStrings,

  accessLost: {
    title: (company) => `Sie haben keinen Zugang mehr zu ${company}`,
    lead: 'Die Kunden der Firma wurden von diesem Gerät entfernt. Falls das ein Versehen ist, bitten Sie einen Inhaber der Firma, Sie wieder aufzunehmen.',
    signedOutTitle: (company) => `Dieses Gerät wurde bei ${company} abgemeldet`,
    signedOutLead:
      'Das waren Sie oder ein Inhaber der Firma auf einem anderen Gerät. Die Kunden wurden von diesem Gerät entfernt. Melden Sie sich erneut an, um sie zu laden.',
    signedOutOthers: 'Melden Sie sich dafür zuerst ab. Das entfernt auch Ihre anderen Firmen von diesem Gerät.',
    offline: 'Sie sind offline. Die erneute Anmeldung braucht das Netz.',
    nothingUnsent: 'Alles, was Sie geändert hatten, war zuvor auf dem Server angekommen.',
    checkAgain: 'Erneut prüfen',
    signIn: 'Erneut anmelden',
  },

  storageLocked: {
    title: (company) => `${company} lässt sich jetzt nicht öffnen`,
    unsent: (count) => {
      if (count === null) return 'Ob darin noch ungesendete Änderungen liegen, lässt sich nicht sagen.'
      if (count === 0) return 'Bei der letzten Zählung war alles gesendet.'
      return isOne(count)
        ? 'Bei der letzten Zählung war 1 Änderung darin nicht gesendet. Es gibt sie nur hier.'
        : `Bei der letzten Zählung waren ${formatCount(count)} Änderungen darin nicht gesendet. Es gibt sie nur hier.`
    },
    startAfresh: 'Vom Server neu beginnen',
    confirmTitle: 'Löschen, was nicht lesbar ist?',
    confirmBody:
      'Was nicht lesbar ist, wird gelöscht. Die Kunden kommen neu vom Server; dafür ist eine Netzverbindung nötig. Das lässt sich nicht rückgängig machen.',
    confirm: 'Löschen und neu beginnen',
    stillLocked: 'Sie lässt sich immer noch nicht öffnen.',
    failed: 'Das hat nicht funktioniert. Versuchen Sie es erneut.',
  },

  incident: {
    salvaged: (when, unsent) =>
      `Die Kopie auf diesem Gerät war beschädigt und wurde repariert (${when}). ${
        unsent === 0
          ? 'Es war keine ungesendete Änderung darin lesbar.'
          : isOne(unsent)
            ? '1 ungesendete Änderung war lesbar und bleibt erhalten.'
            : `${formatCount(unsent)} ungesendete Änderungen waren lesbar und bleiben erhalten.`
      } Alles andere kommt wieder vom Server. Prüfen Sie, was Sie zuletzt geändert haben: Eine ungesendete Änderung im beschädigten Teil kann verloren sein.`,
    vanished: (when, unsent) =>
      `Dieses Gerät hatte die Kopie Ihrer Kunden gelöscht (${when}). Sie kommen wieder vom Server. ${
        unsent === 0
          ? 'Prüfen Sie, was Sie zuletzt geändert haben: Eine ungesendete Änderung ist verloren.'
          : `Bei der letzten Zählung ${isOne(unsent) ? 'war' : 'waren'} ${counted(unsent, 'Änderung', 'Änderungen')} nicht gesendet: Bitte erneut vornehmen.`
      }`,
    restored: (when, unsent) =>
      `Dieses Gerät hatte die Kopie Ihrer Kunden gelöscht (${when}), nicht aber ${
        unsent === 0 ? 'was auf Sie wartet' : counted(unsent, 'ungesendete Änderung', 'ungesendete Änderungen')
      }. Alles andere kommt wieder vom Server. Prüfen Sie, was Sie zuletzt geändert haben.`,
    damaged: (when) =>
      `Ein Teil der Kopie auf diesem Gerät ist nicht mehr lesbar (${when}). Warten Sie, bis alles gesendet ist, schließen Sie dann die App, und öffnen Sie sie wieder: Sie repariert sich selbst.`,
    dismiss: 'Verstanden',
  },

  handover: {
    label: (company) => `Nicht gesendete Änderungen in ${company}`,
    kept: (count, company) =>
      isOne(count)
        ? `${formatCount(count)} nicht gesendete Änderung in ${company} ist hier verschlüsselt aufbewahrt.`
        : `${formatCount(count)} nicht gesendete Änderungen in ${company} sind hier verschlüsselt aufbewahrt.`,
    save: 'Als Datei speichern',
    saveAgain: 'Datei erneut speichern',
    passphrase: 'Passphrase der Datei',
    passphraseLead: 'Notieren Sie sie: Die Datei lässt sich nur damit öffnen, und sie wird nur hier gezeigt.',
    remove: 'Ich habe beides, Änderungen hier entfernen',
    requeue: 'Jetzt senden',
    discard: 'Verwerfen',
    discardTitle: (count) => `${counted(count, 'Änderung', 'Änderungen')} verwerfen?`,
    discardBody:
      'Sie haben den Server nie erreicht und werden von diesem Gerät gelöscht. Das lässt sich nicht rückgängig machen.',
    discardConfirm: 'Änderungen verwerfen',
    keep: 'Behalten',
    failed: 'Das hat nicht funktioniert. Die Änderungen sind noch hier.',
  },

  signOut: {
    title: 'Änderungen gingen verloren',
    body: (count) =>
      isOne(count)
        ? `${formatCount(count)} Änderung hat den Server nicht erreicht. Wenn Sie sich jetzt abmelden, geht sie endgültig verloren.`
        : `${formatCount(count)} Änderungen haben den Server nicht erreicht. Wenn Sie sich jetzt abmelden, gehen sie endgültig verloren.`,
    advice: 'Bleiben Sie angemeldet, bis die Anzeige oben „Aktuell“ sagt.',
    confirm: (count) => `Abmelden und ${counted(count, 'Änderung', 'Änderungen')} verlieren`,
    stay: 'Angemeldet bleiben',
    failed: 'Die Abmeldung hat nicht funktioniert',
  },

  palette: {
    savedFilters: 'Gespeicherte Filter',
    label: 'Alles finden',
    placeholder: 'Irgendwohin gehen, etwas tun oder einen Kunden finden',
    nothing: 'Nichts gefunden',
    go: 'Gehe zu',
    do: 'Tun',
    customers: 'Kunden',
    appearance: (scheme) => `Darstellung: ${scheme}`,
    view: (view) => `Kunden: ${view}`,
    here: 'Hier',
    edit: (name) => `${name} bearbeiten`,
    merge: (name) => `${name} zusammenführen mit …`,
    delete: (name) => `${name} löschen`,
    exportChosen: (count) => `${counted(count, 'ausgewählten Kunden', 'ausgewählte Kunden')} exportieren`,
    language: (language) => `Sprache: ${language}`,
    company: (company) => `Zu ${company} wechseln`,
  },

  help: {
    title: 'Tastatur',
    groups: { everywhere: 'Überall', list: 'In der Liste', go: 'Gehe zu' },
    palette: 'Alles',
    search: 'Suchen',
    create: 'Neuer Kunde',
    import: 'Import',
    duplicates: 'Dubletten',
    merge: 'Zusammenführen mit …',
    help: 'Diese Hilfe',
    back: 'Zurück, immer',
    down: 'Nächster Kunde',
    up: 'Voriger Kunde',
    open: 'Öffnen',
    edit: 'Bearbeiten',
    filter: 'Filtern',
    savedFilters: 'Gespeicherte Filter',
    ends: 'Erster, letzter',
    pages: 'Eine Seite hinauf, hinunter',
    next: 'Weiter',
    previous: 'Zurück',
    nextField: 'Nächstes Feld',
    previousField: 'Voriges Feld',
    pick: 'Wert übernehmen',
    combine: 'Werte verbinden',
    type: 'Wert eintippen',
    linkChat: 'Mit dem besten Vorschlag verknüpfen',
  },
}
