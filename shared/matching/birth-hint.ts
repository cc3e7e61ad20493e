/** What a note says about somebody's birth: a date as `yyyymmdd`, else a year, else an empty text. */
export function birthHint(notes: string): string {
  const found = HINT.exec(notes)?.[1]
  if (found === undefined) return ''
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(found)
  if (iso !== null) return date(iso[1], iso[2], iso[3])
  // Day and month are taken in the order of most of the world; a wrong order differs by a swap, which compares as a typing error.
  const spelt = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})/.exec(found)
  if (spelt !== null) return date(spelt[3], spelt[2], spelt[1])
  return /\d{4}/.exec(found)?.[0] ?? ''
}

const HINT =
  /(?:\bborn|\bbirthday|\bbirth(?: ?date| year)?|\bd\.?o\.?b\.?|\bb\.|\bgeb(?:oren|urtsdatum|urtstag)?\.?|\bn[ée]e? le|\bnacid[oa]|\*)[^\d\n]{0,12}(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|(?:18|19|20)\d{2}\b)/i

function date(year = '', month = '', day = ''): string {
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`
}
