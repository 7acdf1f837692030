//! What cells say in words: roles, yes and no, languages, levels of competencies, zones.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::tz::TimeZone;

use crate::i18n::fold;
use crate::sheets;

use super::model::{CompetencyLevel, Roles};

/// Folded words and nothing else.
fn plain(text: &str) -> String {
    let bare: String = fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What somebody is here for, or nothing if the words are unknown. An empty cell is no role.
pub(super) fn roles(text: &str) -> Option<Roles> {
    let words = plain(text);
    if let Some(roles) = one_role(&words) {
        return Some(roles);
    }
    let parts = words.split(' ').filter(|word| !matches!(*word, "y" | "e" | "and" | "a" | "o" | "as" | "os"));
    let mut both = Roles::default();
    for part in parts {
        let one = one_role(part)?;
        both = Roles { mentor: both.mentor | one.mentor, mentee: both.mentee | one.mentee };
    }
    Some(both)
}

fn one_role(words: &str) -> Option<Roles> {
    let (mentor, mentee) = match words {
        "" | "none" | "ninguno" | "ninguna" => (false, false),
        "mentor" | "mentora" | "mentores" | "mentoras" | "mentors" => (true, false),
        "mentee" | "mentees" | "mentorizado" | "mentorizada" | "mentorizados" | "mentorizadas" | "mentorando"
        | "mentoranda" | "telemaco" | "telemaca" | "telemacos" | "mentorado" | "mentorada" | "protege" | "protegee"
        | "mentoree" | "pupilo" | "pupila" | "aprendiz" | "alumno" | "alumna" | "student" => (false, true),
        "both" | "ambos" | "ambas" | "los dos" | "las dos" | "both roles" | "ambos roles" => (true, true),
        _ => return None,
    };
    Some(Roles { mentor, mentee })
}

/// An answer to a question; an empty cell is a no.
pub(super) fn yes(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "si" | "s" | "yes" | "y" | "true" | "verdadero" | "1" | "x" => Some(true),
        "" | "no" | "n" | "false" | "falso" | "0" => Some(text.contains(['✓', '✔', '☑', '✅'])),
        _ => None,
    }
}

/// The items of a cell of languages: also parted by `y`, `and`, `/`, `+`.
pub(super) fn language_items(cell: &str) -> Vec<String> {
    let parted =
        [" y ", " e ", " and ", "/", "+", " & "].iter().fold(cell.to_owned(), |text, mark| text.replace(mark, ","));
    sheets::list(&parted)
}

/// The primary subtag of a language by its name in Spanish, English or itself, or by its tag: `Inglés (C1)` is `en`.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let words = plain(text);
    let known = |name: &str| LANGUAGES_BY_NAME.get(name).copied();
    known(&words).or_else(|| {
        let without_level: Vec<&str> = words.split(' ').filter(|word| !LEVELS.contains(word)).collect();
        known(&without_level.join(" ")).or_else(|| tagged(text).as_deref().and_then(known))
    })
}

/// `es-ES`, `pt_BR`: the tag before the region.
fn tagged(text: &str) -> Option<String> {
    let (tag, region) = text.trim().split_once(['-', '_'])?;
    let is_tag = (2..=3).contains(&tag.len()) && (2..=4).contains(&region.len());
    is_tag.then(|| tag.to_ascii_lowercase())
}

/// How well a language is spoken, which is not kept.
#[rustfmt::skip]
const LEVELS: &[&str] = &[
    "a1", "a2", "b1", "b2", "c1", "c2", "nativo", "nativa", "native", "bilingue", "bilingual", "materna", "alto", "alta", "medio", "media", "bajo", "baja", "avanzado", "avanzada", "advanced",
    "intermedio", "intermediate", "basico", "basica", "basic", "fluido", "fluida", "fluent", "nivel", "level", "mother", "tongue", "lengua", "speaker", "profesional", "professional", "working",
];

static LANGUAGES_BY_NAME: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let names = LANGUAGES.iter().flat_map(|(tag, names)| names.iter().map(|name| (*name, *tag)));
    names.chain(LANGUAGES.iter().map(|(tag, _)| (*tag, *tag))).collect()
});

