import { Button } from '@mantine/core'
import { type DragEvent, useId, useRef, useState } from 'react'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { cx } from '../../lib/cx.ts'
import classes from './file-drop.module.css'

const words = strings.import

/** Where a file is dropped or chosen. */
export function FileDrop({
  problem,
  onFile,
}: {
  readonly problem: string | null
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [dropProblem, setDropProblem] = useState<string | null>(null)
  const inputId = useId()

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    const [file, ...others] = event.dataTransfer.files
    if (file === undefined) return
    if (others.length > 0) setDropProblem(words.oneFile)
    else onFile(file)
  }

  const shown = dropProblem ?? problem
  return (
    <div className={classes.wrap}>
      <p className={classes.lead}>{words.lead}</p>
      {shown === null ? null : (
        <Notice tone="bad" isAlert>
          {shown}
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for keyboards. */}
      <div
        className={cx(classes.drop, isOver && classes.over)}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={(event) => {
          // Moving onto something inside is not leaving.
          const { relatedTarget } = event
          if (!(relatedTarget instanceof Node) || !event.currentTarget.contains(relatedTarget)) setIsOver(false)
        }}
        onDrop={onDrop}
      >
        <strong>{isOver ? words.dropActive : words.dropTitle}</strong>
        <span className={classes.or}>{words.dropOr}</span>
        <Button onClick={() => input.current?.click()}>{words.choose}</Button>
        <label htmlFor={inputId} className={classes.hidden}>
          {words.choose}
        </label>
        <input
          id={inputId}
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          className={classes.hidden}
          tabIndex={-1}
          onChange={(event) => {
            const file = event.currentTarget.files?.item(0)
            if (file != null) onFile(file)
          }}
        />
      </div>
      <p className={classes.safe}>{words.safe}</p>
    </div>
  )
}
