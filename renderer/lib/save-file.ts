/** Offers a text as a file to be saved, the way the platform does it. */
export function saveTextFile(fileName: string, content: BlobPart | BlobPart[], type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob(Array.isArray(content) ? content : [content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
