import { usePhoneText } from '../hooks/use-phone-text.ts'
import { contactLine } from '../lib/contact-line.ts'

/** How one reaches somebody, in a line. Its numbers keep their order where the writing goes from right to left. */
export function ContactLine({
  email,
  phone,
  address = null,
}: {
  readonly email: string | null
  readonly phone: string | null
  readonly address?: string | null
}) {
  const phoneText = usePhoneText()
  return <bdi>{contactLine({ email, phoneText: phone === null ? null : phoneText(phone), address })}</bdi>
}
