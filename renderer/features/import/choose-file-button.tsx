import { Button } from '@mantine/core'
import { type ReactNode, useId, useRef } from 'react'
import { strings } from '../../app/strings.ts'

/** A button that opens the platform's file dialog. */
export function ChooseFileButton({
  onFile,
  children,
}: {
  readonly onFile: (file: File) => void
  readonly children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const inputId = useId()
  return (
    <>
      <Button onClick={() => input.current?.click()}>{children}</Button>
      <label htmlFor={inputId} className="for-readers">
        {strings.import.choose}
      </label>
      <input
        id={inputId}
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        className="for-readers"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.item(0)
          // The same file may be chosen again, after it was corrected.
          event.currentTarget.value = ''
          if (file != null) onFile(file)
        }}
      />
    </>
  )
}
