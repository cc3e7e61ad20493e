/** What JSON says; undefined: the text is none. A schema says next whether it is what was expected. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
