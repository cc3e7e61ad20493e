import { notifications } from '@mantine/notifications'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { routes } from '../../lib/routes.ts'
import { type ImportFile, isUnderWay } from './import-flow.ts'
import { useImporter } from './use-importer.ts'

/**
 * What opens the import with a file, wherever it came from: dropped into the window, or opened with the app.
 * An import that is under way is not lost for it.
 */
export function useOpenImport(): (file: ImportFile) => void {
  const importer = useImporter()
  const [, navigate] = useLocation()
  const permission = customerPermission(useActor(), 'create')
  return (file) => {
    navigate(routes.import)
    if (!permission.allowed) return
    if (isUnderWay(importer.flow.get())) notifications.show({ message: strings.import.busy, autoClose: 8_000 })
    else void importer.read(file)
  }
}
