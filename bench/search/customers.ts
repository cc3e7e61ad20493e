import { NO_FIELDS } from '#shared/domain/customer.ts'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { below, pick, pickSkewed, type Random, seededRandom } from './random.ts'

const list = (text: string): readonly string[] => text.split(' ')

const FIRST = list(
  'Anna Lukas Maria Thomas Sophie Michael Katharina Jürgen Elisabeth Günther Johanna Björn Emma Oliver Charlotte Jack Amelia Noah Mia William Olivia James Lena Leon Maximilian Friedrich Wolfgang Käthe Sören Rüdiger Ulrike Monika Stefan Andreas Sebastian Christian Susanne Sabine Claudia Petra François Élodie Chloé Zoë André Hélène Benoît Jérôme Aurélie Étienne Łukasz Paweł Małgorzata Agnieszka Krzysztof Jiří Tomáš Kateřina Željko Nataša Mehmet Ayşe Özgür Çağla Gökhan Yağmur Дмитрий Наталья Сергей Ольга Γιώργος Ελένη Jean-Pierre Marie-Claire Siobhán Seán Deirdre Ngozi Chinedu Priya Arjun Mei Hiroshi Yuki',
)
const LAST_COMMON = list(
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Smith Jones Williams Brown Wilson Taylor Nguyen Martin Anderson White Thompson Kowalski Wiśniewski Novák Dvořák Horvat Kovačević Yılmaz Demir Çelik Öztürk Dupont Moreau Lefèvre Garnier Иванов Петрова Шевченко Παπαδόπουλος Οικονόμου O’Brien Murphy Kelly',
)
const LAST_HEAD = list(
  'Stein Ober Unter Nieder Hoch Linden Birken Eichen Buch Reh Wald Berg Tal Feld Rosen Kirch Brunn Mühl Schön Grün Roth Gold Silber Eisen Acker Wiesen Hirsch Fuchs Bären Adler Falken Sonnen Stern Winter Sommer Alten Neuen Langen Ritter Grafen Königs Kaiser Kloster Burg Ash Black Brad Brook Chad Clay Crom Dal Dun Far Gar Glen Hal Har Haw Hol Ken Kings Lang Law Mar Mid Nor Oak Pen Rad Rich Ros Shel Stan Strat Sut Thorn Til War Wel Whit Win Wood Kowal Nowa Dąbr Kaz Mal Woj Petr Jov Mil Bog Vlad Nik Pav Sim Luk Fil Kov Bur Lis Hor Öz Ak Kara Yıl Gül Kılıç Taş Dağ Şen Bal Soy',
)
const LAST_TAIL = list(
  'bach berger burg hauser mann meier müller huber felder thaler brunner hofer egger reiter wieser moser lehner gruber bauer maier steiner ecker richter reuter böck köhler schmied kamp hagen dorf heimer ford ton ley field well worth ham by don more ridge shaw stone wick land burn dale cott grove hurst ski czyk owicz ović enko chuk ák ek ov in sky ska türk oğlu kaya can demir soy çelik bulut tekin kan',
)
const STREETS = list(
  'Hauptstraße Bahnhofstraße Gartenweg Schulstraße Bergstraße Lindenallee Kirchgasse Waldweg Ringstraße Goethestraße Mozartgasse Mühlenweg Rosenweg Parkallee Marktplatz Birkenweg Schlossplatz Seeufer Nordring Industriestraße Highstreet Macrobertson Dooland Kingsway Queensroad Church Station Victoria Albert Elizabeth Wattle Banksia Acacia Jacaranda Eucalypt Riverview Hillcrest Oceanview Meadow Sunset',
)
const CITIES = list(
  'Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dresden Nürnberg Würzburg Göttingen Tübingen Lübeck Münster Wien Graz Linz Zürich Genève Lyon Kraków Łódź Praha Zagreb İstanbul İzmir Melbourne Sydney Brisbane Perth Adelaide Hobart Darwin Geelong Ballarat Bendigo Dublin Cork London Leeds Bristol Glasgow',
)
const NOTES = list(
  'prefers a call in the morning invoice paid late discount warranty kitchen renovation quote follow-up delivery window repair heating boiler roof solar panel garden fence contract cancelled complaint resolved interested premium upgrade installation appointment newsletter birthday referral neighbour bathroom tiles flooring parquet insulation carport terrace pool sauna balcony garage elevator permit inspection',
)
const TAGS = list('vip lead wholesale retail newsletter b2b partner overdue blocked prospect premium seasonal')
const DOMAINS = list(
  'gmail.com gmx.de web.de yahoo.com outlook.com t-online.de hotmail.com icloud.com bigpond.net.au posteo.de',
)
const CALLING_CODES = ['49', '61', '43', '41', '33', '48', '44', '353', '90', '1'] as const

