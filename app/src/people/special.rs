//! Which columns look like special-category data (GDPR, Art. 9, and gender identity, which is treated alike), by heading and
//! by values, in Spanish and English. It errs towards flagging text that people write about themselves, and away from
//! flagging names and what an organisation says of work: a health department, guidance towards results.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::i18n::{Message, fold};
use crate::sheets;

use super::columns::Column;
use super::headings;

/// The kinds of data that Art. 9(1) protects, as far as spreadsheets of people hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialCategory {
    Orientation,
    GenderIdentity,
    Health,
    Belief,
    Union,
    Origin,
    Politics,
    /// Protected characteristics, whichever.
    Identity,
}

impl SpecialCategory {
    pub const ALL: [Self; 8] = [
        Self::Orientation,
        Self::GenderIdentity,
        Self::Health,
        Self::Belief,
        Self::Union,
        Self::Origin,
        Self::Politics,
        Self::Identity,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Orientation => "orientation",
            Self::GenderIdentity => "gender-identity",
            Self::Health => "health",
            Self::Belief => "belief",
            Self::Union => "union",
            Self::Origin => "origin",
            Self::Politics => "politics",
            Self::Identity => "identity",
        }
    }

    pub fn label(self) -> Message {
        Message::new(format!("people-special-{}", self.code()))
    }
}

/// The category that a column looks like, if any. A column whose heading is known for something else (a name, a unit, a
/// competency) is never flagged; a biography and whatever is unknown is judged by its heading and its values.
pub fn looks_special<'a>(heading: &str, values: impl IntoIterator<Item = &'a str>) -> Option<SpecialCategory> {
    match headings::lookup(heading) {
        Some((Column::Biography, _)) => by_values(values),
        Some(_) => None,
        None => by_heading(heading).or_else(|| if is_about_names(heading) { None } else { by_values(values) }),
    }
}

/// Names are no disclosure: somebody may be called Gay, or Christian.
fn is_about_names(heading: &str) -> bool {
    let words = plain_words(heading);
    words.split(' ').any(|word| {
        [
            "apellid",
            "surname",
            "nombre",
            "name",
            "jefe",
            "jefa",
            "manager",
            "assistant",
            "asistente",
            "secretari",
            "contact",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    })
}

fn by_heading(heading: &str) -> Option<SpecialCategory> {
    let words = headings::words(heading);
    if let Some((_, category)) = EXACT_HEADINGS.iter().find(|(exact, _)| headings::words(exact) == words) {
        return Some(*category);
    }
    let mut words = format!(" {words} ");
    for benign in BENIGN_HEADINGS {
        words = words.replace(&format!(" {} ", headings::words(benign)), " ");
    }
    HEADING_TERMS.find(words.trim())
}

/// One disclosure is enough where the words admit no other sense; words that do must fill half of the column.
fn by_values<'a>(values: impl IntoIterator<Item = &'a str>) -> Option<SpecialCategory> {
    let mut seen: HashSet<&str> = HashSet::new();
    let (mut filled, mut doubtful): (usize, HashMap<SpecialCategory, usize>) = (0, HashMap::new());
    for value in values {
        if value.trim().is_empty() {
            continue;
        }
        filled += 1;
        if let Some(category) = if seen.insert(value) { disclosed(value) } else { None } {
            return Some(category);
        }
        for category in doubtful_in(value) {
            *doubtful.entry(category).or_default() += 1;
        }
    }
    let most = doubtful.into_iter().max_by_key(|(category, count)| (*count, std::cmp::Reverse(*category)))?;
    (most.1 >= 2 && most.1 * 2 >= filled).then_some(most.0)
}

/// Above that many bytes a value is a text.
const LONGEST_LIST: usize = 80;

/// What a value says for certain, as an item on its own or within a text.
fn disclosed(value: &str) -> Option<SpecialCategory> {
    let by_item = items_of(value).find_map(|item| ITEMS.get(plain_words(&item).as_str()).copied());
    by_item.or_else(|| DISCLOSURES.find(&plain_words(value))).or_else(|| {
        let named = plain_words(value).split(' ').any(|word| word == "gay") && !only_as_a_name(value, "gay");
        named.then_some(SpecialCategory::Orientation)
    })
}

fn doubtful_in(value: &str) -> HashSet<SpecialCategory> {
    items_of(value).filter_map(|item| DOUBTFUL_ITEMS.get(plain_words(&item).as_str()).copied()).collect()
}

