import { Select, type SelectProps } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { useSignedIn } from '../../hooks/use-replica.ts'

const words = strings.form

/** Chooses who is in charge of a customer: a colleague, or nobody. */
export function OwnerSelect({
  value,
  onChange,
  ...rest
}: Omit<SelectProps, 'value' | 'onChange' | 'data'> & {
  readonly value: string | null
  readonly onChange: (ownerId: string | null) => void
}) {
  const { workspace, user } = useSignedIn()
  const members = workspace.members.map((member) => ({
    value: member.userId,
    label: member.userId === user.id ? strings.filters.ownerYou(member.name) : member.name,
  }))
  const isKnown = value === null || members.some((member) => member.value === value)
  return (
    <Select
      {...rest}
      data={[
        { value: '', label: words.ownerNobody },
        ...members,
        ...(isKnown ? [] : [{ value, label: words.ownerFormer }]),
      ]}
      value={value ?? ''}
      onChange={(next) => onChange(next === null || next === '' ? null : next)}
      searchable
      allowDeselect={false}
    />
  )
}
