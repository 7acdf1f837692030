//! The framework that comes with the product, from a file beside this one.

use std::sync::LazyLock;

use super::model::Framework;

/// Its name in paths, and in the records of whoever took it over.
pub const EXECUTIVE: &str = "executive";

static SHIPPED: LazyLock<Result<Framework, String>> = LazyLock::new(|| {
    let document = toml::from_str(include_str!("executive.toml")).map_err(|error| error.to_string())?;
    Framework::parse(document).map_err(|problems| format!("{problems:?}"))
});

/// The framework for executives. A test looks whether the file is sound, so that nobody meets the error.
pub fn shipped() -> anyhow::Result<&'static Framework> {
    SHIPPED.as_ref().map_err(|error| anyhow::anyhow!("executive.toml: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn the_shipped_framework_says_everything_in_both_languages() {
        let framework = shipped().unwrap();
        assert!((10..=12).contains(&framework.competencies.len()));
        let heading = [&framework.name, &framework.source];
        let texts = framework.competencies.iter().flat_map(|competency| [&competency.name, &competency.what]);
        for text in heading.into_iter().chain(&framework.levels).chain(texts) {
            assert!(Lang::ALL.iter().all(|lang| !text.written(*lang).is_empty()), "{text:?}");
        }
        for competency in &framework.competencies {
            for (level, behaviours) in competency.behaviours.iter().enumerate() {
                let [es, en] = Lang::ALL.map(|lang| behaviours.written(lang));
                assert!((2..=3).contains(&es.len()), "{} {}", competency.key, level + 1);
                assert_eq!(es.len(), en.len(), "{} {}", competency.key, level + 1);
                for line in es.iter().chain(en) {
                    assert!(line.ends_with('.') && line.starts_with(char::is_uppercase), "{line}");
                }
            }
        }
    }

    /// What is the same at two levels distinguishes nothing.
    #[test]
    fn no_behaviour_stands_twice() {
        let framework = shipped().unwrap();
        for lang in Lang::ALL {
            let mut seen = std::collections::BTreeSet::new();
            let lines = framework.competencies.iter().flat_map(|competency| &competency.behaviours);
            for line in lines.flat_map(|lines| lines.written(lang)) {
                assert!(seen.insert(line), "{line}");
            }
        }
    }
}
