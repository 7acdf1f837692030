//! Words by which figures, dates and names are told from what is none, folded: no capitals, no accents.

/// Parts of names that stand in other names, and in sentences.
pub(super) const PARTICLES: &[&str] =
    &["del", "las", "los", "san", "santa", "van", "von", "der", "den", "dos", "das", "mac"];

pub(super) const TITLES: &[&str] = &[
    "sr", "sra", "srta", "sres", "don", "dona", "dr", "dra", "prof", "ing", "lic", "mr", "mrs", "ms", "miss", "sir",
    "lord", "lady", "madam", "messrs",
];

/// Their point ends no sentence.
pub(super) const SHORTENED: &[&str] =
    &["sr", "sra", "srta", "sres", "dr", "dra", "prof", "ing", "lic", "mr", "mrs", "ms", "messrs"];

/// After these a letter is no initial: plan B.
pub(super) const LETTERED: &[&str] =
    &["plan", "opcion", "option", "anexo", "annex", "clase", "class", "tipo", "type", "serie", "series", "punto"];

pub(super) const MONTHS: &[&str] = &[
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const DAYS: &[&str] = &[
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Capitalised wherever they stand, and nobody's name.
pub(super) const HARMLESS: &[&str] = &[
    "i",
    "im",
    "id",
    "ill",
    "ive",
    "ok",
    "spanish",
    "english",
    "french",
    "german",
    "italian",
    "portuguese",
    "chinese",
    "european",
    "europe",
    "europa",
    "american",
    "british",
    "latin",
    "internet",
    "web",
    "excel",
    "powerpoint",
    "zoom",
    "teams",
    "ceo",
    "cfo",
    "coo",
    "cto",
    "cio",
    "chro",
    "hr",
    "rrhh",
    "rh",
    "it",
    "ti",
    "kpi",
    "kpis",
    "okr",
    "roi",
    "batna",
    "maan",
    "zopa",
    "swot",
    "dafo",
    "mba",
    "pyme",
    "pymes",
    "sme",
    "smes",
    "ue",
    "eu",
    "uk",
    "usa",
    "eeuu",
    "aob",
    "faq",
    "pdf",
    "b2b",
    "b2c",
    "mapan",
    "esg",
];

/// Parts of an organisation, which are written with a capital and are nobody.
pub(super) const BODIES: &[&str] = &[
    "consejo",
    "comite",
    "direccion",
    "general",
    "administracion",
    "presidencia",
    "secretaria",
    "junta",
    "comision",
    "departamento",
    "finanzas",
    "ventas",
    "compras",
    "operaciones",
    "marketing",
    "recursos",
    "humanos",
    "empresa",
    "grupo",
    "estado",
    "gobierno",
    "board",
    "committee",
    "council",
    "management",
    "department",
    "finance",
    "sales",
    "purchasing",
    "operations",
    "legal",
    "human",
    "resources",
    "company",
    "chair",
    "state",
    "government",
];

/// Words that begin a sentence before a name and are none themselves.
pub(super) const OPENERS: &[&str] = &[
    "a", "al", "ante", "aunque", "como", "con", "cuando", "de", "del", "desde", "despues", "donde", "e", "el", "ella",
    "en", "entonces", "entre", "esta", "este", "hasta", "la", "las", "lo", "los", "luego", "mas", "mi", "mientras",
    "ni", "no", "o", "para", "pero", "por", "porque", "que", "quien", "se", "segun", "si", "sin", "sobre", "solo",
    "su", "tambien", "tras", "un", "una", "y", "ya", "after", "and", "at", "before", "both", "but", "for", "from",
    "he", "if", "in", "of", "on", "she", "so", "the", "then", "to", "when", "while", "with",
];

pub(super) const UNITS: &[&str] = &[
    "euro", "euros", "eur", "dolar", "dolares", "dollar", "dollars", "usd", "libra", "libras", "pound", "pounds",
    "gbp", "peso", "pesos", "franco", "francos", "chf", "mxn", "cop", "clp", "mil", "millon", "millones", "billon",
    "billones", "thousand", "million", "millions", "billion", "billions", "bn", "k", "hundred",
];

/// Figures only where a unit follows: alone they are turns of phrase.
pub(super) const SMALL: &[&str] = &[
    "un", "una", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "once", "medio", "media",
    "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "half", "cada",
    "unos", "unas", "varios", "several", "some", "few",
];

/// Those of them that are no number at all, and never make one.
pub(super) const VAGUE: &[&str] = &["cada", "unos", "unas", "varios", "several", "some", "few", "media"];

pub(super) const LARGE: &[&str] = &[
    "diez",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
    "cien",
    "ciento",
    "doscientos",
    "doscientas",
    "trescientos",
    "trescientas",
    "cuatrocientos",
    "quinientos",
    "quinientas",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/// What the product itself numbers: an item has no other name.
pub(super) const NUMBERED: &[&str] = &[
    "punto", "puntos", "item", "items", "sesion", "session", "sitting", "lente", "lens", "paso", "step", "ronda",
    "round", "fase", "phase", "pregunta",
];
