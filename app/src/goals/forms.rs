//! The form of a goal: what a goal says as fields, and fields as what a goal says.

use super::model::{Draft, Goal, Kind, Said, Term, Tie, lines};
use crate::i18n::{Lang, Message, read_date};
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::Form;

/// The fields in the order of the form.
pub(super) const FIELDS: [&str; 10] =
    ["statement", "measure", "baseline", "target", "due", "kind", "term", "tie", "parent", "steps"];

/// A goal as the form has it.
pub(super) fn form_of(lang: Lang, goal: &Goal, said: Option<&Said>, steps: &[Words]) -> Form {
    let number = |number: Option<f64>| number.map(|number| lang.value(number)).unwrap_or_default();
    let text = |words: fn(&Said) -> &Words| said.map(|said| words(said).as_str().to_owned()).unwrap_or_default();
    let steps: Vec<&str> = steps.iter().map(Words::as_str).collect();
    let fields = [
        ("statement", text(|said| &said.statement)),
        ("measure", text(|said| &said.measure)),
        ("baseline", number(goal.baseline)),
        ("target", number(goal.target)),
        ("due", goal.due.map(|due| due.to_string()).unwrap_or_default()),
        ("kind", goal.kind.code().to_owned()),
        ("term", goal.term.code().to_owned()),
        ("tie", goal.tie.as_ref().map(Tie::code).unwrap_or_default()),
        ("parent", goal.parent.map(|parent| parent.to_string()).unwrap_or_default()),
        ("steps", steps.join("\n")),
        ("visibility", goal.visibility.code().to_owned()),
    ];
    Form::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A number that somebody typed; none where the field is empty.
pub(super) fn number(lang: Lang, form: &Form, field: &'static str, problems: &mut Problems) -> Option<f64> {
    let text = form.text(field);
    let number = lang.read_value(text);
    if number.is_none() && !text.is_empty() {
        problems.add(field, Message::new("goals-number-wrong"));
    }
    number
}

/// What somebody typed.
pub(super) fn draft_from(lang: Lang, form: &Form) -> Result<Draft, Problems> {
    let mut problems = Problems::default();
    let due = read_date(form.text("due"));
    if due.is_none() && !form.text("due").is_empty() {
        problems.add("due", Message::new("goals-date-wrong"));
    }
    let draft = Draft {
        visibility: Visibility::parse(form.text("visibility")).unwrap_or_default(),
        kind: Kind::parse(form.text("kind")).unwrap_or(Kind::Professional),
        term: Term::parse(form.text("term")).unwrap_or(Term::Short),
        tie: Tie::parse(form.text("tie")),
        parent: form.text("parent").parse().ok().map(super::model::GoalId),
        statement: Words::line(form.text("statement")),
        measure: Words::typed(form.text("measure")),
        baseline: number(lang, form, "baseline", &mut problems),
        target: number(lang, form, "target", &mut problems),
        due,
        steps: lines(form.text("steps")),
    };
    match Draft::parse(draft) {
        Ok(draft) => problems.or(draft),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}
