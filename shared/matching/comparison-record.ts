import { emailKey } from '../search/email-key.ts'
import { barePhone } from '../search/phone-key.ts'
import { birthHint } from './birth-hint.ts'
import { type NameParts, parseName } from './person-name.ts'
import { type AddressParts, parseAddress } from './postal-address.ts'

/** What duplicates are looked for by: the fields of a customer, as they are written. */
export interface MatchableCustomer {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly notes: string | null
}

/** A customer reduced to comparable keys; an empty text: not known. */
export interface ComparisonRecord {
  readonly id: string
  readonly name: NameParts
  /** The e-mail address without dots, dashes and `+tags`, and its two parts. */
  readonly mail: string
  readonly mailUser: string
  readonly mailDomain: string
  /** Digits without leading zeros; at least 6 of them. */
  readonly phone: string
  readonly address: AddressParts
  /** Date (`yyyymmdd`) or year of birth, where the notes tell. */
  readonly birth: string
}

const NO_ADDRESS: AddressParts = { number: '', street: '', postcode: '', places: [] }
const MIN_PHONE_DIGITS = 6

/** Reduces a customer to what is compared. Pure; a few microseconds. */
export function toComparisonRecord(customer: MatchableCustomer): ComparisonRecord {
  const { user, domain } = mailParts(customer.email ?? '')
  const phone = barePhone((customer.phone ?? '').replace(/(ext|x|#|app)\.? ?\d{1,5}$/i, ''))
  return {
    id: customer.id,
    name: parseName(customer.name),
    mail: user === '' ? '' : `${user}@${domain}`,
    mailUser: user,
    mailDomain: domain,
    phone: phone.length < MIN_PHONE_DIGITS ? '' : phone,
    address: customer.address === null ? NO_ADDRESS : parseAddress(customer.address),
    birth: customer.notes === null ? '' : birthHint(customer.notes),
  }
}

function mailParts(email: string): { readonly user: string; readonly domain: string } {
  const [user = '', domain = ''] = emailKey(email.trim().replace(/\+[^@]*@/, '@')).split('@')
  return domain === '' ? { user: '', domain: '' } : { user, domain: domain === 'googlemailcom' ? 'gmailcom' : domain }
}
