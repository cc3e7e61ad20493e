import type { CustomerField } from '#shared/domain/customer.ts'

/** What the fields of a customer are called, wherever they are named. */
export const fieldStrings: Readonly<Record<CustomerField, string>> = {
  name: 'Name',
  email: 'Email',
  phone: 'Phone',
  address: 'Address',
  website: 'Website',
  notes: 'Notes',
  tags: 'Tags',
  ownerId: 'Owner',
}
