import { counted } from '../phrases.ts'
import type { Texts } from '../texts.ts'

/** Texte dessen, was nur die Desktop-App hat, und der Diagnose. */
export const desktopStrings: Texts['desktop'] = {
  firstRun: {
    title: 'Wo sind Ihre Kunden?',
    lead: 'Verbinden Sie diesen Computer mit dem Server Ihrer Firma. Adresse und Schlüssel, oder einen Link, der beides einträgt, erhalten Sie von Ihrer Administration.',
    server: 'Serveradresse',
    serverHint: 'https://….supabase.co',
    key: 'Öffentlicher Schlüssel',
    serverMissing: 'Geben Sie die Adresse des Servers ein.',
    serverBad: 'Das ist keine Adresse. Sie beginnt mit https://',
    keyMissing: 'Geben Sie den öffentlichen Schlüssel ein.',
    connect: 'Verbinden',
    offered: (host) =>
      `Ein Link bietet den Server ${host} an. Verwenden Sie ihn nur, wenn der Link von Ihrer Firma kam: Wer den Server betreibt, sieht, was Sie eingeben.`,
    useOffer: 'Diesen Server verwenden',
    demoTitle: 'Nur mal umsehen?',
    demo: 'Demo-Firma ausprobieren',
    demoMissing:
      'Auf diesem Computer läuft keine Demo. Starten Sie sie mit „npm start“ im Ordner des Projekts, und klicken Sie dann erneut.',
    unexpected:
      'Das hat wegen eines Fehlers der App nicht funktioniert. Starten Sie sie neu, und versuchen Sie es erneut.',
    otherServer: 'Anderen Server verwenden',
  },
  lock: {
    title: 'Gesperrt',
    lead: (name) => `Geben Sie Ihre PIN ein, ${name}. Die Synchronisierung läuft inzwischen weiter.`,
    leadNobody: 'Geben Sie Ihre PIN ein.',
    pin: 'PIN',
    unlock: 'Entsperren',
    forgotten: 'PIN vergessen? Abmelden',
    failed: 'In der App ist ein Fehler aufgetreten. Versuchen Sie es erneut.',
  },
  settings: {
    lead: 'Wie sich die App auf diesem Computer verhält.',
    leadBrowser:
      'Sie verwenden die App in einem Browser. Sperre, Infobereich und Benachrichtigungen gibt es in der Desktop-App.',
    background: 'Im Hintergrund',
    keepSyncing: 'Weiter synchronisieren, wenn das Fenster geschlossen ist',
    keepSyncingLead: 'Die App bleibt im Infobereich. Dort lässt sie sich beenden.',
    notifications: 'Benachrichtigungen',
    notificationsLead:
      'Über Konflikte, abgelehnte Änderungen und abgeschlossene Importe, während Sie in einem anderen Fenster arbeiten.',
    lock: 'Sperre',
    lockLead:
      'Gegen alle, die an Ihrem offenen Laptop vorbeikommen. Die PIN wird nach der gewählten Zeit verlangt, wenn der Bildschirm gesperrt wird und bei jedem Start.',
    lockOn: (minutes) => `Ein, nach ${counted(minutes, 'Minute', 'Minuten')} ohne Eingabe`,
    lockOff: 'Aus',
    lockAfter: 'Sperren nach',
    lockMinutes: (minutes) => counted(minutes, 'Minute', 'Minuten'),
    newPin: 'Neue PIN',
    newPinLead: 'Mindestens 4 Zeichen. Wenn Sie sie vergessen, hebt Ab- und erneutes Anmelden sie auf.',
    pinTooShort: 'Mindestens 4 Zeichen.',
    turnOn: 'Einschalten',
    turnOff: 'Ausschalten',
    lockNow: 'Jetzt sperren',
    yourPin: 'Ihre PIN',
    support: 'Support',
    server: 'Server',
    diagnostics: 'Diagnose speichern',
    diagnosticsLead:
      'Eine Datei für Ihre Administration: Versionen, Zeiten und Fehlercodes. Keine Namen, keine Kunden, keine Adressen.',
    didNotWork: 'Das hat nicht funktioniert',
    failed: 'In der App ist ein Fehler aufgetreten. Versuchen Sie es erneut.',
  },
  update: {
    ready: (version, onQuit) =>
      `Version ${version} ist bereit.${onQuit ? ' Sie wird beim Beenden der App installiert.' : ''}`,
    held: (version) =>
      `Version ${version} ist bereit. Sie wartet, bis Ihre Änderungen gesendet sind, damit nichts verloren geht.`,
    install: 'Neu starten und aktualisieren',
  },
  notices: {
    attentionTitle: 'Bitte prüfen Sie etwas',
    attentionBody: (count) =>
      `${counted(count, 'Änderung wurde', 'Änderungen wurden')} abgelehnt oder auch von anderen geändert.`,
    importTitle: 'Import abgeschlossen',
    importBody: (rows) => `${counted(rows, 'Zeile', 'Zeilen')} verarbeitet. Der Bericht liegt bereit.`,
    importFailedTitle: 'Import angehalten',
    importFailedBody: 'Er lässt sich fortsetzen. Öffnen Sie die App, um den Grund zu sehen.',
  },
  opening: {
    fileTooLarge:
      'Diese Datei ist zu groß, um auf einmal geöffnet zu werden (über 200 MB). Teilen Sie sie, und importieren Sie die Teile.',
    fileUnreadable:
      'Diese Datei konnte nicht gelesen werden. Prüfen Sie, ob sie noch da ist und ob Sie sie öffnen dürfen.',
    alreadyConnected: (host) =>
      `Ein Link bot den Server ${host} an. Dieser Computer gehört bereits zu einem Server, daher wurde nichts geändert.`,
  },
}