/// The items of a value that is a list; commas in a longer text part something else.
fn items_of(value: &str) -> impl Iterator<Item = String> {
    let items = if value.len() <= LONGEST_LIST { sheets::list(value) } else { Vec::new() };
    items.into_iter()
}

/// Whether a word stands only beside other capitalised words and not after a verb: `Peter Gay`, but not `I am Gay.`
fn only_as_a_name(text: &str, word: &str) -> bool {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let capital = |index: usize| words.get(index).is_some_and(|word| word.starts_with(char::is_uppercase));
    words.iter().enumerate().filter(|(_, found)| fold(found) == word).all(|(index, found)| {
        let before = index.checked_sub(1);
        let after_verb = before.is_some_and(|before| BEFORE_A_TRAIT.contains(&fold(words[before]).as_str()));
        let beside_a_name = before.is_some_and(capital) || capital(index + 1);
        found.starts_with(char::is_uppercase) && beside_a_name && !after_verb
    })
}

const BEFORE_A_TRAIT: [&str; 17] = [
    "is",
    "are",
    "am",
    "m",
    "be",
    "being",
    "as",
    "openly",
    "identify",
    "soy",
    "es",
    "ser",
    "como",
    "abiertamente",
    "a",
    "un",
    "una",
];

/// Folded words and nothing else.
fn plain_words(text: &str) -> String {
    let bare: String = fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Phrases to look for among words. A word that ends with `*` stands for all that begin so.
struct Phrases {
    by_first: HashMap<&'static str, Vec<usize>>,
    by_stem: Vec<(&'static str, usize)>,
    all: Vec<(Vec<&'static str>, SpecialCategory)>,
}

impl Phrases {
    fn new(groups: &[(SpecialCategory, &'static [&'static str])]) -> Self {
        let mut built = Self { by_first: HashMap::new(), by_stem: Vec::new(), all: Vec::new() };
        for (category, phrases) in groups {
            for phrase in *phrases {
                let words: Vec<&str> = phrase.split(' ').collect();
                let Some(first) = words.first() else { continue };
                let index = built.all.len();
                match first.strip_suffix('*') {
                    Some(stem) => built.by_stem.push((stem, index)),
                    None => built.by_first.entry(first).or_default().push(index),
                }
                built.all.push((words, *category));
            }
        }
        built
    }

    fn find(&self, words: &str) -> Option<SpecialCategory> {
        let words: Vec<&str> = words.split(' ').collect();
        (0..words.len()).find_map(|at| {
            let first = words[at];
            let whole = self.by_first.get(first).into_iter().flatten().copied();
            let stems = self.by_stem.iter().filter(|(stem, _)| first.starts_with(stem)).map(|(_, index)| *index);
            whole
                .chain(stems)
                .map(|index| &self.all[index])
                .find(|(phrase, _)| stands_at(phrase, &words[at..]))
                .map(|(_, category)| *category)
        })
    }
}

fn stands_at(phrase: &[&str], words: &[&str]) -> bool {
    phrase.len() <= words.len()
        && phrase.iter().zip(words).all(|(wanted, word)| match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => wanted == word,
        })
}

use SpecialCategory::{Belief, GenderIdentity, Health, Identity, Orientation, Origin, Politics, Union};

/// Headings that mean it when they stand alone.
#[rustfmt::skip]
const EXACT_HEADINGS: &[(&str, SpecialCategory)] = &[
    ("orientación", Orientation), ("orientation", Orientation), ("sex life", Orientation), ("origen", Origin), ("origin", Origin), ("raza", Origin), ("race", Origin),
    ("union", Union), ("unión", Union), ("fe", Belief), ("faith", Belief), ("culto", Belief), ("diversidad", Identity), ("diversity", Identity), ("voto", Politics),
    ("partido", Politics), ("politics", Politics), ("party", Politics), ("heritage", Origin),
];

/// What is taken out of a heading before it is judged.
#[rustfmt::skip]
const BENIGN_HEADINGS: &[&str] = &[
    "health and safety", "seguridad y salud", "salud y seguridad", "departamento de salud", "department of health", "health department", "ministerio de salud", "consejería de salud",
    "área de salud", "servicio de salud", "sector salud", "health sector", "public health", "salud pública", "salud financiera", "financial health", "salud organizacional",
    "documento de identidad", "número de identidad", "documento nacional de identidad", "tarjeta de identidad", "identity document", "identity number", "identity card", "identity provider", "digital identity",
    "identidad digital", "identidad corporativa", "identidad de marca", "corporate identity", "brand identity", "identity management", "gestión de identidad", "gestión de identidades",
    "medical department", "departamento médico", "unión europea", "european union", "credit union", "race to zero", "political science", "ciencias políticas", "raza de",
];

#[rustfmt::skip]
static HEADING_TERMS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&[
    (Orientation, &["orientacion sexual", "sexual orientation", "orientacion afectivo*", "sexualid*", "sexuality", "vida sexual", "lgb*", "lgtb*", "homosexual*", "bisexual*", "gay", "lesbian*"]),
    (GenderIdentity, &["identidad genero", "gender identity", "identidad sexual", "transg*", "transex*", "trans", "sex assigned*", "sexo asignado*", "expresion genero", "gender expression"]),
    (Identity, &["identity", "identities", "identidad*", "protected characteristic*", "caracteristica* protegida*", "caracteristica* personal*", "personal characteristic*", "diversity group*", "diversity characteristic*", "grupo* vulnerable*", "colectivo* vulnerable*"]),
    (Health, &[
        "salud", "health", "disabilit*", "disabled", "discapaci*", "minusval*", "diversidad funcional", "enfermedad*", "illness*", "disease*", "medical", "medic*", "diagnos*", "alergia*", "allerg*", "neurodiver*",
        "embaraz*", "pregnan*", "reasonable adjustment*", "workplace adjustment*", "ajuste* razonable*", "adaptacion* puesto", "sick leave", "baja medica", "blood type", "grupo sanguineo", "necesidades especiales", "special needs",
        "access needs", "accessibility needs", "necesidades accesibilidad", "dietary*", "intolerancia*", "vacuna*", "vaccin*",
    ]),
    (Belief, &["religi*", "creencia*", "belief*", "confesion religiosa", "conviccion*", "philosophical*"]),
    (Union, &["sindica*", "sindicato*", "trade union*", "labor union*", "labour union*", "union member*", "union affiliation", "union rep*", "afiliacion sindical"]),
    (Origin, &["etni*", "ethnic*", "racial*", "race ethnic*", "skin colo*", "color piel", "ascendencia", "ancestry", "minoria*", "minorit*", "origen racial", "grupo etnico", "tribe", "tribu"]),
    (Politics, &["partido politic*", "political", "politically", "afiliacion politica", "ideolog*", "opinion* politic*", "tendencia politica", "orientacion politica", "party membership", "party affiliation", "militancia"]),
]));

