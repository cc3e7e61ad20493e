import { useEffect } from 'react'
import type { formatPhone } from '#shared/domain/format-phone.ts'
import { createStore } from '../lib/store.ts'
import { useSignedIn } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** What knows the numbers of all countries is too large to start with; null: it is not here yet. */
const format = createStore<typeof formatPhone | null>(null)

/** How a phone reads in the company's country, as the list shows it. Until it is known, which is once, as it is written. */
export function usePhoneText(): (phone: string) => string {
  const { country } = useSignedIn().workspace
  const known = useStore(format)
  useEffect(() => {
    if (known !== null) return
    import('#shared/domain/format-phone.ts').then(
      ({ formatPhone }) => format.set(formatPhone),
      () => undefined,
    )
  }, [known])
  return (phone) => known?.(phone, country) ?? phone
}
