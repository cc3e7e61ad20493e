import { searchKey } from '../search/normalise.ts'

/** Given names and their everyday forms, a family of names a line: English first, then German, French, Spanish, Polish and Italian ones. */
const FAMILIES = `
abigail abby abbie abbey gail
albert al bert bertie
alexander alex alec sandy xander alexandre alejandro sasha
alexandra alex sandra lexi lexie sandy alexa alessandra sasha
alfred alf alfie fred
alice ali alicia
alison ali allie
amanda mandy
amelia amy millie emily
andrew andy drew andreas andre andrzej andres
angela angie angelina
anna ann anne annie hannah anja annika nancy
annabelle bella anna belle annabel
anthony tony anton antonio toni
arthur art artie
barbara barb barbie babs basia
bartholomew bart
benjamin ben benny benji
bernard bernie bernd bernhard
beatrice bea trixie
bradley brad
bridget biddy bridie
caitlin kate cait catie
cameron cam
caroline carrie carol carolyn caro lina
catherine cathy kate katie kathy cath kitty cat katherine kathryn kathleen katarzyna kasia catalina
charles charlie chuck chas karl carlos
charlotte charlie lottie lotte
christian chris
christina chris tina chrissy christine kristina
christopher chris kit topher kris krzysztof
claudia claudi
clifford cliff
constance connie
cynthia cindy
daniel dan danny
daniella dani daniela ella danielle
david dave davy davey
deborah deb debbie debra
dennis denny
dominic dom nick
donald don donny
dorothy dot dottie dolly dora
douglas doug
edward ed eddie ned ted teddy eduard eduardo
edwin ed eddie
eleanor ellie nell nora ella elinor
elizabeth liz beth lizzie betty eliza elsie libby lisa bess elisabeth elise elsa liesl sissi elzbieta isabel
emily em emmy millie
emma em emmy
ernest ernie ernst
eugene gene
evelyn eve evie
florence flo florrie
frances fran frankie fanny franziska franzi francesca
francis frank frankie franz paco francisco francesco franciszek
franklin frank
frederick fred freddy freddie fritz friedrich frederic
gabriel gabe
gabriella gabby ella gabi gabriele gabrielle
geoffrey geoff jeff jeffrey
george georgie georg jorge jorg jerzy
georgia georgie georgina
gerald gerry jerry gerhard
gerard gerry
gillian gill jill jilly
giovanni gianni nino
giuseppe beppe peppe
grace gracie
gregory greg gregor grzegorz
gunther gunter
guillermo memo
harold harry hal harald
harrison harry
henry harry hank hal heinrich heinz henri henryk
herbert bert herb
hieronymus jerome
hubert bert hugh
hugh hughie hugo
ian iain
ignatius iggy ignacio nacho
imogen immy imo
isaac ike
isabella bella izzy isabel isobel isabelle belle ella
isaiah zay
jacob jake jakob jakub
jacqueline jackie jacqui
jaime jim
james jim jimmy jamie jem
jane janie jenny
janet jan
jasmine jas jaz jazz
jason jay
jean jeannie
jennifer jen jenny jenna
jeremy jem jerry
jessica jess jessie
jesus chuy
joachim jochen achim
joan joanie
joanne jo joanna joann
john jack johnny jon johann johannes hans jan juan jean giovanni ivan
jonathan jon jonny nathan
joseph joe joey jo josef jose pepe giuseppe sepp jozef
josephine jo josie fifi josefine
joshua josh
juan juanito
judith judy judi
julia julie jules
julian jules
justin jus
karl kalle carl
katharina kathi kathrin katrin katja kati
kathleen kathy kath kate
kenneth ken kenny
kimberley kim kimberly
konrad conny conrad kurt
lachlan lachie lochie
laura laurie lori
laurence larry laurie lawrence lorenz lorenzo laurent
leonard leo len lenny
leopold leo poldi
lillian lily lil lilly
linda lindy
louis lou louie lewis ludwig luis
louise lou luisa
lucas luke luca lukas lukasz
lucinda lucy cindy
lucy lucie lucia
ludwig lutz
madeleine maddie maddy
madison maddie maddy
malgorzata gosia
margaret maggie meg peggy marge margie greta gretel margarete margarita daisy rita
maria mary marie mia mizzi maryla
martha marty patty
martin marty
mary molly polly mae mamie maria marie
matilda tilly mattie
matthew matt matty matthias mateo mateusz
maximilian max maxi
maxwell max
megan meg
melanie mel
melissa mel missy lissa
michael mike mick micky mickey mikey michel miguel michal misha
michelle shelly micky
mildred millie
mitchell mitch
montserrat montse
natalie nat talia natasha
nathan nate nat
nathaniel nate nat nathan
nicholas nick nicky nico nikolaus klaus niklas nicolas mikolaj
nicole nicky nikki
oliver ollie olli
olivia liv livvy
oscar ossie
pamela pam
patricia pat patty patsy trish tricia
patrick pat paddy patrice
paul paulie pablo pawel
penelope penny
peter pete pierre pedro piotr
philip phil pip philippe felipe
phoebe pheebs
rachel rach rachael
rafael rafa raffael
randolph randy
raymond ray raimund
rebecca becky becca beck bec
reginald reg reggie
richard rick ricky dick rich richie ricardo
robert rob bob bobby robbie bert roberto
roderick rod roddy
roger rodge
roland rollo
ronald ron ronnie
rosemary rosie rose
roseanne rose rosie
rudolf rudi rudolph
rupert rupe ruprecht
russell russ
samantha sam sammy
samuel sam sammy
sarah sally sadie sara
scott scotty
sebastian seb basti bastian
sharon shaz
sophia sophie sofia zofia
stanley stan
stephanie steph stef stefanie
stephen steve stevie steven stefan esteban etienne
stuart stu stewart
susan sue susie suzy susanne suzanne sanne susanna
tabitha tabby
teresa terry tess tessa theresa tracy
terence terry
theodore ted teddy theo theodor
thomas tom tommy tomas tomasz
tiffany tiff
timothy tim timmy
toby tobias
tristan tris
ulrich uli
ulrike uli
valerie val
vanessa nessa ness
veronica ronnie vera roni
victor vic viktor
victoria vicky vic tori viktoria
vincent vince vinnie
virginia ginny
vivian viv vivienne
walter walt wally walther
wilhelm willi willy helmut
wilfred wilf fred
william bill will billy willy liam guillaume guillermo
winifred winnie
wolfgang wolf wolfi
zachary zach zac zak
zoe zo`

const familiesOf = new Map<string, Set<number>>()
for (const [line, text] of FAMILIES.trim().split('\n').entries()) {
  for (const name of text.split(' ').map(searchKey)) {
    const families = familiesOf.get(name) ?? new Set()
    familiesOf.set(name, families.add(line))
  }
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