/// What says something of a person wherever it stands in a text.
#[rustfmt::skip]
static DISCLOSURES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&[
    (Orientation, &["gays", "lesbian*", "bisexual*", "pansexual*", "asexual*", "aromantic*", "arromantic*", "queer*", "homosexual*", "heterosexual*", "lgb*", "lgtb*",
        "same sex marriage", "same sex partner", "same sex couple*", "matrimonio homosexual", "matrimonio igualitario con", "casad* con otro hombre", "casada con otra mujer", "pareja del mismo sexo", "orgullo gay",
    ]),
    (GenderIdentity, &[
        "transgender*", "transgenero*", "transexual*", "transsexual*", "non binary", "nonbinary", "no binari*", "gender fluid", "genderfluid", "genero fluido", "cisgender*", "cisgenero*", "genderqueer", "agender", "agenero", "intersex*",
        "trans woman", "trans women", "trans man", "trans men", "trans person", "trans people", "mujer trans", "mujeres trans", "hombre trans", "persona* trans", "soy trans", "i am trans", "i m trans", "is are trans",
    ]),
    (Health, &[
        "my disabilit*", "a disabilit*", "with disabilit*", "have disabilit*", "has disabilit*", "hidden disabilit*", "disabled person", "disabled people", "disabled colleague*", "i am disabled", "i m disabled", "is are disabled", "as disabled",
        "persona* con discapacidad*", "persona discapacitada", "tengo discapacidad", "tiene discapacidad", "tengo una discapacidad", "tiene una discapacidad", "una discapacidad", "mi discapacidad", "grado de discapacidad", "certificado de discapacidad", "discapacidad del", "soy discapacitad*",
        "health condition*", "chronic illness*", "chronic condition*", "chronic disease*", "enfermedad cronica", "enfermedades cronicas", "mi enfermedad", "my illness", "diagnosed with", "diagnosticad*", "mental illness*",
        "neurodivergen*", "autistic*", "autista*", "adhd", "tdah", "dyslexi*", "dislexi*", "dislexic*", "dyspraxi*", "dispraxia", "wheelchair", "silla de ruedas", "vih", "hiv", "seropositiv*", "i am pregnant", "i m pregnant",
        "estoy embarazada", "cancer survivor", "superviviente de cancer", "hard of hearing", "hearing impair*", "visually impair*", "vision impair*", "discapacidad visual", "discapacidad auditiva", "discapacidad fisica", "discapacidad psiquica", "discapacidad intelectual",
        "i am deaf", "i am blind", "soy sord*", "soy cieg*", "minusvalia",
        "i have diabetes", "my diabetes", "tengo diabetes", "mi diabetes", "soy diabetic*", "i am diabetic", "living with diabetes", "tengo asma", "i have asthma", "i have epilepsy", "tengo epilepsia", "soy epileptic*", "i have cancer", "my cancer", "tengo cancer", "mi cancer",
        "tuve cancer", "i had cancer", "my breast cancer", "had breast cancer", "tuve cancer de mama", "i have depression", "my depression", "tengo depresion", "mi depresion", "sufro depresion", "i have anxiety", "my anxiety", "tengo ansiedad", "mi ansiedad", "esclerosis multiple", "multiple sclerosis",
        "fibromialgia", "fibromyalgia", "endometriosis", "bipolar disorder", "trastorno bipolar", "soy bipolar", "i am bipolar", "esquizofreni*", "schizophreni*", "parkinson s disease", "enfermedad de parkinson", "my parkinson*", "mi parkinson", "enfermedad de crohn", "crohn s disease", "soy celiac*", "i am coeliac", "i am celiac", "sindrome de asperger", "asperger*",
        "on sick leave", "long term sick*", "sick leave for", "de baja medica", "baja por enfermedad", "baja por depresion", "baja por ansiedad", "estuve de baja por", "tengo una incapacidad", "mi incapacidad", "baja por embarazo", "in recovery from", "burnout diagnos*", "miembro de la once", "afiliad* a la once",
    ]),
    (Belief, &[
        "my religion", "my faith", "mi religion", "mi fe", "mis creencias", "my beliefs", "soy catolic*", "soy cristian*", "soy musulman*", "soy judi*", "soy evangelic*", "soy protestante", "soy budista", "soy ate*", "soy agnostic*", "soy creyente", "soy testigo",
        "i am catholic", "i am a catholic", "i am christian", "i am a christian", "i am muslim", "i am a muslim", "i am jewish", "i am a jew", "i am hindu", "i am a hindu", "i am sikh", "i am a sikh", "i am buddhist", "i am a buddhist", "i am an atheist", "i am atheist",
        "i m catholic", "i m a catholic", "i m christian", "i m a christian", "i m muslim", "i m a muslim", "i m jewish", "i m hindu", "i m sikh", "is are christian", "is are muslim", "is are jewish", "is are hindu", "is are sikh", "is are catholic", "is are buddhist",
        "practising christian*", "practising muslim*", "practising catholic*", "practising jew*", "catolic* practicante", "musulman* practicante", "testigo de jehova", "testigos de jehova",
    ]),
    (Union, &[
        "trade union member*", "trade union rep*", "trade unionist*", "union member*", "union rep*", "union steward*", "shop steward*", "member of a union", "member of a trade union", "member of the union", "member of unison", "member of unite", "member of gmb", "member of pcs",
        "sindicalista*", "delegad* sindical*", "representante* sindical*", "enlace sindical", "liberad* sindical*", "miembro del sindicato", "miembro de un sindicato", "miembro de ccoo", "miembro de ugt", "afiliad* a ccoo", "afiliad* a ugt", "afiliad* a csif", "afiliad* a uso",
        "afiliad* a cgt", "afiliad* a un sindicato", "afiliad* al sindicato", "afiliacion sindical",
    ]),
    (Origin, &[
        "ethnic minorit*", "minoria etnica", "minorias etnicas", "ethnic background", "ethnic origin", "origen etnico", "person of colour", "person of color", "people of colour", "people of color", "woman of colour", "woman of color", "man of colour", "man of color", "persona* de color",
        "afrodescendiente*", "afro caribbean", "african american", "of african descent", "raza negra", "etnia gitana", "pueblo gitano", "soy gitan*", "mixed race", "black british", "british asian", "bame", "mi etnia", "my ethnicity", "my race", "i am black", "i am asian", "is are black", "is are asian",
    ]),
    (Politics, &[
        "militante del", "militante de un partido", "militante de izquierda*", "militante de vox", "militante de podemos", "afiliad* al pp", "afiliad* al psoe", "afiliad* al partido", "afiliad* a un partido", "afiliad* a vox", "miembro del partido", "miembro de un partido", "party member",
        "member of the labour party", "member of the conservative party", "member of the liberal democrat*", "member of the green party", "member of a political party", "labour party member", "conservative party member", "my political*", "mis ideas politicas",
    ]),
]));

