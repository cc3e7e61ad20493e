import { desktopBridge } from './platform.ts'
import { downloadFile } from './save-file.ts'
import { openSystemSink } from './system-sink.ts'

/** A file that is written piece by piece. */
export interface FileSink {
  readonly write: (text: string) => Promise<void>
  /** All is there: the file appears whole. */
  readonly close: () => Promise<void>
  /** Nothing of it is left. */
  readonly abort: () => Promise<void>
}

/** The platform's dialog for a place to save at; not in every browser. */
type SavePicker = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>

/**
 * Opens a file to be written: straight to the disk where the platform lets a page do that, else as a
 * download of the whole. Null: the person gave up the dialog. Call it in answer to a click.
 */
export async function openFileSink(fileName: string, type: string): Promise<FileSink | null> {
  const bridge = desktopBridge()
  if (bridge !== null) return openSystemSink(bridge, fileName)
  const pick = (window as { readonly showSaveFilePicker?: SavePicker }).showSaveFilePicker
  if (pick !== undefined) {
    try {
      const handle = await pick({ suggestedName: fileName })
      const stream = await handle.createWritable()
      return { write: (text) => stream.write(text), close: () => stream.close(), abort: () => stream.abort() }
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null
      // Not allowed here, such as by a policy: a download is.
    }
  }
  // The browser keeps the pieces of a blob on the disk when they are many.
  const pieces: Blob[] = []
  return {
    write: async (text) => {
      pieces.push(new Blob([text]))
    },
    close: async () => downloadFile(fileName, new Blob(pieces, { type })),
    abort: async () => {
      pieces.length = 0
    },
  }
}
