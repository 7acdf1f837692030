//! What an observer signs: the text that ships, what an organisation writes instead, and the exact words with their digest. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::model::{Sitting, Terms, TextId};
use crate::i18n::{Argument, Lang, Message, tidy};
use crate::problems::Problems;

const LONGEST_TEXT: usize = 8000;
/// Nobody promises silence for longer.
const MOST_MONTHS: i64 = 600;
const MOST_DAYS: i64 = 3650;
/// What the shipped text comes with: two years, and notes for ninety days.
pub const PROPOSED: Terms = Terms { text: None, lasts_months: Some(24), notes_days: Some(90) };

#[derive(Deserialize, Default)]
struct Shipped {
    text: BTreeMap<String, String>,
}

static SHIPPED: LazyLock<Shipped> =
    LazyLock::new(|| toml::from_str(include_str!("undertakings.toml")).unwrap_or_default());

/// The text that comes with the product.
pub fn shipped(lang: Lang) -> &'static str {
    SHIPPED.text.get(lang.code()).map_or("", |text| text.trim())
}

/// A text that observers sign. It is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub id: TextId,
    pub number: i64,
    pub es: String,
    pub en: String,
    pub terms: Terms,
    pub written_at: Timestamp,
}

impl Text {
    pub fn told(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }
}

/// Texts in both languages, and for how long they bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    pub es: String,
    pub en: String,
    pub terms: Terms,
}

impl NewText {
    pub fn shipped() -> Self {
        Self { es: shipped(Lang::Es).to_owned(), en: shipped(Lang::En).to_owned(), terms: PROPOSED }
    }

    pub fn parse(es: &str, en: &str, terms: Terms) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let (es, en) = (tidy(es), tidy(en));
        for (field, text) in [("text-es", &es), ("text-en", &en)] {
            if text.is_empty() {
                problems.add(field, Message::new("observations-text-missing"));
            }
            if text.chars().count() > LONGEST_TEXT {
                problems.add(field, Message::new("observations-too-long").with("most", LONGEST_TEXT));
            }
        }
        problems.extend(checked(terms).err().unwrap_or_default());
        problems.or(Self { es, en, terms })
    }
}

/// For how long something binds, if that can be.
pub fn checked(terms: Terms) -> Result<Terms, Problems> {
    let mut problems = Problems::default();
    if terms.lasts_months.is_some_and(|months| !(1..=MOST_MONTHS).contains(&months)) {
        problems.add("lasts", Message::new("observations-lasts-wrong").with("most", MOST_MONTHS));
    }
    if terms.notes_days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        problems.add("notes", Message::new("observations-notes-wrong").with("most", MOST_DAYS));
    }
    problems.or(terms)
}

/// Until when an undertaking binds that is signed for a sitting on a day.
pub fn ends_on(terms: Terms, day: Date) -> Option<Date> {
    let months = terms.lasts_months?;
    Some(day.saturating_add(Span::new().months(months)))
}

/// The day on which the notes of the observation are destroyed.
pub fn notes_until(terms: Terms, day: Date) -> Option<Date> {
    Some(day.saturating_add(terms.notes_days?.days()))
}

/// The exact words that somebody signs, and towards whom: an organisation, and whoever receives.
pub fn exact(text: &Text, (sitting, organisation): (&Sitting, &str), day: Date, name: &str, lang: Lang) -> String {
    let tell = |message: Message| lang.tell(&message);
    let lasts = ends_on(sitting.terms, day).map_or_else(
        || Message::new("observations-exact-forever"),
        |day| Message::new("observations-exact-lasts").with("day", lang.date(day)),
    );
    let notes = notes_until(sitting.terms, day).map_or_else(
        || Message::new("observations-exact-notes-kept"),
        |day| Message::new("observations-exact-notes").with("day", lang.date(day)),
    );
    // Who receives from outside is forgotten after a while; what was signed is not.
    let names_host = sitting.host.person.is_some() && !sitting.host.name.is_empty();
    let key = if names_host { "observations-exact-about" } else { "observations-exact-about-house" };
    let about = Message::new(key)
        .with("name", name)
        .with("number", sitting.number.to_string())
        .with("kind", Argument::from(Message::new(sitting.kind.key())))
        .with("organisation", organisation)
        .with("host", sitting.host.name.as_str())
        .with("day", lang.date(day));
    [text.told(lang).to_owned(), tell(lasts), tell(notes), tell(about)].join("\n\n")
}

pub fn digest(exact: &str) -> Vec<u8> {
    Sha256::digest(exact.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_shipped_text_says_what_may_be_told_and_what_may_not() {
        assert!(
            shipped(Lang::Es).contains("Lo que aprendo es mío") && shipped(Lang::En).contains("What I learn is mine")
        );
        assert!(NewText::parse(shipped(Lang::Es), shipped(Lang::En), PROPOSED).is_ok());
        let wrong = Terms { lasts_months: Some(0), notes_days: Some(-1), ..PROPOSED };
        assert_eq!(NewText::parse("", "x", wrong).unwrap_err().iter().count(), 3);
    }

    #[test]
    fn it_ends_on_a_day_or_never() {
        let day = date(2027, 1, 31);
        assert_eq!(ends_on(PROPOSED, day), Some(date(2029, 1, 31)));
        assert_eq!(ends_on(Terms { lasts_months: Some(1), ..PROPOSED }, day), Some(date(2027, 2, 28)));
        assert_eq!(ends_on(Terms { lasts_months: None, ..PROPOSED }, day), None);
        assert_eq!(notes_until(PROPOSED, day), Some(date(2027, 5, 1)));
    }
}
