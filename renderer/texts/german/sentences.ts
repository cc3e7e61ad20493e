import { FILE_SENTENCES } from './file-sentences.ts'

const OFFLINE: Readonly<Record<string, string>> = {
  'The server does not answer. Check your network, then try again.':
    'Der Server antwortet nicht. Prüfen Sie Ihre Netzverbindung, und versuchen Sie es erneut.',
  'The server does not answer. Changes are kept here and sent when it does.':
    'Der Server antwortet nicht. Änderungen bleiben hier und werden gesendet, sobald er antwortet.',
  'This needs a network, because the server has to do it. Connect, then try again.':
    'Dafür ist eine Netzverbindung nötig, denn der Server muss es tun. Stellen Sie sie her, und versuchen Sie es erneut.',
  'This needs a network: everything comes from the server again. Connect, then try again.':
    'Dafür ist eine Netzverbindung nötig: Alles kommt neu vom Server. Stellen Sie sie her, und versuchen Sie es erneut.',
  'The server has a problem. It is tried again by itself; changes are kept here.':
    'Der Server hat ein Problem. Es wird automatisch erneut versucht; Änderungen bleiben hier.',
  'The server sent something this app does not understand. Update the app.':
    'Der Server hat etwas gesendet, das diese App nicht versteht. Aktualisieren Sie die App.',
  'The server is newer than this app. Update the app to go on syncing; your changes are kept until then.':
    'Der Server ist neuer als diese App. Aktualisieren Sie die App, um weiter zu synchronisieren; Ihre Änderungen bleiben so lange hier.',
  'The server is older than this app. Ask your administrator to update it; your changes are kept until then.':
    'Der Server ist älter als diese App. Bitten Sie Ihre Administration, ihn zu aktualisieren; Ihre Änderungen bleiben so lange hier.',
  'Syncing stopped because of a fault in the app. Restart it; your changes are kept.':
    'Die Synchronisierung hielt wegen eines Fehlers der App an. Starten Sie sie neu; Ihre Änderungen bleiben erhalten.',
  'Your sign-in has ended. Sign in again to go on syncing; your changes are kept.':
    'Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, um weiter zu synchronisieren; Ihre Änderungen bleiben erhalten.',
  'You no longer have access to this company. Ask an owner of the company.':
    'Sie haben keinen Zugang mehr zu dieser Firma. Fragen Sie einen Inhaber der Firma.',
  'This app is too old for the server. Update the app to go on syncing.':
    'Diese App ist zu alt für den Server. Aktualisieren Sie die App, um weiter zu synchronisieren.',
  'The address of the server is not known yet. Open the app once with a network.':
    'Die Adresse des Servers ist noch nicht bekannt. Öffnen Sie die App einmal mit Netzverbindung.',
  'This took the server too long, and nothing was changed. Ask your administrator to do it.':
    'Das hat dem Server zu lange gedauert, und nichts wurde geändert. Bitten Sie Ihre Administration, es zu tun.',
}

const SIGN_IN: Readonly<Record<string, string>> = {
  'Sign in first.': 'Melden Sie sich zuerst an.',
  'The app is still starting. Try again.': 'Die App startet noch. Versuchen Sie es erneut.',
  'The app is open in another window. Use that one, or close it and try again.':
    'Die App ist in einem anderen Fenster geöffnet. Verwenden Sie jenes, oder schließen Sie es, und versuchen Sie es erneut.',
  'The email address or the password is not right.': 'Die E-Mail-Adresse oder das Passwort stimmt nicht.',
  'Too many attempts. Wait a minute, then try again.':
    'Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es erneut.',
  'Confirm your email address first: look for our message in your inbox.':
    'Bestätigen Sie zuerst Ihre E-Mail-Adresse: Sehen Sie in Ihrem Posteingang nach unserer Nachricht.',
  'This account cannot sign in. Ask your administrator.':
    'Dieses Konto kann sich nicht anmelden. Fragen Sie Ihre Administration.',
  'Your account belongs to no company yet. Enter the code of your invitation, or ask an owner of your company for one.':
    'Ihr Konto gehört noch zu keiner Firma. Geben Sie den Code Ihrer Einladung ein, oder bitten Sie einen Inhaber Ihrer Firma darum.',
  'This invitation is not valid any more. Ask for a new one.':
    'Diese Einladung gilt nicht mehr. Bitten Sie um eine neue.',
  'This invitation is for another email address. Sign in with that one.':
    'Diese Einladung gilt für eine andere E-Mail-Adresse. Melden Sie sich mit jener an.',
  'You are a member of this company already.': 'Sie sind bereits Mitglied dieser Firma.',
  'This is not your password now.': 'Das ist nicht Ihr jetziges Passwort.',
  'This is the password you have. Choose another one.': 'Das ist Ihr jetziges Passwort. Wählen Sie ein anderes.',
  'The server takes no password that is this easy to guess. Make it longer.':
    'Der Server nimmt kein so leicht zu erratendes Passwort an. Machen Sie es länger.',
}

