import type { Random } from './random.ts'

/** Raw material for believable people of one language. */
export interface Locale {
  readonly given: readonly string[]
  readonly family: readonly string[]
  readonly streets: readonly string[]
  /** Town with its postcode pattern: `#` is a digit. */
  readonly towns: readonly (readonly [town: string, postcode: string])[]
  readonly country: string
  /** Order of street and number. */
  readonly numberFirst: boolean
  /** Patterns of phone numbers: `#` is a digit. */
  readonly phones: readonly string[]
  readonly mail: readonly string[]
  /** Endings of firms: `Müller GmbH`. */
  readonly firms: readonly string[]
}

const words = (text: string): readonly string[] => text.split('|')

export const LOCALES = {
  australia: {
    given: words(
      'Jack|Charlotte|Noah|Amelia|Liam|Isla|Cooper|Matilda|Ethan|Ruby|Lachlan|Zoe|Thi Mai|Hamish|Priya|Kirra|Angus|Georgia|Xavier|Bronwyn',
    ),
    family: words(
      "Nguyen|Smith|O'Brien|Campbell|Taylor|Singh|Walker|McKenzie|Robinson|Patel|Kelly|Harris|Papadopoulos|White|Anderson|D'Angelo|Chen|Ryan|Murphy|Baker",
    ),
    streets: words(
      'Station St|Victoria Rd|Banksia Ave|Wattle Cres|King William St|Harbour Esplanade|Jacaranda Dr|Church St|Mill Park Ln|Coral Sea Blvd',
    ),
    towns: [
      ['Sydney NSW', '20##'],
      ['Melbourne VIC', '30##'],
      ['Brisbane QLD', '40##'],
      ['Geelong VIC', '32##'],
      ['Wagga Wagga NSW', '265#'],
      ['Fremantle WA', '616#'],
      ['Hobart TAS', '70##'],
    ],
    country: 'Australia',
    numberFirst: true,
    phones: ['04## ### ###', '(02) 9### ####', '+61 3 9### ####', '+61 4## ### ###'],
    mail: words('gmail.com|bigpond.com|outlook.com|optusnet.com.au|icloud.com'),
    firms: words('Pty Ltd|Builders|Homes|Roofing'),
  },
  germany: {
    given: words(
      'Jürgen|Anna|Björn|Käthe|Lukas|Heike|Sören|Ursula|Matthias|Jörg|Mia|Günther|Leonie|Thorsten|Franziska|Ömer|Annegret|Fritz|Bärbel|Jannik',
    ),
    family: words(
      'Müller|Schröder|Weiß|Köhler|Schäfer|Groß|Böhm|Krüger|Jäger|Lütke|Hoffmann|Maier|Meyer|Vogt|von Bülow|Strauß|Özdemir|Neumann|Bräuer|Schmidt',
    ),
    streets: words(
      'Hauptstraße|Gartenstr.|Am Mühlbach|Goethestraße|Lindenallee|Königsweg|Rüdesheimer Straße|Bahnhofstr.|An der Kirche|Schloßplatz',
    ),
    towns: [
      ['München', '80###'],
      ['Köln', '50###'],
      ['Nürnberg', '90###'],
      ['Düsseldorf', '40###'],
      ['Gießen', '35###'],
      ['Lübeck', '23###'],
      ['Görlitz', '02826'],
    ],
    country: 'Germany',
    numberFirst: false,
    phones: ['0151 ########', '+49 89 ######', '0221/######', '+49 (0)911 #####-##'],
    mail: words('gmx.de|web.de|t-online.de|gmail.com|posteo.de'),
    firms: words('GmbH|Bau GmbH & Co. KG|Holzbau|Zimmerei'),
  },
  britain: {
    given: words(
      'Harry|Poppy|Alfie|Siobhán|Rhys|Florence|Mohammed|Imogen|Callum|Aoife|Nigel|Beatrice|Gareth|Niamh|Kwame|Rosalind|Tariq|Eleanor|Fergus|Cerys',
    ),
    family: words(
      'Jones|Williams|Ó Súilleabháin|Fitzgerald|Hussain|Thompson|Clarke|MacLeod|Bailey|Llewellyn|Adeyemi|Khan|Whitfield|Davies|Featherstone|Shaw|Begum|Wright|Cooper|Hughes',
    ),
    streets: words(
      'High Street|Station Road|The Crescent|Mill Lane|Church View|Albert Terrace|Castle Hill|Orchard Way|St James’s Gardens|Quayside',
    ),
    towns: [
      ['London', 'SE# #AB'],
      ['Leeds', 'LS## #QT'],
      ['Cardiff', 'CF## #DY'],
      ['Glasgow', 'G## #XL'],
      ['Bath', 'BA# #NE'],
      ['Whitby', 'YO## #JH'],
    ],
    country: 'United Kingdom',
    numberFirst: true,
    phones: ['07### ######', '020 7### ####', '+44 7### ######', '01### ######'],
    mail: words('gmail.com|btinternet.com|outlook.com|hotmail.co.uk|sky.com'),
    firms: words('Ltd|& Sons|Interiors|Joinery Ltd'),
  },
  france: {
    given: words(
      'Chloé|Léo|Zoé|Hélène|François|Noémie|Jean-Luc|Anaïs|Gaël|Benoît|Océane|Théo|Margaux|Raphaël|Inès|Loïc|Amélie|Éric|Mathéo|Solène',
    ),
    family: words(
      'Lefèvre|Dubois|Moreau|Girard|Lemaître|Fontaine|Béranger|Rousseau|Chevalier|Gauthier|Le Goff|Perrin|Besançon|d’Aubigné|Marchand|Faure|Hébert|Noël|Guérin|Benali',
    ),
    streets: words(
      'rue de la République|avenue Jean Jaurès|boulevard Gambetta|rue des Écoles|chemin du Moulin|place de l’Église|rue Saint-Honoré|quai des Brumes|impasse des Lilas|cours Mirabeau',
    ),
    towns: [
      ['Paris', '750##'],
      ['Lyon', '6900#'],
      ['Besançon', '25000'],
      ['Saint-Étienne', '42###'],
      ['Nîmes', '30###'],
      ['Orléans', '45###'],
    ],
    country: 'France',
    numberFirst: true,
    phones: ['06 ## ## ## ##', '+33 6 ## ## ## ##', '01 4# ## ## ##'],
    mail: words('orange.fr|free.fr|gmail.com|laposte.net|wanadoo.fr'),
    firms: words('SARL|et Fils|Bâtiment|Décoration'),
  },
  spain: {
    given: words(
      'José|María|Íñigo|Begoña|Álvaro|Lucía|Jesús|Nuria|Ángel|Inés|Joaquín|Sofía|Andrés|Concepción|Óscar|Montserrat|Raúl|Belén|Martín|Noelia',
    ),
    family: words(
      'García|Muñoz|Fernández López|Ibáñez|Peña|Gutiérrez|Núñez|Díaz|Castaño|Jiménez|Rodríguez|Martínez Ruiz|Sáez|Ybarra|Vázquez|Domínguez|Cañete|Ortuño|Marín|Béjar',
    ),
    streets: words(
      'Calle Mayor|Avenida de la Constitución|Paseo de Gracia|Plaza de España|Calle del Río|Camino Viejo|Ronda de Atocha|Calle Cervantes',
    ),
    towns: [
      ['Madrid', '280##'],
      ['Málaga', '290##'],
      ['Cádiz', '1100#'],
      ['A Coruña', '1500#'],
      ['Logroño', '2600#'],
      ['Almería', '0400#'],
    ],
    country: 'Spain',
    numberFirst: false,
    phones: ['6## ### ###', '+34 6## ## ## ##', '91 ### ## ##'],
    mail: words('gmail.com|hotmail.es|telefonica.net|yahoo.es'),
    firms: words('S.L.|Hermanos S.L.|Reformas'),
  },
  poland: {
    given: words(
      'Łukasz|Małgorzata|Paweł|Żaneta|Krzysztof|Agnieszka|Bartłomiej|Elżbieta|Michał|Zofia|Stanisław|Joanna|Przemysław|Kinga|Grzegorz|Świętosława',
    ),
    family: words(
      'Kowalski|Wiśniewska|Wójcik|Kamiński|Zieliński|Dąbrowski|Szczęsny|Źrebiec|Pawłowska|Gołąb|Żak|Krawczyk|Brzęczyszczykiewicz|Łuczak|Sikora|Ostrowski',
    ),
    streets: words(
      'ul. Długa|ul. Słowackiego|al. Jerozolimskie|ul. Żeromskiego|ul. Kościuszki|os. Złotego Wieku|ul. Świętokrzyska',
    ),
    towns: [
      ['Łódź', '90-###'],
      ['Kraków', '30-###'],
      ['Wrocław', '50-###'],
      ['Gdańsk', '80-###'],
      ['Poznań', '60-###'],
    ],
    country: 'Poland',
    numberFirst: false,
    phones: ['5## ### ###', '+48 6## ### ###', '22 ### ## ##'],
    mail: words('wp.pl|onet.pl|gmail.com|interia.pl'),
    firms: words('Sp. z o.o.|Budownictwo|i Synowie'),
  },
  turkey: {
    given: words('Çağla|İbrahim|Ayşe|Şule|Ömer|Gülşen|Mehmet|Işıl|Uğur|Nilüfer|Barış|Özge|İrem|Kağan|Yiğit|Zeynep'),
    family: words('Yılmaz|Çelik|Şahin|Öztürk|Kılıç|Aydın|Güneş|Doğan|Işık|Koç|Ünal|Çakır|Ağaoğlu|Bozdağ'),
    streets: words('Atatürk Caddesi|İstiklal Cad.|Gül Sokağı|Çınar Sok.|Bağdat Caddesi|Şair Eşref Bulvarı'),
    towns: [
      ['İstanbul', '34###'],
      ['İzmir', '35###'],
      ['Eskişehir', '26###'],
      ['Muğla', '48###'],
      ['Şanlıurfa', '63###'],
    ],
    country: 'Türkiye',
    numberFirst: false,
    phones: ['05## ### ## ##', '+90 5## ### ## ##', '0212 ### ## ##'],
    mail: words('gmail.com|hotmail.com|mynet.com|outlook.com.tr'),
    firms: words('Ltd. Şti.|İnşaat A.Ş.|Yapı'),
  },
  ukraine: {
    given: words('Олена|Андрій|Юлія|Сергій|Наталія|Тарас|Ірина|Богдан|Світлана|Євген'),
    family: words('Шевченко|Коваленко|Бондаренко|Ткачук|Мельник|Кравець|Поліщук|Гриценко|Іваненко|Щербак'),
    streets: words('вул. Хрещатик|вул. Лесі Українки|просп. Перемоги|вул. Садова'),
    towns: [
      ['Київ', '01###'],
      ['Львів', '79###'],
      ['Одеса', '65###'],
    ],
    country: 'Україна',
    numberFirst: false,
    phones: ['+380 67 ### ## ##', '050 ### ## ##'],
    mail: words('ukr.net|gmail.com|i.ua'),
    firms: words('ТОВ|Буд'),
  },
  greece: {
    given: words('Γιώργος|Μαρία|Δημήτρης|Ελένη|Νίκος|Χρυσάνθη|Θεόδωρος|Άννα|Ιωάννα|Σπύρος'),
    family: words('Παπαδόπουλος|Οικονόμου|Γεωργίου|Αντωνίου|Νικολάου|Βασιλείου|Χατζής|Μακρή|Δήμου|Ξένος'),
    streets: words('Ερμού|Λεωφόρος Συγγρού|Αγίου Δημητρίου|Τσιμισκή'),
    towns: [
      ['Αθήνα', '10# ##'],
      ['Θεσσαλονίκη', '54# ##'],
      ['Πάτρα', '26# ##'],
    ],
    country: 'Ελλάδα',
    numberFirst: false,
    phones: ['69# ### ####', '+30 210 ### ####'],
    mail: words('gmail.com|yahoo.gr|otenet.gr'),
    firms: words('Α.Ε.|& Υιοί'),
  },
} as const satisfies Record<string, Locale>

/** Which languages a company's customers speak, as weights. */
export type LocaleMix = readonly (readonly [locale: Locale, weight: number])[]

export const NORTHBUILD_MIX: LocaleMix = [
  [LOCALES.australia, 45],
  [LOCALES.germany, 25],
  [LOCALES.britain, 6],
  [LOCALES.turkey, 6],
  [LOCALES.poland, 5],
  [LOCALES.greece, 4],
  [LOCALES.france, 3],
  [LOCALES.spain, 3],
  [LOCALES.ukraine, 3],
]

export const HARBOUR_VALE_MIX: LocaleMix = [
  [LOCALES.britain, 50],
  [LOCALES.france, 20],
  [LOCALES.spain, 10],
  [LOCALES.poland, 10],
  [LOCALES.germany, 5],
  [LOCALES.ukraine, 5],
]

/** A language, by weight. */
export function pickLocale(random: Random, mix: LocaleMix): Locale {
  const total = mix.reduce((sum, [, weight]) => sum + weight, 0)
  let at = random.next() * total
  for (const [locale, weight] of mix) {
    at -= weight
    if (at < 0) return locale
  }
  return LOCALES.australia
}
