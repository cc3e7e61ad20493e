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
}

const FILES: Readonly<Record<string, string>> = {
  'The file is empty. Choose a CSV file with customers in it.':
    'Die Datei ist leer. Wählen Sie eine CSV-Datei mit Kunden.',
  'The file has no rows. Choose a CSV file with customers in it.':
    'Die Datei hat keine Zeilen. Wählen Sie eine CSV-Datei mit Kunden.',
  'The file has a header but no rows below it. Choose a CSV file with customers in it.':
    'Die Datei hat eine Kopfzeile, aber keine Zeilen darunter. Wählen Sie eine CSV-Datei mit Kunden.',
  'The file is larger than 200 MB. Split it into several files and import them one by one.':
    'Die Datei ist größer als 200 MB. Teilen Sie sie in mehrere Dateien, und importieren Sie diese nacheinander.',
  'The file could not be read. Check that it is still there, and choose it again.':
    'Die Datei konnte nicht gelesen werden. Prüfen Sie, ob sie noch da ist, und wählen Sie sie erneut aus.',
  'The file could not be read, or changed meanwhile. Choose it again.':
    'Die Datei konnte nicht gelesen werden oder hat sich inzwischen geändert. Wählen Sie sie erneut aus.',
  'This Excel file could not be read. Save the list as CSV and import that file.':
    'Diese Excel-Datei konnte nicht gelesen werden. Speichern Sie die Liste als CSV, und importieren Sie jene Datei.',
  'The workbook is empty. Choose one with customers in it.': 'Die Arbeitsmappe ist leer. Wählen Sie eine mit Kunden.',
  'Choose the column that holds the name, the email or the phone.':
    'Wählen Sie die Spalte mit dem Namen, der E-Mail-Adresse oder der Telefonnummer.',
  'There are no customers to export. Choose some, or change the filter.':
    'Es gibt keine Kunden zu exportieren. Wählen Sie welche aus, oder ändern Sie den Filter.',
  'This import was undone already.': 'Dieser Import wurde bereits rückgängig gemacht.',
  'This import is being undone already.': 'Dieser Import wird bereits rückgängig gemacht.',
  'This import was begun on this computer. Let it go on, or cancel it here.':
    'Dieser Import wurde auf diesem Computer begonnen. Lassen Sie ihn weiterlaufen, oder brechen Sie ihn hier ab.',
  'This import has not ended. Let it end, or cancel it where it runs.':
    'Dieser Import läuft noch. Lassen Sie ihn zu Ende laufen, oder brechen Sie ihn dort ab, wo er läuft.',
  'This import was undone on another computer. Cancel it here, then undo what has come in since.':
    'Dieser Import wurde auf einem anderen Computer rückgängig gemacht. Brechen Sie ihn hier ab, und machen Sie dann rückgängig, was seither dazukam.',
  'This customer is no longer as the import left it: somebody has worked with them. Only an owner can delete them.':
    'Dieser Kunde ist nicht mehr so, wie der Import ihn angelegt hat: Jemand hat mit ihm gearbeitet. Nur die Rolle Inhaber kann ihn löschen.',
  'This customer is no longer as the import left it: somebody has worked with them. Delete them by themselves if they are to go.':
    'Dieser Kunde ist nicht mehr so, wie der Import ihn angelegt hat: Jemand hat mit ihm gearbeitet. Löschen Sie ihn einzeln, wenn er weg soll.',
}