const RIGHTS: Readonly<Record<string, string>> = {
  'Only owners can change the company. Ask one of them.':
    'Nur Inhaber können die Firma ändern. Bitten Sie einen von ihnen.',
  'Only owners can manage members. Ask one of them.':
    'Nur Inhaber können Mitglieder verwalten. Bitten Sie einen von ihnen.',
  'Only owners can set how long customers are kept, and erase them.':
    'Nur Inhaber können festlegen, wie lange Kunden aufbewahrt werden, und sie endgültig löschen.',
  'Only owners and managers can see the log.': 'Nur Inhaber und Leitung können das Protokoll sehen.',
  'Sales can only undo their own imports.': 'Die Rolle Vertrieb kann nur eigene Importe rückgängig machen.',
  "Analyst can't ask for quotes in this company.": 'Die Rolle Analyse darf in dieser Firma keine Angebote anfordern.',
  'Only an owner can settle who was erased.': 'Nur ein Inhaber kann klären, wer gelöscht wurde.',
  'You are not a member of this company.': 'Sie sind kein Mitglied dieser Firma.',
  'A company keeps at least one owner. Make somebody else an owner first.':
    'Eine Firma behält mindestens einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
  'This person is a member already. Change the role instead.':
    'Diese Person ist bereits Mitglied. Ändern Sie stattdessen die Rolle.',
  'This person is not a member of this company.': 'Diese Person ist kein Mitglied dieser Firma.',
  'There is no such open invitation.': 'Diese offene Einladung gibt es nicht mehr.',
  'Only owners can remove the devices of others.': 'Nur Inhaber können die Geräte anderer entfernen.',
  'Phone numbers are still being read for the new country of the company. Try again when that is done.':
    'Die Telefonnummern werden noch für das neue Land der Firma gelesen. Versuchen Sie es erneut, wenn das fertig ist.',
  'Only owners can sign out the devices of others.': 'Nur Inhaber können die Geräte anderer abmelden.',
  'There is no such device any more.': 'Dieses Gerät gibt es nicht mehr.',
  'You have no access to this company. Ask one of its owners.':
    'Sie haben keinen Zugang zu dieser Firma. Fragen Sie einen ihrer Inhaber.',
  'This is your only company. Sign out instead: that removes it from this device, too.':
    'Das ist Ihre einzige Firma. Melden Sie sich stattdessen ab: Auch das entfernt sie von diesem Gerät.',
}

const VALUES: Readonly<Record<string, string>> = {
  'Give an address that begins with https:// and has {session} where the id of the chat belongs.':
    'Geben Sie eine Adresse an, die mit https:// beginnt und {session} dort hat, wo die Kennung des Chats hingehört.',
  'Give the customer a name.': 'Geben Sie dem Kunden einen Namen.',
  'This is not an email address: it needs one @ and a domain such as example.com.':
    'Das ist keine E-Mail-Adresse: Sie braucht ein @ und eine Domain wie example.com.',
  'A value is not allowed here. Correct it.': 'Ein Wert ist hier nicht erlaubt. Berichtigen Sie ihn.',
  'Give the filter a name.': 'Geben Sie dem Filter einen Namen.',
  'At most 100 characters.': 'Höchstens 100 Zeichen.',
  'The owner is not a member of this company. Choose somebody else.':
    'Die zuständige Person ist kein Mitglied dieser Firma. Wählen Sie jemand anderen.',
  'The note is longer than 2,000 characters.': 'Die Notiz ist länger als 2.000 Zeichen.',
  'The conversation names nobody. Write the customer down, then link it.':
    'Das Gespräch nennt niemanden. Legen Sie den Kunden an, und verknüpfen Sie es dann.',
  'Give the company a name of at most 200 characters.': 'Geben Sie der Firma einen Namen von höchstens 200 Zeichen.',
  'Give the country as two capital letters, such as AU or DE.':
    'Geben Sie das Land mit zwei Großbuchstaben an, zum Beispiel AU oder DE.',
  'This is not an email address.': 'Das ist keine E-Mail-Adresse.',
}