/// What says it for certain when it is a whole item, folded.
#[rustfmt::skip]
static ITEMS: LazyLock<HashMap<&'static str, SpecialCategory>> = LazyLock::new(|| by_item(&[
    (Orientation, &["gay", "hetero", "bi", "straight heterosexual", "bi pan"]),
    (GenderIdentity, &["trans", "transgender", "no binario", "non binary", "nb"]),
    (Health, &["discapacidad", "disability", "disabled", "discapacitado", "discapacitada", "autismo", "autism", "neurodivergent", "neurodiverse", "deaf", "sordo", "sorda", "sordera", "ceguera", "blindness", "hiv", "vih", "long term health condition", "mental health condition", "mental health"]),
    (Belief, &[
        "musulman", "musulmana", "muslim", "judio", "judia", "jewish", "catolico", "catolica", "catholic", "roman catholic", "protestante", "protestant", "evangelico", "evangelica", "evangelical", "budista", "buddhist", "hindu", "hinduista", "sikh", "ateo", "atea", "atheist", "agnostico", "agnostica",
        "agnostic", "testigo de jehova", "no religion", "sin religion", "mormon", "quaker", "anglican", "church of england", "orthodox christian", "islamico", "islamica", "catolicismo", "cristianismo", "christianity", "judaismo", "judaism", "hinduism", "buddhism",
    ]),
    (Origin, &[
        "white british", "white irish", "white other", "black african", "black caribbean", "black british", "asian british", "british asian", "british indian", "british pakistani", "mixed race", "gitano", "gitana", "romani", "roma gitano", "caucasian", "caucasico", "caucasica", "mestizo", "mestiza", "afrodescendiente", "afro caribbean",
        "ethnic minority", "minoria etnica", "african american", "raza blanca", "raza negra", "mixed ethnicity", "any other white background", "bame", "asiatico", "asiatica", "magrebi",
    ]),
]));

