//! The figure of loops: for each competency how many observations took place and how many of them were closed, with the numbers as a
//! table.

use super::model::Tally;
use crate::frameworks::Framework;
use crate::i18n::Message;
use crate::web::Shell;
use crate::web::figures::{Bars, TwoBars, two_bars};

/// So many competencies are drawn; the table has all.
const DRAWN: usize = 8;

/// The name of a competency, or what is said where there is none.
pub(super) fn named(s: &Shell, framework: Option<&Framework>, key: Option<&str>) -> String {
    let Some(key) = key else { return s.t("loops-no-competency") };
    let named = framework.and_then(|framework| framework.competency(key));
    named.map_or_else(|| key.to_owned(), |competency| competency.name.told(s.lang).to_owned())
}

/// The sentence that says it: of how many observations how many loops are closed.
pub(super) fn finding(s: &Shell, tallies: &[Tally]) -> String {
    let sum = |of: fn(&Tally) -> u64| -> i64 { count(tallies.iter().map(of).sum()) };
    let (observed, closed) = (sum(|tally| tally.observed), sum(|tally| tally.closed));
    s.tell(&Message::new("loops-finding").with("observed", observed).with("closed", closed))
}

/// Nothing while nothing took place.
pub(super) fn figure(s: &Shell, framework: Option<&Framework>, tallies: &[Tally]) -> Option<String> {
    if tallies.is_empty() {
        return None;
    }
    let caption = finding(s, tallies);
    let bars: Vec<Bars> = tallies
        .iter()
        .map(|tally| Bars {
            label: named(s, framework, tally.competency.as_deref()),
            numbers: [tally.observed, tally.closed],
            texts: [tally.observed, tally.closed].map(|number| s.lang.number(count(number))),
        })
        .collect();
    let told: Vec<String> =
        bars.iter().map(|bars| format!("{}: {} / {}", bars.label, bars.texts[0], bars.texts[1])).collect();
    Some(two_bars(&TwoBars {
        alternative: s.with("loops-figure-alternative", "rows", told.join("; ")),
        caption,
        rows_are: s.t("loops-competency"),
        bars_are: [s.t("loops-figure-observed"), s.t("loops-figure-closed")],
        bars,
        whole: None,
        table_title: s.t("loops-figure-table"),
        drawn: DRAWN,
        not_all: s.tell(&Message::new("loops-figure-not-all").with("count", DRAWN)),
    }))
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
