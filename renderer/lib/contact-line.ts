/** How one reaches somebody, in a line: what is there of it. `phoneText`: the phone as it shows. */
export function contactLine({
  email,
  phoneText,
  address,
}: {
  readonly email: string | null
  readonly phoneText: string | null
  readonly address: string | null
}): string {
  return [email, phoneText, address].filter((text) => text !== null).join(' · ')
}
