import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { useCustomerAddresses } from './use-customer-addresses.ts'

/** An address, with those of the company's own customers to choose from; nobody else is asked. */
export function AddressInput(props: Omit<AutocompleteProps, 'data'>) {
  const addresses = useCustomerAddresses(props.value ?? '')
  return (
    <Autocomplete
      label={strings.fields.address}
      autoComplete="off"
      size="xs"
      data={[...addresses]}
      // Found and ranked already, typos forgiven.
      filter={({ options }) => options}
      {...props}
    />
  )
}