const MEANWHILE: Readonly<Record<string, string>> = {
  'This customer was deleted or is not on this computer any more.':
    'Dieser Kunde wurde gelöscht oder ist nicht mehr auf diesem Computer.',
  'The customer was merged into another one. Undo the merge instead.':
    'Der Kunde wurde mit einem anderen zusammengeführt. Machen Sie stattdessen die Zusammenführung rückgängig.',
  'The customer was merged into another one. Undo the merge instead, or discard this change.':
    'Der Kunde wurde mit einem anderen zusammengeführt. Machen Sie die Zusammenführung rückgängig, oder verwerfen Sie diese Änderung.',
  'The customer is deleted. Restore it first, or discard this change.':
    'Der Kunde ist gelöscht. Stellen Sie ihn zuerst wieder her, oder verwerfen Sie diese Änderung.',
  'This customer was deleted. Restore it before editing it.':
    'Dieser Kunde wurde gelöscht. Stellen Sie ihn wieder her, bevor Sie ihn bearbeiten.',
  'This change was settled in the meantime.': 'Diese Änderung hat sich inzwischen erledigt.',
  'This conflict was settled in the meantime.': 'Dieser Konflikt hat sich inzwischen erledigt.',
  'These changes were settled in the meantime.': 'Diese Änderungen haben sich inzwischen erledigt.',
  'Somebody has changed how long customers are kept. Look again at who would be erased.':
    'Jemand hat geändert, wie lange Kunden aufbewahrt werden. Sehen Sie noch einmal nach, wer gelöscht würde.',
  'These customers were changed meanwhile. Look again.':
    'Diese Kunden wurden inzwischen geändert. Sehen Sie noch einmal nach.',
  'Your customers are still on their way to this computer. Try again in a moment.':
    'Ihre Kunden sind noch auf dem Weg zu diesem Computer. Versuchen Sie es gleich noch einmal.',
  'The customers are still being made searchable. Try again in a minute.':
    'Die Kunden werden noch durchsuchbar gemacht. Versuchen Sie es in einer Minute erneut.',
  'The app had a problem of its own. Look whether the change is there, and try again if not.':
    'In der App ist ein Fehler aufgetreten. Sehen Sie nach, ob die Änderung da ist, und versuchen Sie es sonst erneut.',
  'Somebody changed this before your change arrived. Send yours again to put it on top, or discard it.':
    'Jemand hat das geändert, bevor Ihre Änderung ankam. Senden Sie Ihre erneut, damit sie gilt, oder verwerfen Sie sie.',
  'Somebody deleted this customer before your change arrived. Copy what you need, or discard the change.':
    'Jemand hat diesen Kunden gelöscht, bevor Ihre Änderung ankam. Kopieren Sie, was Sie brauchen, oder verwerfen Sie die Änderung.',
  'Somebody merged this customer into another one before your change arrived. Send it to that one, or discard it.':
    'Jemand hat diesen Kunden mit einem anderen zusammengeführt, bevor Ihre Änderung ankam. Senden Sie sie an jenen, oder verwerfen Sie sie.',
  'A customer of this merge was deleted or merged meanwhile, or is not on this computer. Look again.':
    'Ein Kunde dieser Zusammenführung wurde inzwischen gelöscht oder zusammengeführt, oder er ist nicht auf diesem Computer. Sehen Sie noch einmal nach.',
  'This can’t be undone any more. Change it back by hand.':
    'Das lässt sich nicht mehr rückgängig machen. Ändern Sie es von Hand zurück.',
  'The server was restored from a backup that does not know this customer. Create it again with these values, or discard them.':
    'Der Server wurde aus einer Sicherung wiederhergestellt, die diesen Kunden nicht kennt. Legen Sie ihn mit diesen Werten neu an, oder verwerfen Sie sie.',
  'This customer is not in this company any more.': 'Dieser Kunde ist nicht mehr in dieser Firma.',
  'This is not in this company any more.': 'Das gibt es in dieser Firma nicht mehr.',
  'What this belongs to is not in this company any more.': 'Wozu das gehört, gibt es in dieser Firma nicht mehr.',
  'This customer was deleted. Restore it first.': 'Dieser Kunde wurde gelöscht. Stellen Sie ihn zuerst wieder her.',
  'This customer was erased for good.': 'Dieser Kunde wurde endgültig gelöscht.',
  "This customer was erased for good: it can't be edited or restored.":
    'Dieser Kunde wurde endgültig gelöscht: Er lässt sich weder bearbeiten noch wiederherstellen.',
  'This conversation is not in this company any more.': 'Dieses Gespräch gibt es in dieser Firma nicht mehr.',
  'Somebody linked this conversation to another customer meanwhile. Look at it again.':
    'Jemand hat dieses Gespräch inzwischen mit einem anderen Kunden verknüpft. Sehen Sie es sich noch einmal an.',
  'This suggestion is not in this company any more.': 'Diesen Vorschlag gibt es in dieser Firma nicht mehr.',
  'The customer to keep is not in this company any more.':
    'Der Kunde, der bleiben soll, ist nicht mehr in dieser Firma.',
  'The customer to keep was erased for good.': 'Der Kunde, der bleiben soll, wurde endgültig gelöscht.',
  'The customer to keep was deleted. Restore it, then merge again.':
    'Der Kunde, der bleiben soll, wurde gelöscht. Stellen Sie ihn wieder her, und führen Sie dann erneut zusammen.',
  'A customer to merge is not in this company any more.':
    'Ein Kunde, der zusammengeführt werden soll, ist nicht mehr in dieser Firma.',
  'A customer to merge was erased for good.': 'Ein Kunde, der zusammengeführt werden soll, wurde endgültig gelöscht.',
  'A customer to merge was merged into another one meanwhile. Look at it again.':
    'Ein Kunde, der zusammengeführt werden soll, wurde inzwischen mit einem anderen zusammengeführt. Sehen Sie noch einmal nach.',
  'A customer to merge was deleted. Restore it, then merge again.':
    'Ein Kunde, der zusammengeführt werden soll, wurde gelöscht. Stellen Sie ihn wieder her, und führen Sie dann erneut zusammen.',
  "A customer of this merge was erased for good, so that it can't be undone.":
    'Ein Kunde dieser Zusammenführung wurde endgültig gelöscht, daher lässt sie sich nicht rückgängig machen.',
  'This customer was merged into another one. Erase that one, or undo the merge first.':
    'Dieser Kunde wurde mit einem anderen zusammengeführt. Löschen Sie jenen endgültig, oder machen Sie zuerst die Zusammenführung rückgängig.',
  'This was made by somebody else: only they can change it.':
    'Das hat jemand anderes angelegt: Nur diese Person kann es ändern.',
}