/// What has other senses too, so that it must fill half of a column: parties, unions, words of colour, ailments.
#[rustfmt::skip]
static DOUBTFUL_ITEMS: LazyLock<HashMap<&'static str, SpecialCategory>> = LazyLock::new(|| by_item(&[
    (Orientation, &["straight"]),
    (Belief, &["christian", "cristiano", "cristiana", "islam", "jew", "pagan", "spiritual", "ninguna religion"]),
    (Union, &["ccoo", "cc oo", "ugt", "csif", "uso", "cgt", "cnt", "ela", "lab", "cig", "unison", "unite", "gmb", "pcs", "prospect", "fda", "usdaw"]),
    (Origin, &["black", "white", "asian", "latino", "latina", "hispanic", "hispano", "hispana", "mixed", "negro", "negra", "blanco", "blanca", "arab", "arabe", "african", "africano", "africana"]),
    (Politics, &["psoe", "pp", "vox", "sumar", "podemos", "pnv", "erc", "bildu", "eh bildu", "junts", "bng", "labour", "conservative", "tory", "lib dem", "liberal democrat", "green party", "snp", "reform uk", "izquierda", "derecha", "left wing", "right wing", "progresista", "conservador", "conservadora"]),
    (Health, &["diabetes", "asthma", "asma", "depression", "depresion", "anxiety", "ansiedad", "epilepsy", "epilepsia", "cancer", "celiac", "celiaco", "celiaca", "blind", "ciego", "ciega"]),
]));

