//! Forms about a framework: what their fields are called, what stands in them, and how they are read.

use super::model::{Competency, Draft, Framework, Heading, LEVEL_FIELDS, Lines, Text};
use crate::i18n::Lang;
use crate::web::Form;

/// A field of a pair: `name-es`.
pub(super) fn field(name: &str, lang: Lang) -> String {
    format!("{name}-{}", lang.code())
}

pub(super) fn heading(form: &Form) -> Heading {
    Heading {
        name: both(form, "name"),
        source: both(form, "source"),
        levels: LEVEL_FIELDS.map(|name| both(form, name)),
    }
}

pub(super) fn draft(form: &Form) -> Draft {
    Draft { name: both(form, "name"), what: both(form, "what"), behaviours: LEVEL_FIELDS.map(|name| both(form, name)) }
}

fn both(form: &Form, name: &str) -> [String; 2] {
    Lang::ALL.map(|lang| form.text(&field(name, lang)).to_owned())
}

pub(super) fn form_of_heading(content: &Framework) -> Form {
    let mut fields = Vec::new();
    text(&mut fields, "name", &content.name);
    for (name, level) in LEVEL_FIELDS.into_iter().zip(&content.levels) {
        text(&mut fields, name, level);
    }
    text(&mut fields, "source", &content.source);
    Form::new(fields)
}

pub(super) fn form_of_competency(competency: &Competency) -> Form {
    let mut fields = Vec::new();
    text(&mut fields, "name", &competency.name);
    text(&mut fields, "what", &competency.what);
    for (name, behaviours) in LEVEL_FIELDS.into_iter().zip(&competency.behaviours) {
        lines(&mut fields, name, behaviours);
    }
    Form::new(fields)
}

fn text(fields: &mut Vec<(String, String)>, name: &str, text: &Text) {
    fields.extend(Lang::ALL.map(|lang| (field(name, lang), text.written(lang).to_owned())));
}

fn lines(fields: &mut Vec<(String, String)>, name: &str, lines: &Lines) {
    fields.extend(Lang::ALL.map(|lang| (field(name, lang), lines.written(lang).join("\n"))));
}
