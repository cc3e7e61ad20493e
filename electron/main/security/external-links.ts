const LONGEST = 2_000
/** Letters a dialled number may hold; `;` and `=` would carry parameters. */
const DIALLED = /^[+\d][\d\s().-]{1,30}$/
/** What a mail link may fill in. `attach` and friends make some mail programs add files. */
const MAIL_FIELDS: readonly string[] = ['subject', 'body', 'cc']

/**
 * The URL to hand to the operating system for a link that leaves the app, or null when it must not
 * leave: only `https:` without credentials, `mailto:` and `tel:`. Everything else (`file:`, `smb:`,
 * `ms-msdt:`, …) can start programs.
 */
export function externalLink(text: string): string | null {
  if (text.length > LONGEST || hasControlCharacter(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  switch (url.protocol) {
    case 'https:':
      return url.hostname !== '' && url.username === '' && url.password === '' ? url.href : null
    case 'mailto:':
      return [...url.searchParams.keys()].every((name) => MAIL_FIELDS.includes(name.toLowerCase())) ? url.href : null
    case 'tel:':
      return url.search === '' && url.hash === '' && DIALLED.test(safeDecode(url.pathname)) ? url.href : null
    default:
      return null
  }
}

function hasControlCharacter(text: string): boolean {
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
