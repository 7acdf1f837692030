//! Text made comparable. The engines' collations disagree (`lower()` misses `Á` on SQLite, and on PostgreSQL under C), so
//! what is searched and what is sorted is computed here and stored.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;
use icu_normalizer::DecomposingNormalizerBorrowed;

/// A text as somebody typed it, without what browsers and hurry add: line ends are `\n`, and nothing is blank around it.
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Lower case without accents, white space folded to one blank: `  Álvaro  NÚÑEZ` becomes `alvaro nunez`.
pub fn fold(text: &str) -> String {
    let bare: String = DecomposingNormalizerBorrowed::new_nfkd()
        .normalize_iter(text.chars())
        .filter(|letter| !is_combining(*letter))
        .flat_map(char::to_lowercase)
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes whose order is the Spanish order of the texts (`ñ` after `n`, accents second), on any engine.
pub fn sort_key(text: &str) -> Vec<u8> {
    static SPANISH: LazyLock<Option<CollatorBorrowed<'static>>> =
        LazyLock::new(|| Collator::try_new(CollatorPreferences::from(locale!("es")), CollatorOptions::default()).ok());
    let mut key = Vec::new();
    if let Some(collator) = SPANISH.as_ref() {
        // Writing to a vector cannot fail.
        let _ = collator.write_sort_key_to(text, &mut key);
    } else {
        key.extend_from_slice(fold(text).as_bytes());
    }
    key
}

/// The combining diacritical marks that decomposition leaves behind.
fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_accents_and_blanks() {
        assert_eq!(fold("  Álvaro  NÚÑEZ "), "alvaro nunez");
        assert_eq!(fold("Güell"), "guell");
    }

    #[test]
    fn keys_sort_as_spanish_does() {
        let mut names = ["Zúñiga", "Núñez", "Nuno", "Ñíguez", "Ibáñez", "Íñigo", "Ibarra", "álvarez", "Alonso"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Alonso", "álvarez", "Ibáñez", "Ibarra", "Íñigo", "Nuno", "Núñez", "Ñíguez", "Zúñiga"]);
    }
}
