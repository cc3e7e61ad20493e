/** Joins the class names that are there into one `className`. */
export function cx(...names: ReadonlyArray<string | false | null | undefined>): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ')
}
