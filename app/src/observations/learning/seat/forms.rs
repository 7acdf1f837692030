//! What the forms of an observation bring, and what stands in them.

use super::super::model::{Came, Debrief, MOST_STATEMENTS, Prediction, Preparation, Proposal, Saying, Statement};
use crate::activities::model::{Kind as ActivityKind, Reflection, field};
use crate::i18n::{Message, read_date};
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::Form;

/// Says that what was marked is meant.
pub(super) const MEANT: &str = "as-it-is";

fn is_meant(form: &Form) -> bool {
    form.text(MEANT) == "yes"
}

fn visibility(form: &Form) -> Visibility {
    Visibility::parse(form.text("visibility")).unwrap_or_default()
}

pub(super) fn preparation(form: &Form) -> Preparation {
    let lenses = form.all("lens").map(str::to_owned).collect();
    let competency = Some(form.text("competency").to_owned()).filter(|key| !key.is_empty());
    Preparation { competency, lenses }
}

/// Rows in which nothing was typed are none.
pub(super) fn prediction(form: &Form) -> Result<(Prediction, bool), Problems> {
    let mut problems = Problems::default();
    let mut statements = Vec::new();
    for place in 0..MOST_STATEMENTS {
        let (what, percent) = (form.text(&field("what", place)), form.text(&field("percent", place)));
        if what.is_empty() && percent.is_empty() {
            continue;
        }
        let read = percent.trim_end_matches(['%', ' ']).parse::<u32>().ok().filter(|percent| *percent <= 100);
        if what.is_empty() {
            problems.add(field("what", place), Message::new("loops-what-missing"));
        }
        if read.is_none() {
            problems.add(field("percent", place), Message::new("loops-percent-wrong"));
        }
        statements.push(Statement { what: Words::line(what), percent: read.unwrap_or_default() });
    }
    problems.or((Prediction { visibility: visibility(form), statements }, is_meant(form)))
}

/// `lenses` are those that the observer chose, `statements` how many things they predicted.
pub(super) fn debrief(form: &Form, version: i64, lenses: &[String], statements: usize) -> Debrief {
    let words = |name: &str| Words::typed(form.text(name));
    let through = lenses.iter().enumerate();
    let reflection = Reflection {
        visibility: visibility(form),
        through: through.map(|(place, lens)| (lens.clone(), words(&field("through", place)))).collect(),
        seen: words("seen"),
        practise: words("practise"),
        ..Reflection::default()
    };
    let came = (0..statements).map(|place| Came::parse(form.text(&field("came", place)))).collect();
    Debrief { reflection, came, against: words("against"), version, is_meant: is_meant(form) }
}

/// A line, a practice, or both; of a practice nothing need be said.
pub(super) fn saying(form: &Form, version: i64, today: jiff::civil::Date) -> Result<Saying, Problems> {
    let what = Words::line(form.text("what"));
    let is_proposed = !what.as_str().is_empty() || !form.text("kind").is_empty();
    let practice = if is_proposed {
        let (kind, on) = (ActivityKind::parse(form.text("kind")), read_date(form.text("on")));
        Some(Proposal::parse(kind, on, what, today)?)
    } else {
        None
    };
    Ok(Saying { line: Words::typed(form.text("line")), practice, version, is_meant: is_meant(form) })
}
