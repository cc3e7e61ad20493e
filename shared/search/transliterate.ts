/**
 * Cyrillic and Greek names in the Latin spellings that people use for them: passports and English
 * (BGN/PCGN, ELOT 743), German (Duden) and scholarly (ISO 9 without accents). A name is indexed in
 * all of them, and what is typed in these scripts is looked for in all of them.
 */
const ENGLISH = table(
  'а a б b в v г g ґ g д d ђ dj е e ё e є ie ж zh з z и i і i ї i й y ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ c у u ф f х kh ц ts ч ch џ dz ш sh щ shch ъ - ы y ь - э e ю yu я ya ў u ѥ ye',
)
const GERMAN = { ...ENGLISH, ...table('в w ё jo ж sch з s й i х ch ц z ч tsch ш sch щ schtsch ю ju я ja ѥ je') }
const SCHOLARLY = { ...ENGLISH, ...table('ж z й j х h ц c ч c ш s щ sc ю ju я ja ѥ e') }
/** Ukrainian names differ: Yevhen, Bohdan. Told by letters that Russian does not have. */
const UKRAINIAN = { ...ENGLISH, ...table('г h є ye и y й i ї yi') }
const UKRAINIAN_LETTER = /[ґєії]/

const GREEK = table(
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o',
)
const GREEK_OLD = { ...GREEK, ...table('β b υ i φ ph χ h η e') }
/** Pairs of letters that are one sound. */
const GREEK_PAIRS = table('ου ou ευ ev αυ av μπ b ντ nt γκ g γγ ng ει ei αι ai οι oi')

/** An е that is spoken with a y before it: Yeltsin, Dostoyevsky. The letter ѥ stands for it here. */
const AFTER_VOWEL = /(^|[аеёиоуыэюяьъ])е/g

const CYRILLIC_LETTER = /[\u0400-\u052f]/
const GREEK_LETTER = /[\u0370-\u03ff]/

/** The Latin spellings of a word, most usual first; empty where it is in neither script. */
export function latinSpellings(word: string): string[] {
  if (CYRILLIC_LETTER.test(word)) {
    const lower = word.normalize('NFC').toLowerCase().replace(AFTER_VOWEL, '$1ѥ')
    const tables = [ENGLISH, GERMAN, SCHOLARLY, ...(UKRAINIAN_LETTER.test(lower) ? [UKRAINIAN] : [])]
    return tables.map((letters) => spelt(lower, letters))
  }
  if (GREEK_LETTER.test(word)) {
    const bare = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    const paired = bare.replace(/ου|ευ|αυ|μπ|ντ|γκ|γγ|ει|αι|οι/g, (pair) => GREEK_PAIRS[pair] ?? pair)
    return [spelt(paired, GREEK), spelt(paired, GREEK_OLD)]
  }
  return []
}

function spelt(word: string, letters: Readonly<Record<string, string>>): string {
  return Array.from(word, (letter) => letters[letter] ?? letter).join('')
}

/** Letters and what they become, in turn; `-`: nothing. */
function table(text: string): Record<string, string> {
  const parts = text.split(' ')
  const letters: Record<string, string> = {}
  for (let i = 0; i + 1 < parts.length; i += 2) letters[parts[i] ?? ''] = (parts[i + 1] ?? '').replace('-', '')
  return letters
}