fn by_item(groups: &[(SpecialCategory, &[&'static str])]) -> HashMap<&'static str, SpecialCategory> {
    groups.iter().flat_map(|(category, items)| items.iter().map(|item| (*item, *category))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flagged(heading: &str, values: &[&str]) -> Option<SpecialCategory> {
        looks_special(heading, values.iter().copied())
    }

    #[test]
    fn headings_that_mean_it() {
        for (heading, category) in [
            ("Orientación", Orientation),
            ("Orientación sexual", Orientation),
            ("Sexual orientation", Orientation),
            ("¿Perteneces al colectivo LGTBIQ+?", Orientation),
            ("Identidad de género", GenderIdentity),
            ("gender identity", GenderIdentity),
            ("identity to match", Identity),
            ("match with similar identity", Identity),
            ("Salud", Health),
            ("Health conditions", Health),
            ("Discapacidad (%)", Health),
            ("Reasonable adjustments", Health),
            ("Religión", Belief),
            ("Religion or belief", Belief),
            ("Afiliación sindical", Union),
            ("Trade union membership", Union),
            ("Union", Union),
            ("Origen étnico", Origin),
            ("Ethnicity", Origin),
            ("Origin", Origin),
            ("Partido político", Politics),
            ("Political opinions", Politics),
        ] {
            assert_eq!(flagged(heading, &[]), Some(category), "{heading}");
        }
    }

    #[test]
    fn headings_that_only_sound_like_it() {
        for heading in [
            "Orientación a resultados",
            "Orientación al cliente",
            "Customer orientation",
            "Departamento de Salud",
            "Health and safety training",
            "Seguridad y salud",
            "Centro de origen",
            "Ciudad de origen",
            "Origin office",
            "Documento de identidad",
            "Corporate identity",
            "Unión Europea (experiencia)",
            "Política de calidad",
            "Apellidos",
            "Nombre",
            "Participación",
            "Fecha de alta",
            "Trace id",
        ] {
            assert_eq!(flagged(heading, &["x"]), None, "{heading}");
        }
    }

    #[test]
    fn values_that_disclose() {
        for (heading, value, category) in [
            ("characteristics", "Bisexual or pansexual", Orientation),
            ("characteristics", "Gay", Orientation),
            ("Observaciones", "transgénero, lesbiana", GenderIdentity),
            ("notes", "Transgender", GenderIdentity),
            ("biography", "I work in policy. My characteristics is/are Gay. ", Orientation),
            ("Biografía", "Trabajo en compras. Soy gay y madrileño.", Orientation),
            ("bio", "Peter Gay's biographer; I am Gay.", Orientation),
            ("Biografía", "Tengo una discapacidad del 33 %.", Health),
            ("Presentación", "Delegada sindical desde 2010", Union),
            ("Bio", "After a year on sick leave I came back to lead the unit.", Health),
            ("Biografía", "Estuve de baja por depresión y volví con otra mirada.", Health),
            ("Biografía", "Convivo con la esclerosis múltiple desde 2015.", Health),
            ("Bio", "I have diabetes and run marathons.", Health),
            ("Biografía", "Vivo con mi pareja del mismo sexo y dos hijas.", Orientation),
            ("Bio", "Our same-sex marriage was the first in the county.", Orientation),
            ("About me", "A practising Catholic and mother of two", Belief),
            ("Sobre mí", "Orgulloso de ser de etnia gitana", Origin),
            ("Comentarios", "Militante del partido desde joven", Politics),
            ("x", "White British", Origin),
        ] {
            assert_eq!(flagged(heading, &["", "nothing to see", value]), Some(category), "{heading}: {value}");
        }
    }

    #[test]
    fn values_that_disclose_nothing() {
        for (heading, value) in [
            ("Biografía", "Dirijo el Departamento de Salud Pública; orientación a resultados."),
            ("Biography", "I lead health policy and the union of two teams. Trans-European networks."),
            ("Bio", "Worked with Peter Gay on the origin of the enterprise."),
            (
                "Biography",
                "I have led programmes on growth, inclusion, disability, mental health, and the reform of pensions.",
            ),
            ("Notas", "Cristian y Blanca, de la unión temporal de empresas"),
            ("Notas", "Políticas públicas, creencias del cliente, raza de perros"),
            ("Primer apellido", "Gay"),
            ("Buddy name", "Christian"),
            ("name", "Peter Gay"),
            ("address", "gay@example.org"),
            ("Unit", "Disability policy"),
            ("Competencias", "Salud mental:4; Orientación a resultados:3"),
            ("Competencies", "Disability confident"),
            ("Asignatura", "Religión"),
        ] {
            assert_eq!(flagged(heading, &[value]), None, "{heading}: {value}");
        }
    }

    #[test]
    fn doubtful_words_must_fill_half_of_a_column() {
        assert_eq!(flagged("x", &["Black", "White", "Asian", ""]), Some(Origin));
        assert_eq!(flagged("Favourite colour", &["Black", "Blue", "Red", "White", "Green"]), None);
        assert_eq!(flagged("Client", &["UGT"]), None);
        assert_eq!(flagged("x", &["UGT", "CCOO", "CSIF", "—"]), Some(Union));
    }
}
