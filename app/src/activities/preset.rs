//! The plan that comes with the product for each track, from a file beside this one: dated from the start of the mentorship, in the
//! reader's language.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::model::{Kind, Row, When};
use crate::frameworks::Framework;
use crate::frameworks::model::Text;
use crate::i18n::Lang;
use crate::programmes::Track;
use crate::vault::Words;

#[derive(Deserialize)]
struct Presets {
    promotion: Vec<Proposed>,
    degree: Vec<Proposed>,
}

#[derive(Deserialize)]
struct Proposed {
    kind: Kind,
    competency: String,
    week: i32,
    #[serde(default)]
    month: bool,
    what: Text,
    watch: Text,
}

/// A test looks whether the file is sound, so that nobody meets the error: a plan that begins empty.
static PRESETS: LazyLock<Result<Presets, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("presets.toml")));

/// What a plan of this track begins with. What would come after the end comes in its last month; a competency that the framework has
/// not is left to be chosen.
pub fn proposed(track: Track, framework: Option<&Framework>, (start, end): (Date, Date), lang: Lang) -> Vec<Row> {
    let Ok(presets) = PRESETS.as_ref() else { return Vec::new() };
    let rows = match track {
        Track::Promotion => &presets.promotion,
        Track::Degree => &presets.degree,
    };
    let mut proposed: Vec<Row> = rows
        .iter()
        .map(|row| {
            let on = start.saturating_add(Span::new().weeks(row.week));
            let is_known = framework.is_some_and(|framework| framework.competency(&row.competency).is_some());
            Row {
                id: None,
                kind: row.kind,
                competency: is_known.then(|| row.competency.clone()),
                when: When::new(on.min(end), row.month || on > end),
                what: Words::new(row.what.told(lang)),
                watch: Words::new(row.watch.told(lang)),
            }
        })
        .collect();
    // What is meant for a month stands before the days of that month.
    proposed.sort_by_key(|row| row.when.on);
    proposed
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::model::{Way, plan};
    use super::*;

    #[test]
    fn both_tracks_teach_show_and_let_practise_in_both_languages() {
        let framework = crate::frameworks::shipped().unwrap();
        let (start, end) = (date(2027, 2, 1), date(2027, 12, 31));
        for track in [Track::Promotion, Track::Degree] {
            for lang in Lang::ALL {
                let rows = proposed(track, Some(framework), (start, end), lang);
                assert!((8..=12).contains(&rows.len()), "{track:?}");
                assert!(rows.iter().all(|row| row.competency.is_some() && !row.watch.as_str().is_empty()));
                assert!(rows.windows(2).all(|two| two[0].when.on <= two[1].when.on), "in the order of time");
                for way in Way::ALL {
                    assert!(rows.iter().any(|row| row.kind.way() == way), "{track:?} {way:?}");
                }
                let places: Vec<usize> = (0..rows.len()).collect();
                assert!(plan(rows, &places).is_ok());
            }
        }
        let [es, en] = Lang::ALL.map(|lang| proposed(Track::Degree, None, (start, date(2027, 3, 15)), lang));
        assert!(es[0].what != en[0].what && es[0].competency.is_none());
        assert!(es.iter().all(|row| row.when.on <= date(2027, 3, 15)), "nothing comes after the end");
        assert!(es.iter().filter(|row| row.when.on == date(2027, 3, 1)).all(|row| row.when.is_month));
    }
}
