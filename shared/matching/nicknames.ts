import { NAME_FAMILIES } from '../search/given-names.ts'

const familiesOf = new Map<string, Set<number>>()
for (const [family, names] of NAME_FAMILIES.entries()) {
  for (const name of names) familiesOf.set(name, (familiesOf.get(name) ?? new Set()).add(family))
}

/** Whether two given names (keys) are forms of one name: Bill and William, Kate and Katharina. */
export function areNicknames(a: string, b: string): boolean {
  const families = familiesOf.get(a)
  const others = families && familiesOf.get(b)
  if (families === undefined || others === undefined) return false
  for (const family of families) if (others.has(family)) return true
  return false
}

/** Whether a given name (key) is one that people have; most are not in the list. */
export function isKnownName(name: string): boolean {
  return familiesOf.has(name)
}
