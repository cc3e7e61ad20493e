import { formatCount } from '../../lib/format.ts'

/** Making a customer: the steps on a phone, and what comes after. */
export const createStrings = {
  steps: { basics: 'Basics', address: 'Address', notes: 'Notes and tags' },
  step: (at: number, all: number, name: string): string => `Step ${formatCount(at)} of ${formatCount(all)} · ${name}`,
  next: 'Next',
  created: 'is a customer now. It is saved on this device and sent by itself.',
  view: 'View profile',
  another: 'Create another',
} as const
