import { notifications } from '@mantine/notifications'
import { useEffect, useEffectEvent, useState } from 'react'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './drop-anywhere.module.css'
import { useOpenImport } from './use-open-import.ts'

const words = strings.import

/** A file may be dropped anywhere in the window; while one is held over it, that is said. */
export function DropAnywhere() {
  const [isOver, setIsOver] = useState(false)
  const permission = customerPermission(useActor(), 'create')
  const openImport = useOpenImport()
  const take = useEffectEvent((files: FileList) => {
    const [file, ...others] = files
    if (file === undefined) return
    if (others.length > 0) notifications.show({ message: words.oneFile, autoClose: 5_000 })
    else openImport(file)
  })

  useEffect(() => {
    // Without this the browser would leave the app for the file.
    const over = (event: DragEvent): void => {
      event.preventDefault()
      setIsOver(event.dataTransfer?.types.includes('Files') ?? false)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      setIsOver(false)
      if (event.dataTransfer !== null) take(event.dataTransfer.files)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])

  if (!isOver) return null
  return (
    <div className={classes.overlay} role="status">
      <div className={classes.card}>
        {permission.allowed ? (
          <>
            <strong>{words.dropAnywhere}</strong>
            <span>{words.dropAnywhereHint}</span>
          </>
        ) : (
          <strong>{spoken(permission.reason)}</strong>
        )}
      </div>
    </div>
  )
}
