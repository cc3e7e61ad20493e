import { searchKey } from './normalise.ts'

/** Why one word stands for another: a name's short form, or an abbreviation. */
export type AliasKind = 'nickname' | 'abbreviation'

/**
 * Short and full forms of given names; each line is of people who may be called any of it. Collected
 * from the articles on hypocorisms in the English and German Wikipedia, and cut to what is common in
 * Australia, Britain, Germany and the United States.
 */
const NICKNAMES = `
william bill billy will willie liam willy
robert bob bobby rob robbie bert
richard dick rick ricky rich richie
elizabeth elisabeth liz lizzie lisa beth betty eliza libby elli sissi lilli lisbeth
margaret margarete maggie peggy meg madge marge greta gretchen grete
james jim jimmy jamie
john jack johnny jon
jonathan jon jonny
michael mike mick mickey michi mischa
thomas tom tommy
alexander aleksandr oleksandr alex alec sascha sasha xander sandro lex
alexandra alex sandra sascha sasha lexi
katharina katherine catherine kathi kati katja kate katie kathy cathy kitty kay käthe
johannes hannes hans jan johann
josef joseph joe joey sepp jupp beppo
franz franzi franzl
francis frank frankie
frances fran franny
maximilian max maxi
anton anthony antonio toni tony
ferdinand ferdi
friedrich frederick fritz fred freddy freddie
heinrich henry heinz heiner harry hank hal
matthias matthew matt matze hias mattie
stefan stephan stephen steven steffen steve
stefanie stephanie steffi steph
susanne susan susi sanne susanna sue susie
christian christopher chris kit
christine christina chris tina christel chrissie
ulrike uli ulla
ulrich uli
barbara babsi barbi bärbel barb babs
gabriele gabriella gabi gabby
andreas andrew andi andy drew
sebastian basti seb
benedikt benedict ben bene
benjamin ben benny benji
nikolaus nicholas klaus niko nick nicky nico
dmitri dmitry dmitriy dimitri dima mitja
vladimir wladimir vova wowa volodya
ivan vanya wanja
maria mary mia marie mascha masha molly polly
anna anne ann annie anya anja nan nancy
natalia natalie natascha natasha nat tasha
tatiana tatjana tanja tanya
ekaterina jekaterina katya katja
mehmet memo
mustafa musti
edward eduard ed eddie ted ned teddy
edwin ed eddie
theodore theodor theo ted teddy
charles karl charlie chuck chas
patrick pat paddy rick
patricia pat patty trish tricia
jennifer jen jenny jenn
jessica jess jessie
daniel dan danny
samuel samantha sam sammy
joshua josh
nathan nathaniel nate nat
timothy tim timmy
gregory greg
rebecca becky becca
victoria vicky tori vic
georgios george giorgos jorgos
konstantinos kostas costas dinos
ioannis giannis yannis
dorothea dorothy dora doro thea dot dolly
eleonore eleanor lore nora ellie nell
abigail abby gail
andrea andie
arthur art artie
bernard bernhard bernie bernd
bridget biddy
cynthia cindy
david dave davey
deborah debra deb debbie
donald don donnie
douglas doug
eugene gene
evelyn eve evie
geoffrey jeffrey geoff jeff
gerald gerry jerry
gerhard gerd
gertrud gertrude trude gerti trudy
giuseppe beppe peppe pino
isabella isabel bella izzy
jacqueline jackie
jacob jakob jake köbi
judith judy jude
kenneth ken kenny
kimberly kim
lawrence laurence larry lars
leonard leonhard len lenny leo
louis ludwig lou louie lutz
manfred manni fred
martha marty
martin marty
melissa mel missy
nicole nicki nicky
pamela pam
pauline paula
penelope penny
peter pete
philip phillip phil pip
philippa pippa pip
raymond ray
ronald ron ronnie
rosemary rosemarie rose rosie romy
sarah sara sally sadie
siegfried sigi siggi
sigrid sigi siri
stanley stan
terence terry
theresa teresa resi terry tess tessa
veronica veronika vroni ronnie
vincent vince vinnie
virginia ginny
walter walt wally
waltraud traudl traudi
wolfgang wolf wolfi
zachary zack zach
günther günter gunter
jürgen jorg
`

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
for (const [kind, table] of [
  ['nickname', NICKNAMES],
  ['abbreviation', ABBREVIATIONS],
] as const) {
  for (const line of table.trim().split('\n')) {
    const words = line.split(' ').map(searchKey)
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