/// Folded names in Spanish, in English and in the language itself, and the three letters of ISO 639-2.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &[&str])] = &[
    ("es", &["espanol", "castellano", "spanish", "castilian", "spa"]), ("en", &["ingles", "english", "eng"]), ("fr", &["frances", "french", "francais", "fra", "fre"]),
    ("de", &["aleman", "german", "deutsch", "deu", "ger"]), ("it", &["italiano", "italian", "ita"]), ("pt", &["portugues", "portuguese", "por"]), ("ca", &["catalan", "catala", "cat", "valenciano", "valencian", "valencia"]),
    ("eu", &["euskera", "vasco", "vascuence", "basque", "euskara", "eus"]), ("gl", &["gallego", "galician", "galego", "glg"]), ("oc", &["occitano", "occitan", "aranes", "aranese"]), ("ast", &["asturiano", "bable", "asturian", "asturianu"]),
    ("an", &["aragones", "aragonese"]), ("nl", &["neerlandes", "holandes", "dutch", "nederlands", "nld", "flamenco", "flemish"]), ("sv", &["sueco", "swedish", "svenska", "swe"]), ("no", &["noruego", "norwegian", "norsk", "nor", "nb", "nn"]),
    ("da", &["danes", "danish", "dansk", "dan"]), ("fi", &["fines", "finlandes", "finnish", "suomi", "fin"]), ("is", &["islandes", "icelandic"]), ("ga", &["irlandes", "irish", "gaeilge"]), ("cy", &["gales", "welsh", "cymraeg"]),
    ("gd", &["gaelico escoces", "scottish gaelic"]), ("pl", &["polaco", "polish", "polski", "pol"]), ("cs", &["checo", "czech", "cestina"]), ("sk", &["eslovaco", "slovak"]), ("sl", &["esloveno", "slovenian", "slovene"]),
    ("hr", &["croata", "croatian"]), ("sr", &["serbio", "serbian"]), ("bs", &["bosnio", "bosnian"]), ("mk", &["macedonio", "macedonian"]), ("bg", &["bulgaro", "bulgarian"]), ("ro", &["rumano", "romanian", "romana", "ron"]),
    ("hu", &["hungaro", "hungarian", "magyar", "hun"]), ("el", &["griego", "greek", "ell"]), ("sq", &["albanes", "albanian"]), ("lt", &["lituano", "lithuanian"]), ("lv", &["leton", "latvian"]), ("et", &["estonio", "estonian"]),
    ("mt", &["maltes", "maltese"]), ("ru", &["ruso", "russian", "русскии", "rus"]), ("uk", &["ucraniano", "ukrainian", "ukr"]), ("be", &["bielorruso", "belarusian"]), ("tr", &["turco", "turkish", "turkce", "tur"]),
    ("ar", &["arabe", "arabic", "ara"]), ("he", &["hebreo", "hebrew", "heb"]), ("fa", &["persa", "farsi", "persian"]), ("ur", &["urdu"]), ("hi", &["hindi", "hin"]), ("bn", &["bengali"]), ("pa", &["punyabi", "punjabi", "panjabi"]), ("gu", &["gujarati"]),
    ("ta", &["tamil"]), ("te", &["telugu"]), ("mr", &["marati", "marathi"]), ("zh", &["chino", "chinese", "mandarin", "chino mandarin", "mandarin chinese", "zho"]), ("yue", &["cantones", "cantonese"]), ("ja", &["japones", "japanese", "jpn"]),
    ("ko", &["coreano", "korean", "kor"]), ("vi", &["vietnamita", "vietnamese"]), ("th", &["tailandes", "thai"]), ("id", &["indonesio", "indonesian"]), ("ms", &["malayo", "malay"]), ("tl", &["tagalo", "tagalog", "filipino"]), ("sw", &["suajili", "swahili"]),
    ("am", &["amharico", "amharic"]), ("so", &["somali"]), ("yo", &["yoruba"]), ("ig", &["igbo"]), ("ha", &["hausa"]), ("zu", &["zulu"]), ("af", &["afrikaans"]), ("ber", &["bereber", "berber", "amazigh", "tamazight"]), ("wo", &["wolof"]),
    ("qu", &["quechua"]), ("gn", &["guarani"]), ("ay", &["aimara", "aymara"]), ("nah", &["nahuatl"]), ("hy", &["armenio", "armenian"]), ("ka", &["georgiano", "georgian"]), ("kk", &["kazajo", "kazakh"]), ("la", &["latin"]), ("eo", &["esperanto"]),
    ("lb", &["luxemburgues", "luxembourgish"]), ("ne", &["nepali", "nepalese"]), ("si", &["cingales", "sinhala"]),
    ("ssp", &["lengua de signos espanola", "lse", "spanish sign language"]), ("bfi", &["british sign language", "bsl", "lengua de signos britanica"]), ("ase", &["american sign language", "asl"]),
];

/// Why an item is no competency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoCompetency {
    Nameless,
    Outside { name: String, level: u64 },
}

/// `Negociación:4`, `Negociación (4)`, `Negociación 4`, or `Negociación` alone. A bare number of two digits or more
/// belongs to the name: `Excel 365`.
pub(super) fn competency(item: &str) -> Result<CompetencyLevel, NoCompetency> {
    let item = item.trim();
    let (name, level) = with_mark(item).or_else(|| with_bare_number(item)).unwrap_or((item, None));
    let name = name.trim().trim_end_matches([':', '=', '-', '–']).trim();
    if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoCompetency::Nameless);
    }
    match level {
        None => Ok(CompetencyLevel { name: name.to_owned(), level: None }),
        Some(level) => match u8::try_from(level) {
            Ok(level @ 1..=5) => Ok(CompetencyLevel { name: name.to_owned(), level: Some(level) }),
            _ => Err(NoCompetency::Outside { name: name.to_owned(), level }),
        },
    }
}

