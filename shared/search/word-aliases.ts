import { NAME_FAMILIES } from './given-names.ts'
import { searchKey } from './normalise.ts'

/** Why one word stands for another: a name's short form, or an abbreviation. */
export type AliasKind = 'nickname' | 'abbreviation'

/** Street words: Australia Post's and the USPS's (Publication 28) abbreviations, and German ones. */
const ABBREVIATIONS = `
street st str strasse
saint st sankt sainte ste
road rd
avenue ave av
drive dr drv
lane ln
place pl
court ct
highway hwy
square sq
boulevard blvd bvd boul
parade pde
crescent cres cr
terrace tce ter terr
close cl
circuit cct
esplanade esp
grove gr
parkway pkwy pwy
mount mt
fort ft
north nth
south sth
apartment apt
unit u
platz pl
weg wg
doctor dr
brothers bros
company co
limited ltd
corporation corp
gebrüder gebr
`

/** Endings of German street names as one word, long and short: in "Hauptstr. 5" it is no word of its own. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['strasse', 'str'],
  ['platz', 'pl'],
]
/** Fewest letters before such an ending. */
const MIN_STEM = 3

const ALIASES = new Map<string, Map<string, AliasKind>>()
const abbreviations = ABBREVIATIONS.trim()
  .split('\n')
  .map((line) => line.split(' ').map(searchKey))
for (const [kind, table] of [
  ['nickname', NAME_FAMILIES],
  ['abbreviation', abbreviations],
] as const) {
  for (const words of table) {
    for (const word of words) {
      const others = ALIASES.get(word) ?? new Map<string, AliasKind>()
      for (const other of words) if (other !== word && !others.has(other)) others.set(other, kind)
      ALIASES.set(word, others)
    }
  }
}

/** What else the word of a key is called, each with why. */
export function aliasesOf(key: string): ReadonlyMap<string, AliasKind> {
  const known = ALIASES.get(key) ?? NONE
  const swapped = ENDINGS.flatMap(([long, short]): [string, AliasKind][] => {
    if (key.length >= long.length + MIN_STEM && key.endsWith(long))
      return [[key.slice(0, -long.length) + short, 'abbreviation']]
    if (key.length >= short.length + MIN_STEM && key.endsWith(short))
      return [[key.slice(0, -short.length) + long, 'abbreviation']]
    return []
  })
  return swapped.length === 0 ? known : new Map([...known, ...swapped])
}

const NONE: ReadonlyMap<string, AliasKind> = new Map()
