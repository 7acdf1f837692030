//! The form of a decision: what it says as fields, and fields as what it says.

use super::model::{Decision, Draft, Expected, MOST_EXPECTED, Said, field};
use crate::i18n::{Message, read_date};
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::Form;

/// The fields in the order of the form, but for the rows of what is expected.
pub(super) const FIELDS: [&str; 5] = ["question", "alternatives", "choice", "why", "known-on"];

/// What is expected, as one text, to be put beside another.
pub(super) fn expected_of(form: &Form) -> Vec<(String, String)> {
    let row = |place| (form.text(&field("what", place)).to_owned(), form.text(&field("percent", place)).to_owned());
    (0..MOST_EXPECTED).map(row).filter(|(what, percent)| !what.is_empty() || !percent.is_empty()).collect()
}

/// A decision as the form has it.
pub(super) fn form_of(decision: &Decision, said: Option<&Said>) -> Form {
    let text = |words: fn(&Said) -> &Words| said.map(|said| words(said).as_str().to_owned()).unwrap_or_default();
    let mut fields = vec![
        ("question".to_owned(), text(|said| &said.question)),
        ("alternatives".to_owned(), text(|said| &said.alternatives)),
        ("choice".to_owned(), text(|said| &said.choice)),
        ("why".to_owned(), text(|said| &said.why)),
        ("known-on".to_owned(), decision.known_on.to_string()),
        ("visibility".to_owned(), decision.visibility.code().to_owned()),
    ];
    for (place, expected) in said.iter().flat_map(|said| &said.expected).enumerate() {
        fields.push((field("what", place), expected.what.as_str().to_owned()));
        fields.push((field("percent", place), expected.percent.to_string()));
    }
    Form::new(fields)
}

/// Reads a decision off the form.
pub(super) fn draft_from(form: &Form) -> Result<Draft, Problems> {
    let mut problems = Problems::default();
    let words = |name: &str| Words::typed(form.text(name));
    let mut expected = Vec::new();
    for (what, percent) in expected_of(form) {
        let percent: Option<u32> = percent.trim_end_matches(['%', ' ']).parse().ok();
        if percent.is_none() {
            problems.add(field("percent", expected.len()), Message::new("journal-percent-wrong"));
        }
        expected.push(Expected { what: Words::new(what), percent: percent.unwrap_or(0) });
    }
    let draft = Draft {
        visibility: Visibility::parse(form.text("visibility")).unwrap_or(Visibility::OnlyMe),
        question: words("question"),
        alternatives: words("alternatives"),
        choice: words("choice"),
        expected,
        why: words("why"),
        known_on: read_date(form.text("known-on")),
    };
    match Draft::parse(draft) {
        Ok(draft) => problems.or(draft),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}
