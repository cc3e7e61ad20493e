import { expect, test } from 'vitest'
import { type Contact, contactKeys } from './contact-keys.ts'
import { matchChat } from './match-chat.ts'
import { namesAgree } from './names-agree.ts'

const ANN = { name: 'Ann Lee', email: 'ann@lee.example', phone: '030 5550101' }
const BEN = { name: 'Ben Lee', email: 'ben@lee.example', phone: '030 5550102' }
const known = (id: string, contact: Contact) => ({ ...contact, id, keys: contactKeys(contact, 'DE') })

/** Whose a chat is, among these customers. */
function match(said: Partial<Contact>, customers: readonly Contact[]): string {
  const chat = { name: null, email: null, phone: null, ...said }
  const keys = contactKeys(chat, 'DE')
  const all = customers.map((contact, index) => known(String(index), contact))
  const having = (field: keyof Contact) => all.filter((one) => keys[field] !== null && one.keys[field] === keys[field])
  const found = matchChat({ ...chat, keys }, { email: having('email'), phone: having('phone'), name: having('name') })
  if (found.kind === 'undecided') return `${found.reason} ${found.candidates.map(({ id }) => id).join()}`.trim()
  return found.kind === 'found' ? found.customer.id : 'new'
}

test.each<[string, Partial<Contact>, readonly Contact[], string]>([
  ['an e-mail decides alone, however it is written', { name: 'X Y', email: ' ANN@Lee.example; ' }, [ANN, BEN], '0'],
  ['before the phone', { email: ANN.email, phone: BEN.phone }, [ANN, BEN], '0'],
  ['a phone in any format', { name: 'A. Lee', phone: '0049 30/555 01 01' }, [ANN, BEN], '0'],
  ['an exact name but for case and spaces', { name: ' ann  LEE' }, [ANN, BEN], '0'],
  ['a shared e-mail with a phone', { email: ANN.email, phone: BEN.phone }, [ANN, { ...BEN, email: ANN.email }], '1'],
  ['a shared e-mail with a name', { name: 'Bem Lee', email: ANN.email }, [ANN, { ...BEN, email: ANN.email }], '1'],
  ['a shared e-mail alone', { email: ANN.email }, [ANN, { ...BEN, email: ANN.email }], 'shared_email 0,1'],
  ['a shared phone', { phone: ANN.phone, name: 'Zoe' }, [ANN, { ...BEN, phone: ANN.phone }], 'shared_phone 0,1'],
  [
    'another name and e-mail at a phone',
    { ...ANN, email: 'zoe@z.example', name: 'Zoe Zed' },
    [ANN],
    'phone_of_another 0',
  ],
  ['a widget’s word is no name', { phone: ANN.phone, email: 'new@lee.example', name: 'Guest' }, [ANN], '0'],
  ['two of one name', { name: ANN.name }, [{ ...ANN, email: null }, ANN], 'shared_name 0,1'],
  ['a name with another e-mail is somebody new', { name: ANN.name, email: 'other@lee.example' }, [ANN], 'new'],
  ['nobody', { name: 'Zoe Zed' }, [ANN], 'new'],
  ['nothing to go by', { name: 'Visitor', phone: '12' }, [ANN], 'no_contact'],
])('DB-12 DB-4: whose chat it is: %s', (_, said, customers, verdict) => {
  expect(match(said, customers)).toBe(verdict)
})

test.each([
  ['Ann Lee', 'Lee, Ann', true],
  ['A. Lee', 'Ann Lee', true],
  ['Änne Müller', 'Anne Mueller', true],
  ['Martin Vogel', 'Maritn Vogel', true],
  ['Ann', 'Ann Maria Lee', true],
  ['Ann Lee', 'Ben Lee', false],
  ['Ann Lee', 'A. Zed', false],
])('DB-12 DB-4: %s and %s can be one person: %s', (a, b, can) => {
  expect([namesAgree(a, b), namesAgree(b, a)]).toEqual([can, can])
})
