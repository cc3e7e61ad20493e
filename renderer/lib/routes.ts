/** The app's addresses, behind the `#`: they work from any host, a file or a desktop protocol. */
export const routes = {
  customers: '/customers',
  newCustomer: '/customers/new',
  customer: (id: string): string => `/customers/${id}`,
  editCustomer: (id: string): string => `/customers/${id}/edit`,
  import: '/import',
  attention: '/attention',
  sync: '/sync',
  settings: '/settings',
} as const
