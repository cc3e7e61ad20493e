/** Fewest letters of a word, and of what is left of it, for its sound to tell anything. */
const MIN_WORD = 4
const MIN_SOUND = 2

/** Spellings of one sound in English, German, French and transliterated Russian names. Longer ones come first. */
const SOUNDS: Readonly<Record<string, string>> = {
  schtsch: 's',
  shch: 's',
  tsch: 'k',
  tch: 'k',
  sch: 's',
  ch: 'k',
  cz: 'k',
  sh: 's',
  zh: 's',
  sz: 's',
  ph: 'f',
  th: 't',
  dt: 't',
  kh: 'k',
  gh: 'g',
  ck: 'k',
  qu: 'kv',
  q: 'k',
  ts: 's',
  tz: 's',
  z: 's',
  x: 'ks',
  ou: 'u',
  ai: 'e',
  ay: 'e',
  ei: 'e',
  ey: 'e',
  ie: 'i',
  ij: 'i',
  yi: 'i',
  iy: 'i',
  ee: 'i',
  y: 'i',
  j: 'i',
  w: 'f',
  v: 'f',
  c: 'k',
  d: 't',
  b: 'p',
}
const SPELLINGS = new RegExp(Object.keys(SOUNDS).join('|'), 'g')

/**
 * How the word of a key sounds, as a hash; 0: it says nothing. Words of one hash are taken for one
 * another: Meyer and Maier, Schmidt and Schmitt, Tschaikowski and Chaikovsky. Coarser than a
 * phonetic code for one language (Soundex, Kölner Phonetik), because names of many are mixed.
 */
export function soundKey(key: string): number {
  if (key.length < MIN_WORD || key.charCodeAt(0) < 97) return 0
  const sound = key
    .replace(SPELLINGS, (spelling) => SOUNDS[spelling] ?? spelling)
    // A silent h, doubled letters.
    .replace(/(?<=[aeiou])h/g, '')
    .replace(/(.)\1+/g, '$1')
  if (sound.length < MIN_SOUND) return 0
  let hash = 2_166_136_261
  for (let i = 0; i < sound.length; i++) hash = Math.imul(hash ^ sound.charCodeAt(i), 16_777_619)
  return hash >>> 0 || 1
}