/**
 * `count` customers in believable shape and language mix, the same for the same seed: about 12,000
 * different surnames, one in ten without e-mail, one in twenty without phone, a third with notes.
 */
export function makeCustomers(count: number, seed = 7): SearchableCustomer[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => makeCustomer(random))
}

function makeCustomer(random: Random): SearchableCustomer {
  const first = pickSkewed(random, FIRST)
  let last = random() < 0.35 ? pickSkewed(random, LAST_COMMON) : pick(random, LAST_HEAD) + pick(random, LAST_TAIL)
  if (random() < 0.05) last += `-${pickSkewed(random, LAST_COMMON)}`
  return {
    ...NO_FIELDS,
    id: makeId(random),
    name: `${first} ${last}`,
    email: random() < 0.1 ? null : makeEmail(random, first, last),
    phone: random() < 0.05 ? null : makePhone(random),
    address: random() < 0.08 ? null : makeAddress(random),
    notes: random() < 0.33 ? Array.from({ length: 4 + below(random, 12) }, () => pick(random, NOTES)).join(' ') : null,
    tags: random() < 0.3 ? [...new Set(Array.from({ length: 1 + below(random, 2) }, () => pick(random, TAGS)))] : [],
  }
}

function makeId(random: Random): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => below(random, 16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}

/** Latin letters as people write them in addresses: ü becomes ue, other accents go. */
function plain(text: string): string {
  const spelt = text.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss')
  return spelt.normalize('NFKD').replace(/[^a-z]/g, '')
}

function makeEmail(random: Random, first: string, last: string): string {
  const a = plain(first) || pick(random, NOTES)
  const b = plain(last) || pick(random, NOTES)
  const number = random() < 0.5 ? String(below(random, 99)) : ''
  const style = random()
  const local =
    style < 0.4
      ? `${a}.${b}${number}`
      : style < 0.6
        ? `${a.charAt(0)}.${b}${number}`
        : style < 0.8
          ? `${a}${b}${number}`
          : `${b}_${a}`
  const domain = random() < 0.15 ? `${b}.${pick(random, ['de', 'com', 'at', 'com.au'])}` : pickSkewed(random, DOMAINS)
  return `${local}@${domain}`.replace(/[^\w.@-]/g, '')
}

function makePhone(random: Random): string {
  const code = pickSkewed(random, CALLING_CODES)
  const national = String(100_000_000 + below(random, 899_999_999))
  const style = random()
  if (style < 0.5) return `+${code}${national}`
  if (style < 0.75) return `+${code} ${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
  return style < 0.9
    ? `00${code} ${national.slice(0, 3)}/${national.slice(3)}`
    : `0${national.slice(0, 3)} ${national.slice(3)}`
}

function makeAddress(random: Random): string {
  const number = 1 + below(random, 180)
  const postcode = String(10_000 + below(random, 89_999))
  const street = pick(random, STREETS)
  return random() < 0.6
    ? `${street} ${number}, ${postcode} ${pick(random, CITIES)}`
    : `${number} ${street} street, ${pick(random, CITIES)}, ${postcode}`
}
