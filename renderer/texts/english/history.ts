import { formatCount } from '../../lib/format.ts'

/** Quotes and activity of a customer. */
export const historyStrings = {
  ask: 'Ask for a new quote',
  askLike: 'Ask for a new one like this',
  note: 'What it should say',
  noteHint: 'Not needed. For whoever makes the quote.',
  send: 'Ask',
  asked: 'Asked for. Whoever makes quotes sees it as soon as it has been sent.',
  askFailed: 'Not asked for',
  like: (number: string): string => `like ${number}`,
  requestStates: { open: 'open', done: 'done', declined: 'declined' },
  item: 'Item',
  quantity: 'Qty',
  price: 'Price',
  amount: 'Amount',
  total: 'Total',
  quantityText: (quantity: number): string => formatCount(quantity),
  show: { all: 'Everything', changes: 'Changes', contacts: 'Views and contacts' },
  showLabel: 'What to show',
  nothingSuch: 'Nothing of this kind lately',
  interactions: {
    view: 'looked at this customer',
    call: 'called',
    email: 'wrote an email',
    meeting: 'met them',
    chat: 'had a chat',
    quote: 'had a quote',
  } as Readonly<Record<string, string>>,
  created: { chat: 'came in by a chat', import: 'imported this customer', manual: 'created this customer' },
} as const
