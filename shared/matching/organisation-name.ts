import { searchKey } from '../search/normalise.ts'
import { wordKey } from './word-key.ts'

const set = (text: string): ReadonlySet<string> => new Set(text.split(' ').map(searchKey))

/** Says only in which form a business is run: not part of what tells two apart. */
const LEGAL_FORMS = set(
  'gmbh mbh ug ag kg ohg gbr ev eg co company corp corporation inc incorporated ltd limited plc llc llp lp pty sa sas sarl eurl sl slu srl spa bv nv ab as oy aps sp zoo oo sti ae the',
)
/** Words that only organisations have in their names. */
const KINDS = set(
  'school schule academy college university institute kindergarten preschool daycare childcare nursery head center centre zentrum church kirche parish chapel temple ministries restaurant cafe caffe bistro bar grill diner pizzeria trattoria ristorante brasserie steakhouse deli delicatessen bakery baeckerei kitchen cuisine hotel motel inn hospital clinic klinik praxis pharmacy apotheke services service group gruppe holding holdings partners associates solutions systems industries international enterprises builders homes construction roofing plumbing electrical interiors joinery bau holzbau zimmerei budownictwo reformas department council foundation trust society association club verein agency studio studios store shop market supply association sons synowie fils hermanos hospitality catering logistics motors garage club',
)

/** Whether a name is that of a business or another organisation rather than of a person. */
export function isOrganisation(name: string): boolean {
  if (/[&@/]|\d/.test(name)) return true
  const words = keysOf(name)
  return words.length > 1 && words.some((word) => (LEGAL_FORMS.has(word) && word.length > 1) || KINDS.has(word))
}

/** The words of an organisation's name that tell it from others; all of them where nothing else is left. */
export function withoutLegalForm(name: string): string[] {
  const words = keysOf(name)
  const telling = words.filter((word) => !LEGAL_FORMS.has(word) && word !== 'and' && word !== 'und')
  return telling.length > 0 ? telling : words
}

function keysOf(name: string): string[] {
  return name
    .split(/[\s,/&-]+/)
    .map(wordKey)
    .filter((key) => key !== '')
}
