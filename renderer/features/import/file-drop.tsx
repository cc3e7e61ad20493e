import { strings } from '../../app/strings.ts'
import { Problem } from '../../components/problem.tsx'
import { ChooseFileButton } from './choose-file-button.tsx'
import classes from './file-drop.module.css'

const words = strings.import

/** Where a file is chosen, and where one sees that it may be dropped (anywhere: `drop-anywhere.tsx`). */
export function FileDrop({
  problem,
  onFile,
}: {
  readonly problem: string | null
  readonly onFile: (file: File) => void
}) {
  return (
    <div className={classes.wrap}>
      <p className={classes.lead}>{words.lead}</p>
      <Problem text={problem} />
      <div className={classes.drop}>
        <strong>{words.dropTitle}</strong>
        <span className={classes.or}>{words.dropOr}</span>
        <ChooseFileButton onFile={onFile}>{words.choose}</ChooseFileButton>
      </div>
      <p className={classes.safe}>{words.safe}</p>
    </div>
  )
}