/** Was mit einer Zeile oder einer Datei nicht stimmt. */
const ROWS: Readonly<Record<string, string>> = {
  'No name, no email and no phone: add one of them.':
    'Kein Name, keine E-Mail-Adresse und keine Telefonnummer: Ergänzen Sie eines davon.',
  'A value is not valid.': 'Ein Wert ist ungültig.',
  'A quote begins within a cell and ends in another: a separator is missing. Put it in.':
    'Ein Anführungszeichen beginnt in einer Zelle und endet in einer anderen: Ein Trennzeichen fehlt. Fügen Sie es ein.',
  'The row is part of a text in quotes that nothing closes, or that is longer than 100,000 characters. Put the quote in, or shorten the text.':
    'Die Zeile ist Teil eines Textes in Anführungszeichen, den nichts schließt oder der länger als 100.000 Zeichen ist. Setzen Sie das Anführungszeichen, oder kürzen Sie den Text.',
  'The line is longer than 4 million characters, so it is no row of a table. Remove it.':
    'Die Zeile ist länger als 4 Millionen Zeichen, also keine Zeile einer Tabelle. Entfernen Sie sie.',
  'A second table begins here: this is its header. Import it as a file of its own.':
    'Hier beginnt eine zweite Tabelle: Das ist ihre Kopfzeile. Importieren Sie sie als eigene Datei.',
  'This looks like a note or a total below the table, not a customer.':
    'Das sieht nach einer Notiz oder Summe unter der Tabelle aus, nicht nach einem Kunden.',
  'The row that it repeats was left out.': 'Die Zeile, die sie wiederholt, wurde ausgelassen.',
  'The customer was deleted or merged meanwhile. Import the row again.':
    'Der Kunde wurde inzwischen gelöscht oder zusammengeführt. Importieren Sie die Zeile erneut.',
  'The row could not be imported.': 'Die Zeile konnte nicht importiert werden.',
  'You may not change this customer.': 'Diesen Kunden dürfen Sie nicht ändern.',
  'This file is not text, so it cannot be a CSV. Choose a CSV file, or save the list as CSV first.':
    'Diese Datei ist kein Text, also kann sie keine CSV-Datei sein. Wählen Sie eine CSV-Datei, oder speichern Sie die Liste zuerst als CSV.',
  'A line of the file is longer than 4 million characters: this is no list of customers.':
    'Eine Zeile der Datei ist länger als 4 Millionen Zeichen: Das ist keine Liste von Kunden.',
  'This is a spreadsheet (xlsx, ods) or a ZIP file, not a CSV.':
    'Das ist eine Tabelle (xlsx, ods) oder eine ZIP-Datei, keine CSV-Datei.',
  'This is an Excel or Word file (xls, doc), not a CSV.':
    'Das ist eine Excel- oder Word-Datei (xls, doc), keine CSV-Datei.',
  'This is a PDF, not a CSV.': 'Das ist ein PDF, keine CSV-Datei.',
  'This is a picture (PNG), not a CSV.': 'Das ist ein Bild (PNG), keine CSV-Datei.',
  'This is a picture (JPEG), not a CSV.': 'Das ist ein Bild (JPEG), keine CSV-Datei.',
  'This is a picture (GIF), not a CSV.': 'Das ist ein Bild (GIF), keine CSV-Datei.',
  'This is a compressed file (gzip), not a CSV. Unpack it first.':
    'Das ist eine komprimierte Datei (gzip), keine CSV-Datei. Entpacken Sie sie zuerst.',
  'This is a ZIP file or another kind of spreadsheet, not a CSV or xlsx. Save it as CSV or xlsx.':
    'Das ist eine ZIP-Datei oder eine Tabelle anderer Art, weder CSV noch xlsx. Speichern Sie sie als CSV oder xlsx.',
  'This Excel file is damaged. Open it in Excel, save it again or as CSV, and import that file.':
    'Diese Excel-Datei ist beschädigt. Öffnen Sie sie in Excel, speichern Sie sie neu oder als CSV, und importieren Sie jene Datei.',
  'This Excel file holds far more than it seems to. Save the list of customers alone as CSV.':
    'Diese Excel-Datei enthält weit mehr, als es scheint. Speichern Sie nur die Kundenliste als CSV.',
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
  ...[OFFLINE, SIGN_IN, RIGHTS, VALUES, MEANWHILE, FILES, ROWS, THIS_COMPUTER, REASONS].flatMap((group) =>
    Object.entries(group),
  ),
])
