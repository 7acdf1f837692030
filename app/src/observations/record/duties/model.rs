//! The words that somebody reads who heard inside information by mistake. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::i18n::{Lang, Message};
use crate::observations::model::SittingId;

#[derive(Deserialize, Default)]
struct Shipped {
    text: BTreeMap<String, String>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| toml::from_str(include_str!("duties.toml")).unwrap_or_default());

/// The duties and the sanctions, in words of ours.
fn text(lang: Lang) -> &'static str {
    SHIPPED.text.get(lang.code()).map_or("", |text| text.trim())
}

/// The exact words that somebody says to have read.
pub(super) fn exact(name: &str, (number, item, day): (i64, i64, Date), lang: Lang) -> String {
    let about = Message::new("duties-exact-about")
        .with("name", name)
        .with("number", number.to_string())
        .with("item", item.to_string())
        .with("day", lang.date(day));
    [text(lang).to_owned(), lang.tell(&about)].join("\n\n")
}

/// What somebody was told of what they heard.
#[derive(Clone, Debug)]
pub struct Duty {
    pub sitting: SittingId,
    /// The entry that said first that they heard it.
    pub exposure: u32,
    pub item: i64,
    pub number: i64,
    pub starts_at: Timestamp,
    pub zone: String,
    pub withdrawn_at: Option<Timestamp>,
    /// The words that they said to have read, and when.
    pub read: Option<(String, Timestamp)>,
}

impl Duty {
    /// Whether they have still to say that they have read it.
    pub fn is_open(&self) -> bool {
        self.withdrawn_at.is_none() && self.read.is_none()
    }

    /// The day of the sitting, on its own clock.
    pub fn day(&self) -> Date {
        let zone = jiff::tz::TimeZone::get(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        zone.to_datetime(self.starts_at).date()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_words_say_what_binds_and_what_it_costs() {
        for (lang, said) in [
            (
                Lang::Es,
                [
                    "no compres ni vendas",
                    "no lo cuentes",
                    "cinco millones",
                    "prisión",
                    "punto 4 de la sesión 14, del 11 de enero",
                ],
            ),
            (Lang::En, ["do not buy or sell", "do not tell", "five million", "imprisonment", "Lucía"]),
        ] {
            let words = exact("Lucía Ibáñez", (14, 4, date(2027, 1, 11)), lang);
            assert!(said.iter().all(|one| words.contains(one)), "{words}");
            assert!(words.contains("596/2014") && words.contains("2014/57"));
        }
    }
}
