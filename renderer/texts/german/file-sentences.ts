/** Was zu Dateien, ihren Zeilen, Importen und Exporten auf Englisch gesagt wird, auf Deutsch. */
export const FILE_SENTENCES: Readonly<Record<string, string>> = {
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
  'This can’t be done with these rows. Correct them first, or choose something else.':
    'Das geht mit diesen Zeilen nicht. Berichtigen Sie sie zuerst, oder wählen Sie etwas anderes.',
  'The app had a problem of its own. What was written stays. Try to go on, or cancel the import.':
    'In der App ist ein Fehler aufgetreten. Was geschrieben wurde, bleibt. Versuchen Sie fortzufahren, oder brechen Sie den Import ab.',
  'This import is not known on this computer. Choose the file again.':
    'Dieser Import ist auf diesem Computer nicht bekannt. Wählen Sie die Datei erneut aus.',
  'The columns of the file have changed meanwhile. Choose the file again.':
    'Die Spalten der Datei haben sich inzwischen geändert. Wählen Sie die Datei erneut aus.',
  'The rehearsal was stopped. Nothing has been written.':
    'Der Probelauf wurde angehalten. Es wurde nichts geschrieben.',
  'This export has ended. Start it again.': 'Dieser Export ist beendet. Starten Sie ihn erneut.',
  'Part of what this computer had noted about this import can’t be read any more. It can still be undone, but for values that it replaced.':
    'Ein Teil dessen, was dieser Computer zu diesem Import vermerkt hat, ist nicht mehr lesbar. Er lässt sich noch rückgängig machen, bis auf Werte, die er ersetzt hat.',
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
