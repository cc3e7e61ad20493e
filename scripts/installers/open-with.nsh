; Offers the app under "Open with" for the files that the import reads. electron-builder's fileAssociations would
; also write the default program of the ending, and so take CSV files from the spreadsheet.
!define TABLE_CLASS "TradeSphereCustomers.Table"

!macro tellShell
  ; SHCNE_ASSOCCHANGED, SHCNF_FLUSH
  System::Call "shell32::SHChangeNotify(i,i,i,i) (0x08000000, 0x1000, 0, 0)"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${TABLE_CLASS}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${TABLE_CLASS}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.csv\OpenWithProgids" "${TABLE_CLASS}"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.xlsx\OpenWithProgids" "${TABLE_CLASS}"
  !insertmacro tellShell
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.csv\OpenWithProgids" "${TABLE_CLASS}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.xlsx\OpenWithProgids" "${TABLE_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${TABLE_CLASS}"
  !insertmacro tellShell
!macroend
