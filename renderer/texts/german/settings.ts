import { formatBytes, formatCount } from '../../lib/format.ts'
import { counted, isOne } from '../phrases.ts'
import type { Texts } from '../texts.ts'
import { privacyStrings } from './privacy.ts'

const ofCustomers = (count: number): string => counted(count, 'Kunden', 'Kunden')

/** Texte der Einstellungen. */
export const settingsStrings: Texts['settings'] = {
  title: 'Einstellungen',
  sections: {
    account: 'Konto',
    company: 'Firma',
    members: 'Mitglieder',
    privacy: 'Datenschutz',
    devices: 'Geräte',
    appearance: 'Darstellung',
    app: 'Diese App',
    data: 'Daten auf diesem Gerät',
    log: 'Protokoll',
  },
  inPalette: (section) => `Einstellungen: ${section}`,
  loading: 'Der Server wird gefragt',
  failed: 'In der App ist ein Fehler aufgetreten. Versuchen Sie es erneut.',
  notAllowed: 'Das dürfen Sie nicht sehen',

  account: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    company: 'Firma',
    password: 'Passwort',
    current: 'Jetziges Passwort',
    next: 'Neues Passwort',
    nextHint: 'Mindestens 8 Zeichen. Ein kurzer Satz ist leicht zu merken und schwer zu erraten.',
    nextShort: 'Verwenden Sie mindestens 8 Zeichen.',
    currentMissing: 'Geben Sie Ihr jetziges Passwort ein.',
    change: 'Passwort ändern',
    changed: 'Das Passwort ist geändert. Es gilt ab der nächsten Anmeldung.',
    companies: 'Andere Firmen',
    noOthers: 'Sie gehören nur zu dieser Firma.',
    switchTo: (company, unsent) =>
      unsent === 0
        ? `Zu ${company} wechseln`
        : `Zu ${company} wechseln · ${counted(unsent, 'Änderung wartet', 'Änderungen warten')}`,
    invitation: 'Einladungscode',
    invitationLead: 'Jemand hat Sie in eine andere Firma eingeladen? Geben Sie den Code ein, den Sie erhalten haben.',
    invitationMissing: 'Geben Sie den Code ein, den Sie von der Firma erhalten haben.',
    join: 'Beitreten',
    signOutTitle: 'Abmelden',
    signOutLead: 'Beim Abmelden werden die Kunden von diesem Gerät entfernt. Auf dem Server bleiben sie.',
  },

  company: {
    name: 'Name',
    nameMissing: 'Geben Sie der Firma einen Namen.',
    country: 'Land',
    countryLead: 'Wie Telefonnummern ohne Landesvorwahl gelesen werden: 0171 234 ist in jedem Land eine andere Nummer.',
    countryChanges: (count) =>
      `Nach dem Speichern werden die Telefonnummern von ${counted(count, 'Kunden', 'Kunden')} schrittweise neu gelesen. Alle können währenddessen weiterarbeiten.`,
    rekeying: (left, country) =>
      `${counted(left, 'Telefonnummer', 'Telefonnummern')} von Kunden und Chats noch nach den Regeln für ${country} zu lesen.`,
    rekeyed: 'Alle Telefonnummern sind gelesen.',
    rekeyingUnknown: (why) => `Ob noch Telefonnummern zu lesen sind, ist nicht bekannt. ${why}`,
    rekeyingLead:
      'Lassen Sie diese Seite offen oder kommen Sie später wieder: Es geht weiter, wo es stand. Bis dahin warten neue Chats mit einer Telefonnummer, und niemand kann endgültig gelöscht werden.',
    save: 'Speichern',
    saved: 'Die Firma ist geändert',
    saveFailed: 'Die Firma wurde nicht geändert',
    chats: 'Chat-Assistent',
    chatsLead: 'Ein Link an jedem Gespräch öffnet es in Ihrem Assistenten. Ohne Adresse gibt es keinen Link.',
    chatUrl: 'Adresse eines Chats',
    chatUrlHint: '{session} steht dort, wo die Kennung des Chats hingehört.',
    chatUrlInvalid:
      'Geben Sie eine Adresse an, die mit https:// beginnt und {session} hinter dem Namen des Servers hat.',
    setChatUrl: 'Adresse festlegen',
  },

  members: {
    lead: 'Wer mit den Kunden dieser Firma arbeitet. Was Sie hier ändern, gilt sofort und überall.',
    list: 'Mitglieder',
    person: 'Person',
    role: 'Rolle',
    owns: (count) => (count === 0 ? 'für keine Kunden zuständig' : `für ${ofCustomers(count)} zuständig`),
    since: (when) => `beigetreten ${when}`,
    roleOf: (name) => `Rolle von ${name}`,
    roleLead: {
      owner: 'darf alles und verwaltet Mitglieder und Datenschutz',
      manager: 'legt an, bearbeitet, führt zusammen und exportiert; löscht nicht',
      sales: 'legt Kunden an und bearbeitet eigene',
      analyst: 'sieht und exportiert, ändert nichts',
    },
    you: (name) => `${name} (Sie)`,
    lastOwner: 'Eine Firma behält mindestens einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
    changed: (name, role) => `${name} hat jetzt die Rolle ${role}`,
    changeFailed: 'Die Rolle wurde nicht geändert',
    demoteTitle: 'Die Rolle als Inhaber abgeben?',
    demoteBody: (role) =>
      `Sie haben dann die Rolle ${role} und können Mitglieder, Datenschutz und Geräte nicht mehr verwalten. Zurücknehmen kann das nur ein anderer Inhaber.`,
    demote: 'Abgeben',
    remove: 'Entfernen',
    removeOf: (name) => `${name} entfernen`,
    removeTitle: (name) => `${name} aus der Firma entfernen?`,
    removeCustomers: (count) =>
      count === 0
        ? 'Die Person ist für keine Kunden zuständig.'
        : isOne(count)
          ? 'Ihr einer Kunde bleibt, und niemand ist für ihn zuständig.'
          : `Ihre ${formatCount(count)} Kunden bleiben, und niemand ist für sie zuständig.`,
    removeFilters: (count) =>
      count === 0
        ? 'Sie teilt keine Filter.'
        : isOne(count)
          ? 'Der von ihr geteilte Filter geht an einen Inhaber.'
          : `Die ${formatCount(count)} von ihr geteilten Filter gehen an einen Inhaber.`,
    removeDevices:
      'Die Kunden verlassen die Geräte der Person, sobald diese eine Netzverbindung haben. Nicht Gesendetes bleibt dort für sie verschlüsselt aufbewahrt.',
    removeBack: 'Das lässt sich nicht rückgängig machen. Für eine Rückkehr ist eine neue Einladung nötig.',
    removed: (name) => `${name} ist kein Mitglied mehr`,
    invitations: 'Einladungen',
    invitationsNone: 'Zurzeit ist niemand eingeladen.',
    invite: 'Jemanden einladen',
    inviteLead:
      'Die Person braucht ein Konto mit dieser E-Mail-Adresse. Den Code geben Sie ihr selbst; wir versenden nichts.',
    inviteName: 'Name',
    inviteEmail: 'E-Mail',
    inviteRole: 'Rolle',
    nameMissing: 'Geben Sie an, unter welchem Namen die Person beitritt.',
    emailMissing: 'Geben Sie die E-Mail-Adresse des Kontos ein.',
    inviteSubmit: 'Einladung erstellen',
    codeTitle: (name) => `Der Code für ${name}`,
    codeLead: (when) =>
      `Wird nur jetzt gezeigt. Geben Sie ihn weiter: Er wird bei der Anmeldung oder in den Einstellungen eingegeben und gilt bis ${when}.`,
    copy: 'Code kopieren',
    copied: 'Kopiert',
    expires: (when) => `gültig bis ${when}`,
    expired: 'abgelaufen',
    takeBack: 'Zurücknehmen',
    takeBackOf: (name) => `Einladung von ${name} zurücknehmen`,
    takenBack: (name) => `Die Einladung von ${name} ist zurückgenommen`,
  },

  privacy: privacyStrings,

  devices: {
    lead: 'Wo die Kunden dieser Firma gespeichert sind und wessen Geräte das sind.',
    leadMine: 'Wo Sie die Kunden dieser Firma gespeichert haben. Inhaber sehen die Geräte aller.',
    device: 'Gerät',
    called: (name, number = 1) =>
      `${name}${number === 1 ? '' : ` (${formatCount(number)})`}`
        .replace(/^Desktop app/, 'Desktop-App')
        .replace(' on ', ' unter '),
    seen: (when, since) => `Zuletzt aktiv: ${when}, bekannt seit: ${since}.`,
    person: 'Person',
    lastSeen: 'Zuletzt aktiv',
    since: 'Seit',
    forgets: 'Löschungen',
    toForget: (count) => `${formatCount(count)} noch zu vergessen`,
    none: 'Bisher hat sich kein Gerät gemeldet.',
    this: 'dieses Gerät',
    signedOut: (when) => `abgemeldet ${when}`,
    notHeard: 'die Kopie ist vielleicht noch da',
    emptied: 'die Kopie ist weg',
    signOut: 'Abmelden',
    signOutOf: (device, person) => `Gerät „${device}“ (${person}) abmelden`,
    signOutTitle: (device, person) => `Gerät „${device}“ (${person}) abmelden?`,
    signOutLeaves:
      'Die Kunden dieser Firma verlassen das Gerät, sobald es eine Netzverbindung hat. Bleibt es offline, behält es seine Kopie, verschlüsselt, sofern es einen Schlüsselspeicher hat.',
    signOutUnsent:
      'Was es nicht gesendet hat, bleibt dort in einer verschlüsselten Datei und lässt sich nach der nächsten Anmeldung senden.',
    signOutBack:
      'Wer das Passwort kennt, kann sich dort wieder anmelden. Setzen Sie ein neues, am besten, wenn die Liste sagt, dass die Kopie weg ist: Ein neues Passwort beendet die Sitzung, über die das Gerät davon erfahren würde.',
    signOutDone: (device) => `${device} ist abgemeldet`,
    signOutFailed: 'Das Gerät ist nicht abgemeldet',
    forget: 'Entfernen',
    forgetOf: (device, person) => `Gerät „${device}“ (${person}) entfernen`,
    forgotten: (device) =>
      `${device} ist entfernt: Löschungen warten nicht mehr darauf. Meldet es sich wieder, wird es erneut aufgeführt und vergisst dann.`,
    forgetFailed: 'Das Gerät ist noch aufgeführt',
    lost: 'Gerät verloren?',
    lostLead:
      'Melden Sie es zuerst ab: Die Kunden verlassen es, sobald es eine Netzverbindung hat. Bis dahin bleibt seine Kopie dort, verschlüsselt, sofern das Gerät einen Schlüsselspeicher hat (die Desktop-App hat einen, ein Browser nicht). Setzen Sie ein neues Passwort, wenn die Liste sagt, dass die Kopie weg ist, nicht früher: Sonst erfährt das Gerät nichts mehr.',
    lostPerson: 'Entfernen Sie, wer die Firma verlässt, aus den Mitgliedern: Das gilt für alle Geräte dieser Person.',
    toMembers: 'Zu den Mitgliedern',
  },

  appearance: {
    language: 'Sprache',
    languageSystem: 'Wie das System',
    languageLead: 'Die App wird in der gewählten Sprache neu geladen. Entwürfe bleiben erhalten.',
    scheme: 'Farben',
    motion: 'Bewegungen folgen den Einstellungen Ihres Systems.',
  },
  schemes: { light: 'Hell', dark: 'Dunkel', auto: 'Wie das System' },

  data: {
    lead: 'Alle Kunden der Firma liegen als Kopie auf diesem Gerät, damit alles auch ohne Netz funktioniert.',
    customers: 'Kunden',
    records: 'Verlauf',
    recordsCount: (count) => `${counted(count, 'Zeile', 'Zeilen')} mit Gesprächen, Angeboten und Aktivität`,
    unsent: 'Nur hier',
    unsentNone: 'Nichts: Alles ist auf dem Server',
    unsentCount: (count) => `${counted(count, 'Änderung', 'Änderungen')} noch nicht gesendet`,
    room: 'Speicherplatz',
    roomOf: (used, quota) => `${formatBytes(used)} von ${formatBytes(quota)} belegt`,
    encryption: 'Verschlüsselung',
    encrypted: 'Verschlüsselt; der Schlüssel liegt im Schlüsselspeicher dieses Geräts.',
    notEncrypted: 'Nicht verschlüsselt: Dieser Browser hat keinen Schlüsselspeicher.',
    persistence: 'Dauerhaftigkeit',
    storage: {
      kept: 'Was hier gespeichert ist, bleibt, auch wenn die Festplatte voll wird.',
      mayBeRemoved:
        'Der Browser kann das hier Gespeicherte entfernen, wenn die Festplatte voll wird. Installieren Sie die App, oder setzen Sie ein Lesezeichen, und laden Sie neu: Dann bleibt es.',
    },
    upkeep: 'Pflege',
    compact: 'Jetzt verkleinern',
    compactLead: 'Entfernt, was ersetzt oder gelöscht wurde. Bei größeren Mengen geschieht das auch von selbst.',
    compacted: 'Die Kopie ist verkleinert',
    rebuild: 'Alles neu laden',
    rebuildLead: 'Falls hier etwas falsch aussieht: Die Kopie wird vom Server neu aufgebaut.',
    rebuildTitle: 'Alles neu vom Server laden?',
    rebuildBody: (unsent) =>
      unsent === 0
        ? 'Die Kopie auf diesem Gerät wird neu aufgebaut. Das dauert einen Moment, und Sie können weiterarbeiten.'
        : `Die Kopie auf diesem Gerät wird neu aufgebaut. ${counted(unsent, 'noch nicht gesendete Änderung bleibt', 'noch nicht gesendete Änderungen bleiben')} erhalten.`,
    rebuildStarted: 'Alles wird neu geladen',
    forget: 'Diese Firma hier entfernen',
    forgetLead: (company) =>
      `Entfernt ${company} von diesem Gerät. Sie bleiben Mitglied, und beim nächsten Wechsel dorthin wird alles neu geladen.`,
    forgetTitle: (company) => `${company} von diesem Gerät entfernen?`,
    forgetUnsent: (count) =>
      `${counted(count, 'Änderung existiert', 'Änderungen existieren')} nur hier und ${isOne(count) ? 'geht' : 'gehen'} verloren. Das lässt sich nicht rückgängig machen.`,
    forgetAnyway: 'Entfernen und verlieren',
    forgotten: (company) => `${company} ist nicht mehr auf diesem Gerät`,
    didNotWork: 'Das hat nicht funktioniert',
  },

  log: {
    lead: 'Wer was mit der Firma als Ganzes getan hat. Was einen einzelnen Kunden betrifft, steht in dessen Aktivität.',
    filter: 'Was',
    all: 'Alles',
    groups: {
      members: 'Mitglieder und Firma',
      customers: 'Löschen und Zusammenführen',
      privacy: 'Exporte und endgültiges Löschen',
      imports: 'Importe',
    },
    none: 'Dergleichen ist noch nicht vorgekommen.',
    older: 'Ältere zeigen',
    someone: 'Jemand, der nicht mehr da ist',
    system: 'Der Server',
    what: {
      member_added: (who, about) => `${who} hat ${about} aufgenommen`,
      member_role_changed: (who, about, from, to) => `${who} hat die Rolle von ${about} geändert: ${from} → ${to}`,
      member_revoked: (who, about) => `${who} hat ${about} entfernt`,
      member_invited: (who, about) => `${who} hat ${about} eingeladen`,
      invitation_revoked: (who, about) => `${who} hat die Einladung von ${about} zurückgenommen`,
      device_forgotten: (who, about, device) =>
        `${who} hat vermerkt, dass das Gerät „${device}“ (${about}) nicht wiederkommt`,
      device_signed_out: (who, about, device) => `${who} hat das Gerät „${device}“ (${about}) abgemeldet`,
      company_changed: (who) => `${who} hat Name oder Land der Firma geändert`,
      deleted: (who, about) => `${who} hat ${about} gelöscht`,
      restored: (who, about) => `${who} hat ${about} wiederhergestellt`,
      merged: (who, about) => `${who} hat ${about} mit einem anderen Kunden zusammengeführt`,
      unmerged: (who, about) => `${who} hat die Zusammenführung von ${about} zurückgenommen`,
      exported: (who, rows, format) => `${who} hat ${ofCustomers(rows)} als ${format.toUpperCase()} exportiert`,
      exportedPerson: (who, about) => `${who} hat alle personenbezogenen Daten von ${about} exportiert`,
      erased: (who) => `${who} hat einen Kunden endgültig gelöscht`,
      flag_dismissed: (who, about) => `${who} hat ${about} geprüft, vielleicht ein zurückgekehrter Kunde`,
      retention_changed: (who, years) =>
        years === null
          ? `${who} lässt Kunden unbegrenzt aufbewahren`
          : `${who} lässt Kunden ${counted(years, 'Jahr', 'Jahre')} aufbewahren`,
      retention_applied: (who, count) => `${who} hat ${ofCustomers(count)} ohne Lebenszeichen endgültig gelöscht`,
      imported: (who, file) => `${who} hat ${file} importiert`,
      import_undone: (who, file) => `${who} hat den Import von ${file} rückgängig gemacht`,
      other: (who, action) => `${who}: ${action}`,
    },
  },
}
