//! The form of a plan: many rows, one save.

use super::model::{ActivityId, Kind, Row, When, field, plan};
use crate::i18n::tidy;
use crate::i18n::{Message, read_date};
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::Form;

/// So many empty rows stand below what is written.
pub(super) const SPARE: usize = 3;

/// A row as the form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FormRow {
    pub id: String,
    pub kind: String,
    pub competency: String,
    pub on: String,
    pub is_month: bool,
    pub what: String,
    pub watch: String,
    pub is_dropped: bool,
}

impl FormRow {
    pub(super) fn of(row: &Row) -> Self {
        Self {
            id: row.id.map(|id| id.to_string()).unwrap_or_default(),
            kind: row.kind.code().to_owned(),
            competency: row.competency.clone().unwrap_or_default(),
            on: row.when.on.to_string(),
            is_month: row.when.is_month,
            what: row.what.as_str().to_owned(),
            watch: row.watch.as_str().to_owned(),
            is_dropped: false,
        }
    }

    /// The row of an empty line, or of one that is not wanted.
    fn is_none(&self) -> bool {
        let is_empty = self.what.is_empty() && self.watch.is_empty() && self.on.is_empty();
        self.is_dropped || self.id.is_empty() && is_empty
    }

    /// What the plan says of the same row in other words.
    pub(super) fn differs(&self, now: &Self) -> bool {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let fields = |row: &Self| {
            (
                row.kind.clone(),
                row.competency.clone(),
                row.on.clone(),
                row.is_month,
                lines(&row.what),
                lines(&row.watch),
            )
        };
        fields(self) != fields(now)
    }
}

/// More rows than any plan has are no form of ours.
const MOST_ROWS: usize = 200;

pub(super) fn rows_of(form: &Form) -> Vec<FormRow> {
    let count = form.text("rows").parse::<usize>().unwrap_or(0).min(MOST_ROWS);
    let rows = (0..count).map(|row| {
        let text = |name: &str| form.text(&field(name, row)).to_owned();
        FormRow {
            id: text("id"),
            kind: text("kind"),
            competency: text("competency"),
            on: text("on"),
            is_month: form.has(&field("month", row)),
            what: tidy(&text("what")),
            watch: tidy(&text("watch")),
            is_dropped: form.has(&field("drop", row)),
        }
    });
    rows.collect()
}

/// What somebody typed, row by row; empty and dropped rows are none.
pub(super) fn plan_from(rows: &[FormRow]) -> Result<Vec<Row>, Problems> {
    let mut problems = Problems::default();
    let (mut read, mut places) = (Vec::new(), Vec::new());
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_none()) {
        let on = read_date(&row.on);
        if on.is_none() {
            problems.add(field("on", place), Message::new("activities-date-missing"));
        }
        places.push(place);
        read.push(Row {
            id: row.id.parse().ok().map(ActivityId),
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Teaching),
            competency: Some(row.competency.clone()).filter(|key| !key.is_empty()),
            when: When::new(on.unwrap_or_default(), row.is_month),
            what: Words::new(row.what.replace('\n', " ")),
            watch: Words::new(row.watch.clone()),
        });
    }
    match plan(read, &places) {
        Ok(rows) => problems.or(rows),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_dropped_rows_are_none() {
        let row = |what: &str, on: &str| FormRow { what: what.to_owned(), on: on.to_owned(), ..FormRow::default() };
        let dropped = FormRow { is_dropped: true, ..row("Fuera", "2027-03-01") };
        let read = plan_from(&[row("", ""), dropped, row("Leer", "1/3/2027")]).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(FormRow::of(&read[0]).on, "2027-03-01");
        let problems = plan_from(&[row("", ""), row("Leer", ""), row("", "2027-03-01")]).unwrap_err();
        assert!(problems.of("on-1").next().is_some() && problems.of("what-2").next().is_some());
    }
}