/// A number behind a colon or an equals sign, or in brackets.
fn with_mark(item: &str) -> Option<(&str, Option<u64>)> {
    let (name, level) = match item.strip_suffix([')', ']']) {
        Some(open) => open.rsplit_once(['(', '['])?,
        None => item.rsplit_once([':', '='])?,
    };
    let level = level.trim().trim_end_matches("/5").trim();
    // A number too long to hold is outside of the levels like any other.
    let digits = !level.is_empty() && level.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| (name, Some(level.parse().unwrap_or(u64::MAX))))
}

fn with_bare_number(item: &str) -> Option<(&str, Option<u64>)> {
    let (name, level) = item.rsplit_once(char::is_whitespace)?;
    let digit = level.len() == 1 && level.bytes().all(|byte| byte.is_ascii_digit());
    digit.then(|| (name, level.parse().ok()))
}

/// The zone of the IANA database by that name, in its own spelling.
pub(super) fn zone(text: &str) -> Option<String> {
    let text = text.trim().replace(' ', "_");
    let zone = TimeZone::get(&text).ok()?;
    zone.iana_name().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str) -> Option<(bool, bool)> {
        roles(text).map(|roles| (roles.mentor, roles.mentee))
    }

    #[test]
    fn roles_in_words() {
        for text in ["mentor", "Mentora", "MENTORES", "Mentor/a"] {
            assert_eq!(has(text), Some((true, false)), "{text}");
        }
        for text in ["mentee", "Mentorizado/a", "telémaco", "mentoranda"] {
            assert_eq!(has(text), Some((false, true)), "{text}");
        }
        for text in ["both", "Ambos", "mentor y mentee", "Mentor/Mentee", "mentor, telémaco", "mentora and mentee"] {
            assert_eq!(has(text), Some((true, true)), "{text}");
        }
        assert_eq!(has(""), Some((false, false)));
        assert_eq!(has("Director"), None);
    }

    #[test]
    fn answers() {
        assert_eq!(["Sí", "si", "YES", "x", "1", "✓", "VERDADERO"].map(yes), [Some(true); 7]);
        assert_eq!(["no", "", "N", "false", "-", "0"].map(yes), [Some(false); 6]);
        assert_eq!(yes("quizá"), None);
    }

    #[test]
    fn languages_by_name_and_tag() {
        let read = |cell: &str| language_items(cell).iter().map(|item| language(item)).collect::<Vec<_>>();
        assert_eq!(read("Español, francés; English|euskera"), [Some("es"), Some("fr"), Some("en"), Some("eu")]);
        assert_eq!(read("español e inglés (C1)"), [Some("es"), Some("en")]);
        assert_eq!(read("es-ES / pt_BR"), [Some("es"), Some("pt")]);
        assert_eq!(read("Inglés nivel alto, Catalan native, klingon"), [Some("en"), Some("ca"), None]);
        assert_eq!(read("ES"), [Some("es")]);
    }

    #[test]
    fn competencies_with_levels() {
        let read = |item: &str| competency(item).map(|competency| (competency.name, competency.level));
        for item in [
            "Negociación:4",
            "Negociación (4)",
            "Negociación 4",
            "Negociación : 4",
            "Negociación [4]",
            "Negociación=4/5",
        ] {
            assert_eq!(read(item), Ok(("Negociación".into(), Some(4))), "{item}");
        }
        assert_eq!(read("Oratoria"), Ok(("Oratoria".into(), None)));
        assert_eq!(read("Excel 365"), Ok(("Excel 365".into(), None)));
        assert_eq!(read("Finanzas (NIIF)"), Ok(("Finanzas (NIIF)".into(), None)));
        assert_eq!(read("Oratoria: 6"), Err(NoCompetency::Outside { name: "Oratoria".into(), level: 6 }));
        assert_eq!(read("Oratoria 0"), Err(NoCompetency::Outside { name: "Oratoria".into(), level: 0 }));
        assert_eq!(read(":4"), Err(NoCompetency::Nameless));
        assert_eq!(read("5"), Err(NoCompetency::Nameless));
    }

    #[test]
    fn zones_in_their_own_spelling() {
        assert_eq!(zone("europe/madrid").as_deref(), Some("Europe/Madrid"));
        assert_eq!(zone("America/Argentina/Buenos Aires").as_deref(), Some("America/Argentina/Buenos_Aires"));
        assert_eq!(zone("Marte"), None);
    }
}
