/** How one reaches somebody, in a line: what is there of it. `phoneText`: the phone as it shows, where that is known. */
export function contactLine({
  email,
  phone,
  phoneText = phone,
  address = null,
}: {
  readonly email: string | null
  readonly phone: string | null
  readonly phoneText?: string | null
  readonly address?: string | null
}): string {
  return [email, phoneText, address].filter((text) => text !== null).join(' · ')
}
