import { type DragEvent, useState } from 'react'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { cx } from '../../lib/cx.ts'
import { ChooseFileButton } from './choose-file-button.tsx'
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
  const [isOver, setIsOver] = useState(false)
  const [dropProblem, setDropProblem] = useState<string | null>(null)

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
        <ChooseFileButton onFile={onFile}>{words.choose}</ChooseFileButton>
      </div>
      <p className={classes.safe}>{words.safe}</p>
    </div>
  )
}
