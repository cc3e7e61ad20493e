/** An address to link to, completed where somebody typed it in short ("example.com", a mail, a phone); null: none that is safe. */
export function linkTarget(typed: string): string | null {
  const text = typed.trim()
  const completed = /^[^\s@:/]+@[^\s@]+\.[^\s@]+$/.test(text)
    ? `mailto:${text}`
    : /^\+?[\d\s()./-]{6,}$/.test(text)
      ? `tel:${text.replaceAll(/[^\d+]/g, '')}`
      : /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text)
        ? text
        : /^[^\s/]+\.[^\s]+$/.test(text)
          ? `https://${text}`
          : ''
  if (!isSafeHref(completed) || !URL.canParse(completed)) return null
  // What would end the link in its brackets, or be read as something else.
  return completed.replaceAll(/[\s()<>\\[\]]|&(?=#?\w+;)/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
}

/** Whether a link may lead there: the web, a mail program, a phone. */
export function isSafeHref(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|tel:)[^\s]+$/i.test(href)
}

/** Where a website leads, which may be typed without its "https://"; null: nowhere on the web. */
export function webAddress(website: string): string | null {
  const target = linkTarget(website)
  return target !== null && /^https?:/i.test(target) ? target : null
}