/** Dieser Computer: sein Server, seine Sperre, seine Schlüssel, seine Platte. */
const THIS_COMPUTER: Readonly<Record<string, string>> = {
  'Use an address that starts with https://. Passwords would travel openly otherwise.':
    'Verwenden Sie eine Adresse, die mit https:// beginnt. Sonst würden Passwörter offen übertragen.',
  'The server answers, but does not know this key. Copy the publishable key once more.':
    'Der Server antwortet, kennt diesen Schlüssel aber nicht. Kopieren Sie den öffentlichen Schlüssel noch einmal.',
  'Something answers at this address, but it is no Supabase project. Check the address.':
    'Unter dieser Adresse antwortet etwas, aber kein Supabase-Projekt. Prüfen Sie die Adresse.',
  'The server does not answer. Check the address and your network, then try again.':
    'Der Server antwortet nicht. Prüfen Sie die Adresse und Ihre Netzverbindung, und versuchen Sie es erneut.',
  'The server has no customer tables yet. Ask your administrator to run `npm run db:migrate` on it.':
    'Der Server hat noch keine Kundentabellen. Bitten Sie Ihre Administration, dort `npm run db:migrate` auszuführen.',
  'This server would show customers to strangers. Nothing was connected. Ask your administrator to run `npm run db:check` on it.':
    'Dieser Server würde Fremden Kunden zeigen. Es wurde nichts verbunden. Bitten Sie Ihre Administration, dort `npm run db:check` auszuführen.',
  'The database of this server is older than this app. Ask your administrator to run `npm run db:migrate` on it.':
    'Die Datenbank dieses Servers ist älter als diese App. Bitten Sie Ihre Administration, dort `npm run db:migrate` auszuführen.',
  'This app belongs to a server already. Sign out to choose another one.':
    'Diese App gehört bereits zu einem Server. Melden Sie sich ab, um einen anderen zu wählen.',
  'The server could not be remembered on this computer. Check that its disk has space.':
    'Der Server konnte auf diesem Computer nicht gespeichert werden. Prüfen Sie, ob noch Speicherplatz frei ist.',
  'Your administrator has chosen the server of this computer.':
    'Den Server dieses Computers hat Ihre Administration gewählt.',
  'Sign out first.': 'Melden Sie sich zuerst ab.',
  'The file could not be written. Make room on the disk, or choose another folder.':
    'Die Datei konnte nicht geschrieben werden. Schaffen Sie Speicherplatz, oder wählen Sie einen anderen Ordner.',
  'Too many wrong PINs. Wait half a minute, then try again.':
    'Zu viele falsche PINs. Warten Sie eine halbe Minute, und versuchen Sie es erneut.',
  'This is not your PIN.': 'Das ist nicht Ihre PIN.',
  'Take the lock off with your PIN first.': 'Heben Sie die Sperre zuerst mit Ihrer PIN auf.',
  'Your choice could not be saved on this computer. Check that its disk has space.':
    'Ihre Auswahl konnte auf diesem Computer nicht gespeichert werden. Prüfen Sie, ob noch Speicherplatz frei ist.',
  'This computer has no place to keep passwords safely, so you will be asked to sign in at every start. Turn on the system keyring (GNOME Keyring or KWallet) to stay signed in.':
    'Dieser Computer hat keinen sicheren Ort für Passwörter, daher müssen Sie sich bei jedem Start anmelden. Schalten Sie den Schlüsselbund des Systems ein (GNOME Keyring oder KWallet), um angemeldet zu bleiben.',
  'Your sign-in could not be saved on this computer. Check that its disk has space.':
    'Ihre Anmeldung konnte auf diesem Computer nicht gespeichert werden. Prüfen Sie, ob noch Speicherplatz frei ist.',
  'There is no update to install.': 'Es gibt keine Aktualisierung zu installieren.',
  'Changes wait to be sent. Go online, then install the update.':
    'Änderungen warten auf das Senden. Gehen Sie online, und installieren Sie dann die Aktualisierung.',
  'The disk is full, so changes cannot be saved. Free some space, then restart the app.':
    'Der Datenträger ist voll, Änderungen können nicht gespeichert werden. Schaffen Sie Platz, und starten Sie die App neu.',
  'Saving on this computer failed. Restart the app; nothing that was saved before is lost.':
    'Das Speichern auf diesem Computer ist fehlgeschlagen. Starten Sie die App neu; was vorher gespeichert wurde, ist nicht verloren.',
  'This computer refuses local storage. Leave private browsing or allow site data, then open the app again.':
    'Dieser Computer verweigert lokalen Speicher. Verlassen Sie den privaten Modus, oder erlauben Sie Websitedaten, und öffnen Sie die App erneut.',
  'A newer version of the app was used on this computer. Update the app to open your customers; nothing of them was touched.':
    'Auf diesem Computer wurde eine neuere Version der App verwendet. Aktualisieren Sie die App, um Ihre Kunden zu öffnen; an ihnen wurde nichts verändert.',
  'The key to the customers stored on this computer is missing. Unlock the key store of your computer, then restart the app, or start afresh from the server.':
    'Der Schlüssel zu den Kunden auf diesem Computer fehlt. Entsperren Sie den Schlüsselspeicher Ihres Computers, und starten Sie die App neu, oder beginnen Sie neu vom Server.',
  'Part of what is stored on this computer can not be read now, and changes that were not sent may be in it. Restart the app. Starting afresh from the server gives up what only that part holds.':
    'Ein Teil dessen, was auf diesem Computer gespeichert ist, lässt sich jetzt nicht lesen; er kann ungesendete Änderungen enthalten. Starten Sie die App neu. Wer vom Server neu beginnt, gibt auf, was nur dieser Teil enthält.',
}

