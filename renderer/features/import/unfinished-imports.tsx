import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { UnfinishedImport } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { ChooseFileButton } from './choose-file-button.tsx'
import classes from './file-drop.module.css'
import type { Importer } from './import-flow.ts'

const words = strings.import

/** Imports that a crash or a full disk broke off: go on, or leave them at that. */
export function UnfinishedImports({ importer }: { readonly importer: Importer }) {
  const { client } = useReplica()
  const [unfinished, setUnfinished] = useState<readonly UnfinishedImport[]>([])
  useEffect(() => {
    let isCurrent = true
    client.request('import.unfinished', null).then(
      (found) => {
        if (isCurrent) setUnfinished(found)
      },
      // Without an answer there is nothing to offer; opening the page again asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client])
  return unfinished.map((one) => (
    <div key={one.importId} className={classes.unfinished}>
      <Notice
        tone="warn"
        action={
          <>
            <Button variant="default" onClick={() => void importer.giveUp(one)}>
              {words.giveUp}
            </Button>
            {one.needsFile ? (
              <ChooseFileButton onFile={(file) => void importer.goOn(one, file)}>{words.goOnWithFile}</ChooseFileButton>
            ) : (
              <Button onClick={() => void importer.goOn(one)}>{words.goOn}</Button>
            )}
          </>
        }
      >
        {words.unfinished(one.fileName, one.done, one.rows)}
      </Notice>
    </div>
  ))
}
