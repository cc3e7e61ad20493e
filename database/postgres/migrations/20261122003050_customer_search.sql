-- What the server's search looks through (SPEC DB-2), beside the customers: their rows are written anew
-- after each chat and each look at them, and every version of a row in a table with a trigram index costs
-- some hundred entries in it. Living customers only; `name` is what hits are sorted by.
--
-- In parts by company, since a trigram index lists the rows of all companies under each trigram: a search for
-- a misspelt name read 400 pages of them (1,000,000 customers of ten companies), of which nine tenths were
-- other companies'.

-- Given names and their everyday forms, as the laptops know them: the families of shared/search/given-names.ts,
-- one a line (a test compares the two). A name may be in several.
create table private.given_names (
  name text primary key,
  families smallint[] not null
);
alter table private.given_names enable row level security;
alter table private.given_names force row level security;
revoke all on private.given_names from anon, authenticated, service_role;
insert into private.given_names (name, families)
select w.name, array_agg(distinct f.number::smallint)
  from string_to_table($names$
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
barbara barb barbie babs basia babsi barbi barbel
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
gunther gunter gunter
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
jacob jake jakob jakub kobi
jacquline jackie jacqui
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
josef joseph jo joy sepp jupp beppo
joseph jo joy jo josef jose pepe giuseppe sepp jozef
josephine jo josie fifi josefine
joshua josh
juan juanito
judith judy judi jude
julia julie jules
julian jules
justin jus
jurgen jorg
karl kalle carl
katharina kathi kathrin katrin katja kati katherine catherine kate katie kathy cathy kitty kay kathe
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
mary molly polly ma mamie maria marie
matilda tilly mattie
matthew matt matty matthias mateo mateusz
matthias matthew matt matze hias mattie
maximilian max maxi
maxwell max
megan meg
mehmet memo
melanie mel
melissa mel missy lissa
michal mike mick micky mickey mikey michel migul michal misha michi mischa
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
phobe pheebs
rachel rach rachal
rafal rafa raffal
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
samul sam sammy samantha
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
susan su susie suzy susanne suzanne sanne susanna
susanne susan susi sanne susanna su susie
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
zo zo
$names$, E'\n') with ordinality as f (names, number)
 cross join lateral string_to_table(f.names, ' ') as w (name)
 where w.name <> ''
 group by w.name;

-- The families of the names in a text. Keys of words as in shared/search/normalise.ts: Jürgen, Juergen and
-- Jurgen are one.
create function private.name_families(p_text text)
returns smallint[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct f.family), '{}')
    from private.given_names g
   cross join lateral unnest(g.families) as f (family)
   where g.name = any (
           regexp_split_to_array(regexp_replace(private.fold(p_text), '([aou])e', '\1', 'g'), '[^[:alnum:]]+'))
$$;

create table private.customer_search (
  company_id uuid not null,
  customer_id uuid not null,
  name text not null,
  search_text text not null,
  name_families smallint[] not null,
  primary key (company_id, customer_id),
  constraint customer_search_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id) on delete cascade
) partition by hash (company_id);
alter table private.customer_search enable row level security;
alter table private.customer_search force row level security;
revoke all on private.customer_search from anon, authenticated, service_role;
do $$
declare
  c_parts constant integer := 16;
  v_part text;
begin
  for v_number in 0 .. c_parts - 1 loop
    v_part := format('private.customer_search_%s', v_number);
    execute format(
      'create table %s partition of private.customer_search for values with (modulus %s, remainder %s)',
      v_part, c_parts, v_number);
    execute format('alter table %s enable row level security', v_part);
    execute format('alter table %s force row level security', v_part);
    execute format('revoke all on %s from anon, authenticated, service_role', v_part);
  end loop;
end
$$;

-- Notes only as far as a list would show them: trigrams of 20,000 characters would cost more than all
-- other indexes together.
create function private.customer_search_text(p_customer public.customers)
returns text
language sql stable
set search_path = ''
as $$
  -- A blank in front: "% an%" finds the beginning of any word, the first one too.
  select private.fold(concat_ws(' ', '', p_customer.customer_name, p_customer.customer_email, p_customer.customer_phone,
                                p_customer.phone_key, p_customer.customer_address, p_customer.customer_website,
                                nullif(array_to_string(p_customer.tags, ' '), ''), left(p_customer.customer_notes, 1000)))
$$;

-- New customers come by the thousand: one statement for all of them.
create function private.index_new_customers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.customer_search (company_id, customer_id, name, search_text, name_families)
  select n.company_id, n.id, lower(n.customer_name), private.customer_search_text(n), private.name_families(n.customer_name)
    from created n where n.deleted_at is null;
  return null;
end
$$;
create trigger customers_search_insert
  after insert on public.customers
  referencing new table as created
  for each statement execute function private.index_new_customers();

-- Row by row, since only such a trigger can be limited to columns: counting costs nothing here.
create function private.index_changed_customer()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.deleted_at is not null then
    delete from private.customer_search s where s.company_id = new.company_id and s.customer_id = new.id;
  else
    insert into private.customer_search as s (company_id, customer_id, name, search_text, name_families)
    values (new.company_id, new.id, lower(new.customer_name), private.customer_search_text(new),
            private.name_families(new.customer_name))
        on conflict (company_id, customer_id) do update
        set name = excluded.name, search_text = excluded.search_text, name_families = excluded.name_families
     where (s.name, s.search_text) <> (excluded.name, excluded.search_text);
  end if;
  return null;
end
$$;
create trigger customers_search_update
  after update of
    customer_name, customer_email, customer_phone, phone_key, customer_address, customer_website, customer_notes, tags,
    deleted_at
  on public.customers
  for each row execute function private.index_changed_customer();

insert into private.customer_search (company_id, customer_id, name, search_text, name_families)
select c.company_id, c.id, lower(c.customer_name), private.customer_search_text(c), private.name_families(c.customer_name)
  from public.customers c where c.deleted_at is null;

revoke execute on function
  private.name_families(text), private.customer_search_text(public.customers), private.index_new_customers(), private.index_changed_customer()
  from public, anon, authenticated;
