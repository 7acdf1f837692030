//! The lenses that come with the product, from a file beside this one: what to watch for in a meeting or a negotiation, with questions,
//! in both languages. Pure.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::frameworks::model::Text;
use crate::observations::model::Kind;

/// So many of them one can watch for at once.
pub const MOST_LENSES: usize = 3;

/// What to watch for.
#[derive(Clone, Debug, Deserialize)]
pub struct Lens {
    pub key: String,
    /// At what it can be seen.
    pub kinds: Vec<Kind>,
    /// Keys of the executive framework.
    pub competencies: Vec<String>,
    pub name: Text,
    /// Why it is worth watching.
    pub about: Text,
    pub questions: Vec<Text>,
}

#[derive(Deserialize)]
struct Shipped {
    lens: Vec<Lens>,
}

/// A test looks whether the file is sound, so that nobody meets the error: nothing to watch for.
static SHIPPED: LazyLock<Result<Shipped, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("lenses.toml")));

pub fn all() -> &'static [Lens] {
    SHIPPED.as_ref().map_or(&[], |shipped| &shipped.lens)
}

pub fn lens(key: &str) -> Option<&'static Lens> {
    all().iter().find(|lens| lens.key == key)
}

/// Those that can be seen at a sitting of this kind; those of the competency first.
pub fn fitting(kind: Kind, competency: Option<&str>) -> Vec<&'static Lens> {
    let mut fitting: Vec<&Lens> = all().iter().filter(|lens| lens.kinds.contains(&kind)).collect();
    fitting.sort_by_key(|lens| !competency.is_some_and(|key| lens.competencies.iter().any(|of| of == key)));
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn each_lens_asks_in_both_languages_and_is_of_the_framework() {
        let shipped = SHIPPED.as_ref().unwrap();
        let framework = crate::frameworks::shipped().unwrap();
        assert!(shipped.lens.len() >= 10);
        for lens in &shipped.lens {
            assert!(!lens.kinds.is_empty() && (3..=5).contains(&lens.questions.len()), "{}", lens.key);
            assert!(lens.competencies.iter().all(|key| framework.competency(key).is_some()), "{}", lens.key);
            let [es, en] = Lang::ALL.map(|lang| {
                let texts = [&lens.name, &lens.about].into_iter().chain(&lens.questions);
                texts.map(|text| text.told(lang).to_owned()).collect::<Vec<_>>()
            });
            assert!(es.iter().zip(&en).all(|(es, en)| !es.is_empty() && !en.is_empty() && es != en), "{}", lens.key);
        }
        let keys: std::collections::BTreeSet<&str> = all().iter().map(|lens| lens.key.as_str()).collect();
        assert_eq!(keys.len(), all().len());
        for competency in &framework.competencies {
            assert!(all().iter().any(|lens| lens.competencies.contains(&competency.key)), "{}", competency.key);
        }
    }

    #[test]
    fn those_of_the_competency_come_first() {
        let first = fitting(Kind::Negotiation, Some("negotiation"));
        assert_eq!(first[0].key, "anchors");
        assert!(first.iter().all(|lens| lens.kinds.contains(&Kind::Negotiation)));
        assert!(fitting(Kind::Meeting, None).len() >= MOST_LENSES);
        assert!(lens("unsaid").is_some() && lens("nothing").is_none());
    }
}
