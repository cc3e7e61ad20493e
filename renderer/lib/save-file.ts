import { desktopBridge } from './platform.ts'
import { openSystemSink } from './system-sink.ts'

/**
 * Offers a text as a file to be saved, the way the platform does it. False: it was given up, or could
 * not be written, which the person has been told.
 */
export async function saveTextFile(fileName: string, content: string, type = 'application/json'): Promise<boolean> {
  const bridge = desktopBridge()
  if (bridge === null) {
    downloadFile(fileName, new Blob([content], { type }))
    return true
  }
  const sink = await openSystemSink(bridge, fileName)
  if (sink === null) return false
  try {
    await sink.write(content)
    await sink.close()
    return true
  } catch {
    await sink.abort().catch(() => undefined)
    return false
  }
}

/** Downloads what was made in the page. */
export function downloadFile(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
