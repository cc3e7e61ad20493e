import { searchKey } from './normalise.ts'

/**
 * Given names and their everyday forms, a family of names a line. Collected from the articles on
 * hypocorisms in the English and German Wikipedia, and cut to what is common in Australia, Britain, Germany
 * and the United States, with French, Spanish, Polish, Italian, Russian and Greek forms of the same names.
 */
const FAMILIES = `
abigail abby abbie abbey gail
albert al bert bertie
alexander alex alec sandy xander alexandre alejandro sasha aleksandr oleksandr sascha sandro lex
alexandra alex sandra lexi lexie sandy alexa alessandra sasha sascha
alfred alf alfie fred
alice ali alicia
alison ali allie
amanda mandy
amelia amy millie emily
andrea andie
andreas andrew andi andy drew
andrew andy drew andreas andre andrzej andres
angela angie angelina
anna ann anne annie hannah anja annika nancy anya nan
annabelle bella anna belle annabel
anthony tony anton antonio toni
arthur art artie
barbara barb barbie babs basia babsi barbi bärbel
bartholomew bart
beatrice bea trixie
benedikt benedict ben bene
benjamin ben benny benji
bernard bernie bernd bernhard
bradley brad
bridget biddy bridie
caitlin kate cait catie
cameron cam
caroline carrie carol carolyn caro lina
catherine cathy kate katie kathy cath kitty cat katherine kathryn kathleen katarzyna kasia catalina
charles charlie chuck chas karl carlos
charlotte charlie lottie lotte
christian chris christopher kit
christina chris tina chrissy christine kristina
christine christina chris tina christel chrissie
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
dmitri dmitry dmitriy dimitri dima mitja
dominic dom nick
donald don donny donnie
dorothea dorothy dora doro thea dot dolly
dorothy dot dottie dolly dora
douglas doug
edward ed eddie ned ted teddy eduard eduardo
edwin ed eddie
ekaterina jekaterina katya katja
eleanor ellie nell nora ella elinor
eleonore eleanor lore nora ellie nell
elizabeth liz beth lizzie betty eliza elsie libby lisa bess elisabeth elise elsa liesl sissi elzbieta isabel elli lilli lisbeth
emily em emmy millie
emma em emmy
ernest ernie ernst
eugene gene
evelyn eve evie
ferdinand ferdi
florence flo florrie
frances fran frankie fanny franziska franzi francesca franny
francis frank frankie franz paco francisco francesco franciszek
franklin frank
franz franzi franzl
frederick fred freddy freddie fritz friedrich frederic
gabriel gabe
gabriella gabby ella gabi gabriele gabrielle
geoffrey geoff jeff jeffrey
george georgie georg jorge jorg jerzy
georgia georgie georgina
georgios george giorgos jorgos
gerald gerry jerry gerhard
gerard gerry
gerhard gerd
gertrud gertrude trude gerti trudy
gillian gill jill jilly
giovanni gianni nino
giuseppe beppe peppe pino
grace gracie
gregory greg gregor grzegorz
guillermo memo
gunther gunter
günther günter gunter
harold harry hal harald
harrison harry
heinrich henry heinz heiner harry hank hal
henry harry hank hal heinrich heinz henri henryk
herbert bert herb
hieronymus jerome
hubert bert hugh
hugh hughie hugo
ian iain
ignatius iggy ignacio nacho
imogen immy imo
ioannis giannis yannis
isaac ike
isabella bella izzy isabel isobel isabelle belle ella
isaiah zay
ivan vanya wanja
jacob jake jakob jakub köbi
jacqueline jackie jacqui
jaime jim
james jim jimmy jamie jem
jane janie jenny
janet jan
jasmine jas jaz jazz
jason jay
jean jeannie
jennifer jen jenny jenna jenn
jeremy jem jerry
jessica jess jessie
jesus chuy
joachim jochen achim
joan joanie
joanne jo joanna joann
johannes hannes hans jan johann
john jack johnny jon johann johannes hans jan juan jean giovanni ivan
jonathan jon jonny nathan
josef joseph joe joey sepp jupp beppo
joseph joe joey jo josef jose pepe giuseppe sepp jozef
josephine jo josie fifi josefine
joshua josh
juan juanito
judith judy judi jude
julia julie jules
julian jules
justin jus
jürgen jorg
karl kalle carl
katharina kathi kathrin katrin katja kati katherine catherine kate katie kathy cathy kitty kay käthe
kathleen kathy kath kate
kenneth ken kenny
kimberley kim kimberly
konrad conny conrad kurt
konstantinos kostas costas dinos
lachlan lachie lochie
laura laurie lori
laurence larry laurie lawrence lorenz lorenzo laurent
lawrence laurence larry lars
leonard leo len lenny leonhard
leopold leo poldi
lillian lily lil lilly
linda lindy
louis lou louie lewis ludwig luis lutz
louise lou luisa
lucas luke luca lukas lukasz
lucinda lucy cindy
lucy lucie lucia
madeleine maddie maddy
madison maddie maddy
malgorzata gosia
manfred manni fred
margaret maggie meg peggy marge margie greta gretel margarete margarita daisy rita madge gretchen grete
maria mary marie mia mizzi maryla mascha masha molly polly
martha marty patty
martin marty
mary molly polly mae mamie maria marie
matilda tilly mattie
matthew matt matty matthias mateo mateusz
matthias matthew matt matze hias mattie
maximilian max maxi
maxwell max
megan meg
mehmet memo
melanie mel
melissa mel missy lissa
michael mike mick micky mickey mikey michel miguel michal misha michi mischa
michelle shelly micky
mildred millie
mitchell mitch
montserrat montse
mustafa musti
natalia natalie natascha natasha nat tasha
natalie nat talia natasha
nathan nate nat nathaniel
nicholas nick nicky nico nikolaus klaus niklas nicolas mikolaj
nicole nicky nikki nicki
nikolaus nicholas klaus niko nick nicky nico
oliver ollie olli
olivia liv livvy
oscar ossie
pamela pam
patricia pat patty patsy trish tricia
patrick pat paddy patrice rick
paul paulie pablo pawel
pauline paula
penelope penny
peter pete pierre pedro piotr
philip phil pip philippe felipe phillip
philippa pippa pip
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
roseanne rose rosie
rosemary rosie rose rosemarie romy
rudolf rudi rudolph
rupert rupe ruprecht
russell russ
samuel sam sammy samantha
sarah sally sadie sara
scott scotty
sebastian seb basti bastian
sharon shaz
siegfried sigi siggi
sigrid sigi siri
sophia sophie sofia zofia
stanley stan
stefan stephan stephen steven steffen steve
stefanie stephanie steffi steph
stephanie steph stef stefanie
stephen steve stevie steven stefan esteban etienne
stuart stu stewart
susan sue susie suzy susanne suzanne sanne susanna
susanne susan susi sanne susanna sue susie
tabitha tabby
tatiana tatjana tanja tanya
terence terry
teresa terry tess tessa theresa tracy
theodore ted teddy theo theodor
theresa teresa resi terry tess tessa
thomas tom tommy tomas tomasz
tiffany tiff
timothy tim timmy
toby tobias
tristan tris
ulrich uli
ulrike uli ulla
valerie val
vanessa nessa ness
veronica ronnie vera roni veronika vroni
victor vic viktor
victoria vicky vic tori viktoria
vincent vince vinnie
virginia ginny
vivian viv vivienne
vladimir wladimir vova wowa volodya
walter walt wally walther
waltraud traudl traudi
wilfred wilf fred
wilhelm willi willy helmut
william bill will billy willy liam guillaume guillermo willie
winifred winnie
wolfgang wolf wolfi
zachary zach zac zak zack
zoe zo
`

/** The names (search keys) of each family; a name may be in several: Alex is Alexander and Alexandra. */
export const NAME_FAMILIES: readonly (readonly string[])[] = FAMILIES.trim()
  .split('\n')
  .map((line) => line.split(' ').map(searchKey))
