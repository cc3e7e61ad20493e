import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'

type Fields = Partial<Omit<SearchableCustomer, 'id'>> & { readonly name: string }

/** A customer, and what people type who look for them, by the kind of query. */
export interface HardCase {
  readonly customer: Fields
  readonly queries: Readonly<Record<string, readonly string[]>>
}

/**
 * Written by hand, from spellings that are in use: passports, newspapers of several countries,
 * telephone books, shop signs. None is taken from the tables of the index.
 */
export const HARD_LIST: readonly HardCase[] = [
  // One name in several alphabets and languages.
  {
    customer: { name: 'Пётр Чайковский' },
    queries: { transliteration: ['pyotr tchaikovsky', 'tschaikowski pjotr', 'chaykovskiy'] },
  },
  { customer: { name: 'Никита Хрущёв' }, queries: { transliteration: ['nikita khrushchev', 'chruschtschow'] } },
  {
    customer: { name: 'Михаил Горбачёв' },
    queries: { transliteration: ['gorbachev', 'gorbatschow michail', 'mikhail gorbachyov'] },
  },
  { customer: { name: 'Фёдор Достоевский' }, queries: { transliteration: ['dostoyevsky', 'dostojewski'] } },
  { customer: { name: 'Анна Ахматова' }, queries: { transliteration: ['akhmatova', 'achmatowa anna'] } },
  { customer: { name: 'Валерій Жуковський' }, queries: { transliteration: ['zhukovsky valeriy', 'schukowski'] } },
  {
    customer: { name: 'Юлия Щербакова' },
    queries: { transliteration: ['yulia shcherbakova', 'julia schtscherbakowa'] },
  },
  { customer: { name: 'Κυριάκος Μητσοτάκης' }, queries: { transliteration: ['mitsotakis', 'kyriakos mitsotakis'] } },
  { customer: { name: 'Μαρία Φαραντούρη' }, queries: { transliteration: ['farantouri maria', 'maria pharantouri'] } },
  { customer: { name: 'Νίκος Καζαντζάκης' }, queries: { transliteration: ['kazantzakis', 'nikos kazantzakis'] } },
  {
    customer: { name: 'Βασίλης Χατζηπαναγής' },
    queries: { transliteration: ['chatzipanagis', 'hatzipanagis vasilis'] },
  },
  { customer: { name: 'Boris Pasternak' }, queries: { transliteration: ['борис пастернак', 'пастернак'] } },
  {
    customer: { name: 'Sergey Rachmaninoff' },
    queries: { transliteration: ['рахманинов'], 'sounds alike': ['rakhmaninov'] },
  },
  { customer: { name: 'Giorgos Seferis' }, queries: { transliteration: ['σεφέρης', 'γιώργος σεφέρης'] } },

  // Umlauts, sharp s, accents and letters that are no accents.
  {
    customer: { name: 'Vicco Müller-Lüdenscheidt' },
    queries: { umlaut: ['mueller-luedenscheidt', 'muller ludenscheidt', 'müllerlüdenscheidt'] },
  },
  { customer: { name: 'Gerhard Schroeder-Köpf' }, queries: { umlaut: ['schröder köpf', 'schroder koepf'] } },
  { customer: { name: 'Franz Josef Strauß' }, queries: { umlaut: ['strauss franz', 'franz josef strauss'] } },
  { customer: { name: 'Hannelore Weiss' }, queries: { umlaut: ['hannelore weiß', 'weiß hanne'] } },
  { customer: { name: 'Øyvind Bjørnstad' }, queries: { accents: ['oyvind bjornstad', 'bjornstad'] } },
  { customer: { name: 'Mehmet Şükrü Yıldırım' }, queries: { accents: ['sukru yildirim', 'mehmet yildirim'] } },
  { customer: { name: 'Đorđe Đukić' }, queries: { accents: ['dorde dukic', 'dukic'] } },
  { customer: { name: 'Władysław Żółkiewski' }, queries: { accents: ['wladyslaw zolkiewski', 'zolkiewski'] } },
  { customer: { name: 'Nguyễn Thị Hồng Nhung' }, queries: { accents: ['nguyen thi hong nhung', 'hong nhung nguyen'] } },
  { customer: { name: 'Þórunn Ægisdóttir' }, queries: { accents: ['thorunn aegisdottir', 'aegisdottir'] } },
  { customer: { name: 'Zoe\u0308 Aure\u0301lien' }, queries: { accents: ['zoe aurelien', 'zoë aurélien'] } },
  { customer: { name: 'Ángel Muñoz Ibáñez' }, queries: { accents: ['angel munoz ibanez', 'munoz ibanez'] } },

  // Names that sound alike.
  {
    customer: { name: 'Reinhard Mayrhofer' },
    queries: { 'sounds alike': ['reinhard meierhofer', 'maierhofer reinhard'] },
  },
  { customer: { name: 'Thorsten Schmittgall' }, queries: { 'sounds alike': ['torsten schmidtgall', 'schmidgall'] } },
  {
    customer: { name: 'Filippa Stevenson' },
    queries: { 'sounds alike': ['philippa stephenson', 'phillipa stevensen'] },
  },
  {
    customer: { name: 'Kristof Tsimmermann' },
    queries: { 'sounds alike': ['christoph tsimmermann', 'christof tsimmerman'] },
  },
  {
    customer: { name: 'Katrin Vogtländer' },
    queries: { 'sounds alike': ['cathrin vogtlaender', 'kathrin fogtlander'] },
  },
  { customer: { name: 'Jacqueline Phairweather' }, queries: { 'sounds alike': ['jacqueline fairweather'] } },
  { customer: { name: 'Carsten Quickborn' }, queries: { 'sounds alike': ['karsten kwickborn', 'karsten quickborn'] } },
  { customer: { name: 'Shimon Szczepanek' }, queries: { 'sounds alike': ['schimon szczepanek', 'shimon schepanek'] } },

  // Short forms of given names.
  { customer: { name: 'William Fotheringay' }, queries: { nickname: ['bill fotheringay', 'fotheringay will'] } },
  { customer: { name: 'Margaret Ollerenshaw' }, queries: { nickname: ['peggy ollerenshaw', 'maggie ollerenshaw'] } },
  { customer: { name: 'Sebastian Hinterhuber' }, queries: { nickname: ['basti hinterhuber'] } },
  { customer: { name: 'Bob Wintergarden' }, queries: { nickname: ['robert wintergarden'] } },
  { customer: { name: 'Josef Aschenbrenner' }, queries: { nickname: ['sepp aschenbrenner'] } },
  { customer: { name: 'Elizabeth Throgmorton' }, queries: { nickname: ['liz throgmorton', 'beth throgmorton'] } },
  { customer: { name: 'Ted Butterworthy' }, queries: { nickname: ['edward butterworthy'] } },
  { customer: { name: 'Johannes Ruckteschell' }, queries: { nickname: ['hannes ruckteschell', 'hans ruckteschell'] } },
  { customer: { name: 'Александр Безруков' }, queries: { nickname: ['sasha bezrukov'] } },
  { customer: { name: 'Charles Entwhistle' }, queries: { nickname: ['charlie entwhistle', 'chuck entwhistle'] } },

  // One word or two, apostrophes, hyphens, particles.
  {
    customer: { name: 'Anna Maria Zwirnlein' },
    queries: { 'joined names': ['annamaria zwirnlein', 'anna-maria zwirnlein'] },
  },
  {
    customer: { name: 'Hansjörg Felbermayer' },
    queries: { 'joined names': ['hans jörg felbermayer', 'hans-joerg felbermayer'] },
  },
  {
    customer: { name: 'Jean-Baptiste Quatremer' },
    queries: { 'joined names': ['jeanbaptiste quatremer', 'jean baptiste quatremer'] },
  },
  { customer: { name: 'Marylou Prendergast' }, queries: { 'joined names': ['mary lou prendergast'] } },
  {
    customer: { name: 'Sinéad O’Shaughnessy' },
    queries: { 'joined names': ['oshaughnessy sinead', "o'shaughnessy", 'o shaughnessy'] },
  },
  { customer: { name: 'Duncan Mac Gillivray' }, queries: { 'joined names': ['macgillivray duncan', 'macgillivray'] } },
  {
    customer: { name: 'Pieter van der Westhuizen' },
    queries: { 'joined names': ['vanderwesthuizen', 'pieter westhuizen', 'van der westh'] },
  },
  {
    customer: { name: "Gabriele D'Annunziello" },
    queries: { 'joined names': ['dannunziello', 'd annunziello gabriele'] },
  },

  // Slips of the finger as they happen: neighbours on the keyboard, doubled, left out, swapped.
  {
    customer: { name: 'Benedict Cumberlidge' },
    queries: { 'typing error': ['benedict cumbrelidge', 'cumberldige', 'bendict cumberlidge'] },
  },
  {
    customer: { name: 'Gwyneth Featherstonehaugh' },
    queries: { 'typing error': ['gwynth featherstonehuagh', 'featherstonhaugh'] },
  },
  { customer: { name: 'Rosalind Throckmorton' }, queries: { 'typing error': ['rosalnd throckmortn', 'throckomrton'] } },
  {
    customer: { name: 'Detlef Bramsche' },
    queries: { 'typing error': ['detlef barmsche', 'detelf bramsche', 'bramshce'] },
  },
  { customer: { name: 'Ines Quandt' }, queries: { 'typing error': ['ines qaundt', 'ines wuandt'] } },
  {
    customer: { name: 'Oluwaseun Adebayo-Smythe' },
    queries: { 'typing error': ['oluwasuen adebayo', 'adebaoy smythe'] },
  },

  // Streets.
  {
    customer: { name: 'Ingeborg Pfahl', address: 'Heinrich-Heine-Str. 117, 53115 Bonn' },
    queries: { street: ['heinrich heine strasse 117', 'pfahl heinrich-heine-straße', 'heinrich heine str bonn'] },
  },
  {
    customer: { name: 'Trevor Nunnery', address: '44 St Kilda Rd, Wodonga VIC 3690' },
    queries: { street: ['44 st kilda road', 'saint kilda road wodonga', 'nunnery st kilda'] },
  },
  {
    customer: { name: 'Colleen Bathgate', address: '9 Yarramundi Street, Wagga Wagga NSW 2650' },
    queries: { street: ['9 yarramundi st', 'yarramundi st wagga', 'colleen yarramundi str'] },
  },
  {
    customer: { name: 'Udo Kesselring', address: 'Lilienthalstraße 8b, 12047 Berlin' },
    queries: { street: ['lilienthalstr 8b', 'lilienthalstr. berlin kesselring', 'lilienthal 8b'] },
  },
  {
    customer: { name: 'Marge Simmonds', address: '742 Evergreen Tce, Springvale' },
    queries: { street: ['742 evergreen terrace', 'evergreen terr springvale'] },
  },
  {
    customer: { name: 'Niall Horgan', address: 'Unit 3, 210 Captain Cook Hwy, Smithfield' },
    queries: { street: ['captain cook highway 210', 'horgan captain cook'] },
  },

  // Phones in the formats of their countries.
  {
    customer: { name: 'Alma Phonsdorf', phone: '+49 (0) 89 / 54 36 721-0' },
    queries: { phone: ['089 5436721', '0049895436721', '+49 89 5436 7210', '5436721'] },
  },
  {
    customer: { name: 'Barry Ringer', phone: '(03) 9876 0123' },
    queries: { phone: ['0398760123', '+61 3 9876 0123', '98760123', '9876-0123'] },
  },
  {
    customer: { name: 'Chris Dialler', phone: '0412 998 877' },
    queries: { phone: ['+61412998877', '0061 412 998 877', '998877', '412 998'] },
  },
  {
    customer: { name: 'Dora Handy', phone: '0171-9988123' },
    queries: { phone: ['+491719988123', '0171 99 88 123', '88123'] },
  },
  {
    customer: { name: 'Eve Natelle', phone: '+33 6 55 44 33 21' },
    queries: { phone: ['06 55 44 33 21', '0655443321', '443321'] },
  },

  // E-mail addresses.
  {
    customer: { name: 'Office Manager', email: 'reception@whitaker-lumbering.com.au' },
    queries: { email: ['whitaker-lumbering', 'whitaker lumbering', '@whitaker-lumbering.com.au', 'reception@whit'] },
  },
  {
    customer: { name: 'K. Unbekannt', email: 'kuschelbaer_1979@freenet.de' },
    queries: { email: ['kuschelbaer_1979', 'kuschelbär1979', 'kuschelbaer1979@freenet', 'uschelbaer_19'] },
  },
  {
    customer: { name: 'Ola Nordmann', email: 'ola.nordmann+crm@proton.me' },
    queries: { email: ['ola.nordmann+crm@proton.me', 'nordmann+crm', 'ola.nordmann@proton'] },
  },
  {
    customer: { name: 'Purchasing', email: 'buyer@kleinteile24.de' },
    queries: { email: ['kleinteile24', 'buyer kleinteile', 'kleinteile24.de'] },
  },
  {
    customer: { name: 'Tamsin Achterberg', email: 't.achterberg@uni-luebeck.de' },
    queries: { email: ['t.achterberg@uni-lubeck.de', 'achterberg@uni', 'tachterberg'] },
  },

  // What somebody noted, and tags.
  {
    customer: { name: 'Leo Nachtweyh', notes: 'Has two huskies, gate code 4711, ring twice' },
    queries: { notes: ['huskies', 'leo huskies', 'gate code 4711'] },
  },
  {
    customer: { name: 'Pia Vermerk', notes: 'Möchte im Frühjahr den Wintergarten verglasen' },
    queries: { notes: ['wintergarten verglasen', 'fruhjahr verglasen', 'pia wintergarten'] },
  },
  {
    customer: { name: 'Rex Tagger', tags: ['trade fair 2025', 'stammkunde'] },
    queries: { notes: ['stammkunde rex', 'trade fair 2025', 'stammkunde'] },
  },

  // Companies.
  {
    customer: { name: 'Gebrüder Zwickl & Söhne GmbH' },
    queries: { company: ['gebr zwickl', 'zwickl söhne', 'zwickl soehne gmbh'] },
  },
  {
    customer: { name: 'Brindabella Plumbing Pty Ltd' },
    queries: { company: ['brindabella plumbing limited', 'brindabela', 'brindabella pty'] },
  },
  {
    customer: { name: 'AB+C Elektro-Technik OHG' },
    queries: { company: ['elektrotechnik ohg', 'ab+c', 'elektro technik'] },
  },

  // Written last, without a look at what the index does: 94 of 100 were first at first sight.
  { customer: { name: 'Сергей Прокофьев' }, queries: { mixed: ['prokofiev', 'sergei prokofjew', 'prokofyev sergey'] } },
  { customer: { name: 'Мстислав Ростропович' }, queries: { mixed: ['rostropovich', 'rostropowitsch mstislaw'] } },
  { customer: { name: 'Євген Клопотенко' }, queries: { mixed: ['klopotenko yevhen', 'klopotenko'] } },
  { customer: { name: 'Αλέξης Ζορμπάς' }, queries: { mixed: ['zorbas alexis', 'alexis zormpas'] } },
  {
    customer: { name: 'Jürgen Großkreutz' },
    queries: { mixed: ['juergen grosskreutz', 'jurgen großkreuz', 'grosskreuts'] },
  },
  { customer: { name: 'Ana Çalışkan Güneş' }, queries: { mixed: ['ana caliskan gunes', 'caliskan'] } },
  {
    customer: { name: 'Ragnhild Sørensen-Aas' },
    queries: { mixed: ['ragnhild sorensen', 'soerensen aas', 'sorensenaas'] },
  },
  { customer: { name: 'Bernhard Weidenfeller' }, queries: { mixed: ['bernd weidenfeller', 'bernhart waidenfeller'] } },
  { customer: { name: 'Alexandra Krautwurst' }, queries: { mixed: ['sandra krautwurst', 'alex krautwurst'] } },
  { customer: { name: 'Thomas Quasthoffer' }, queries: { mixed: ['tom quasthoffer', 'tommy kwasthoffer'] } },
  {
    customer: { name: 'Katherine Pilkington-Jones' },
    queries: { mixed: ['kate pilkington', 'kathy pilkingtonjones', 'kathrine pilkinton'] },
  },
  { customer: { name: 'Eva Maria Spitzweg' }, queries: { mixed: ['evamaria spitzweg', 'eva-maria', 'spitzwegg eva'] } },
  {
    customer: { name: 'Karlheinz Obermoser' },
    queries: { mixed: ['karl heinz obermoser', 'karl-heinz obermoser', 'obermosser'] },
  },
  {
    customer: { name: 'Ludwig von der Tann' },
    queries: { mixed: ['vondertann ludwig', 'von der tann', 'ludwig tann'] },
  },
  { customer: { name: 'Brendan MacSweeney' }, queries: { mixed: ['mac sweeney', 'mcsweeney brendan', 'macsweeny'] } },
  {
    customer: { name: 'Isabelle Saint-Exupéry' },
    queries: { mixed: ['saint exupery', 'st exupery isabelle', 'saintexupery'] },
  },
  {
    customer: { name: 'Gottlieb Haberstroh', address: 'Konrad-Adenauer-Allee 201, 86150 Augsburg' },
    queries: { mixed: ['konrad adenauer allee 201', 'augsburg haberstroh'] },
  },
  {
    customer: { name: 'Shirley Bassetti', address: '18 Mt Alexander Rd, Flemington VIC 3031' },
    queries: { mixed: ['18 mount alexander road', 'mount alexander flemington', 'bassetti mt alexander'] },
  },
  {
    customer: { name: 'Ronan Keatley', address: '5/77 Beach Pde, Glenelg' },
    queries: { mixed: ['77 beach parade', 'keatley beach parade glenelg'] },
  },
  {
    customer: { name: 'Olaf Rufnummer', phone: '0049 (0)351 / 4 56 78-90' },
    queries: { mixed: ['035145678', '0351 4567890', '+49 351 45678 90'] },
  },
  {
    customer: { name: 'Mae Bell', phone: '+1 (415) 555-0198' },
    queries: { mixed: ['4155550198', '415-555-0198', '555-0198', '001 415 555 0198'] },
  },
  {
    customer: { name: 'Lager Süd', email: 'lager.sued@holzhandel-brettschneider.eu' },
    queries: { mixed: ['brettschneider.eu', 'holzhandel brettschneider', 'lager.süd@holz', 'holzhandel-brett'] },
  },
  {
    customer: { name: 'N. N.', email: 'xx_dragon.slayer88@outlook.com' },
    queries: { mixed: ['dragonslayer88', 'dragon.slayer88', 'dragon slayer'] },
  },
  {
    customer: { name: 'Mia Notizen', notes: 'Allergic to cats; call only after 6pm', tags: ['solar', 'B2B'] },
    queries: { mixed: ['allergic cats', 'mia solar', 'cats 6pm'] },
  },
  {
    customer: { name: 'Schreinerei Holzapfel & Co. KG' },
    queries: { mixed: ['holzapfel schreinerei', 'schreinerei holzapfel kg', 'holzapfl'] },
  },
]