/** Warum die Suche einen Kunden fand. */
const HITS: Readonly<Record<string, string>> = {
  '1 letter': '1 Buchstabe',
  nickname: 'Rufname',
  'sounds alike': 'klingt ähnlich',
  email: 'E-Mail',
  phone: 'Telefon',
  address: 'Adresse',
  notes: 'Notizen',
  tag: 'Tag',
  website: 'Website',
}

/** Was dafür und dagegen spricht, dass zwei Kunden einer sind. */
const REASONS: Readonly<Record<string, string>> = {
  'different given name': 'anderer Vorname',
  'given name alike': 'ähnlicher Vorname',
  'same initial': 'gleicher Anfangsbuchstabe',
  'given name misspelt': 'Vorname verschrieben',
  'given name in another form': 'andere Form des Vornamens',
  'same given name': 'gleicher Vorname',
  'different family name': 'anderer Nachname',
  'family name sounds alike': 'Nachname klingt ähnlich',
  'part of the family name the same': 'Nachname teilweise gleich',
  'family name misspelt': 'Nachname verschrieben',
  'same family name': 'gleicher Nachname',
  'given and family name swapped': 'Vor- und Nachname vertauscht',
  'different email': 'andere E-Mail',
  'email the same before the @': 'E-Mail vor dem @ gleich',
  'email misspelt': 'E-Mail verschrieben',
  'same email': 'gleiche E-Mail',
  'different phone': 'andere Telefonnummer',
  'phone one digit apart': 'Telefonnummer in einer Ziffer anders',
  'same phone': 'gleiche Telefonnummer',
  'different street': 'andere Straße',
  'street spelt otherwise': 'Straße anders geschrieben',
  'same street': 'gleiche Straße',
  'different house number': 'andere Hausnummer',
  'house number one digit apart': 'Hausnummer in einer Ziffer anders',
  'same house number': 'gleiche Hausnummer',
  'different town': 'anderer Ort',
  'town or postcode misspelt': 'Ort oder Postleitzahl verschrieben',
  'same town': 'gleicher Ort',
  'same postcode': 'gleiche Postleitzahl',
  'same town and postcode': 'gleicher Ort und gleiche Postleitzahl',
  'different date of birth': 'anderes Geburtsdatum',
  'date of birth misspelt': 'Geburtsdatum verschrieben',
  'same date of birth': 'gleiches Geburtsdatum',
  'one is senior, the other junior': 'der eine senior, der andere junior',
  'one is called junior or senior': 'einer heißt junior oder senior',
  'different name': 'anderer Name',
  'names alike': 'ähnliche Namen',
  'one name is part of the other': 'ein Name ist Teil des anderen',
  'name spelt otherwise': 'Name anders geschrieben',
  'same name': 'gleicher Name',
}

/** Sätze, die der Worker, die Regeln, der Server und der Hauptprozess auf Englisch sagen; welche fehlen, bleiben englisch. */
export const germanSentences: ReadonlyMap<string, string> = new Map([
  ...[OFFLINE, SIGN_IN, RIGHTS, VALUES, MEANWHILE, FILE_SENTENCES, THIS_COMPUTER, HITS, REASONS].flatMap((group) =>
    Object.entries(group),
  ),
])
