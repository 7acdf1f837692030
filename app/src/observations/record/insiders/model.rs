//! Columns and lines of the list of insiders. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::i18n::{Argument, Lang, Message, tidy};
use crate::identity::PersonId;
use crate::observations::model::SittingId;
use crate::observations::record::events::Cause;
use crate::problems::Problems;

/// So many columns a list has at most.
pub const MOST_COLUMNS: usize = 40;
const LONGEST_NAME: usize = 160;
const LONGEST_VALUE: usize = 400;

/// Where the value of a column comes from until somebody types another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "InsiderSource")]
pub enum Source {
    Section,
    Created,
    Updated,
    FirstNames,
    Surnames,
    Company,
    Reason,
    Obtained,
    Left,
    Typed,
}

impl Source {
    pub const ALL: [Self; 10] = [
        Self::Typed,
        Self::Section,
        Self::Created,
        Self::Updated,
        Self::FirstNames,
        Self::Surnames,
        Self::Company,
        Self::Reason,
        Self::Obtained,
        Self::Left,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::FirstNames => "first-names",
            Self::Surnames => "surnames",
            Self::Company => "company",
            Self::Reason => "reason",
            Self::Obtained => "obtained",
            Self::Left => "left",
            Self::Typed => "typed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }

    pub fn key(self) -> String {
        format!("records-source-{}", self.code())
    }

    /// Whether nobody may type another value: it follows from the record.
    pub fn is_of_the_record(self) -> bool {
        matches!(self, Self::Updated | Self::Obtained | Self::Left)
    }

    /// Whether its value would change with a name elsewhere: a line keeps it as it was when it was first saved or taken out.
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::FirstNames | Self::Surnames | Self::Company)
    }

    /// Whether its values are somebody's own, or may be: programs are not told them.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::FirstNames | Self::Surnames | Self::Typed)
    }
}

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What its values are kept under; it stays when the column is called otherwise.
    pub key: String,
    pub es: String,
    pub en: String,
    pub source: Source,
    /// Whether it is filled only where it applies, so that nothing is missing while it is empty.
    #[serde(default, skip_serializing_if = "is_not")]
    pub optional: bool,
}

impl Column {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }
}

/// What is written to the chain of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Listed {
    Columns {
        columns: Vec<Column>,
    },
    /// What the secretary typed of an exposure; the values are sealed beside it. `mentorship` says under whose key: the list is the
    /// organisation's, and is kept whoever wrote it, so that its identifier stands there.
    Details {
        sitting: SittingId,
        exposure: u32,
        mentorship: Uuid,
        /// Whether the key is the line's own, so that it can be destroyed alone.
        #[serde(default, skip_serializing_if = "is_not")]
        own_key: bool,
        /// Whether nothing was typed: names and company as they were when the line was first taken out of the house.
        #[serde(default, skip_serializing_if = "is_not")]
        as_proposed: bool,
    },
    /// What was kept of a line is gone, since it need be kept no longer; `destroys` are the numbers of the entries beside which it was.
    Destroyed {
        sitting: SittingId,
        exposure: u32,
        destroys: Vec<u32>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_not(is: &bool) -> bool {
    !is
}

impl Listed {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "columns",
            Self::Details { .. } => "details",
            Self::Destroyed { .. } => "destroyed",
        }
    }
}

#[derive(Deserialize)]
struct Template {
    column: Vec<Column>,
}

static TEMPLATE: LazyLock<Vec<Column>> = LazyLock::new(|| {
    toml::from_str::<Template>(include_str!("template.toml")).map(|template| template.column).unwrap_or_default()
});

/// The columns that ship.
pub fn template() -> &'static [Column] {
    &TEMPLATE
}

/// Columns as they were written. Those that ship say themselves whether they are optional: older lists did not write it down.
pub fn read_columns(mut written: Vec<Column>) -> Vec<Column> {
    for column in &mut written {
        column.optional |= template().iter().any(|shipped| shipped.key == column.key && shipped.optional);
    }
    written
}

/// Columns as somebody typed them, in their order; each needs a name in both languages.
pub fn columns(typed: Vec<Column>) -> Result<Vec<Column>, Problems> {
    let mut problems = Problems::default();
    for (place, column) in typed.iter().enumerate() {
        for (field, name) in [("es", &column.es), ("en", &column.en)] {
            if name.is_empty() {
                problems.add(format!("{field}-{place}"), Message::new("records-column-missing"));
            } else if name.chars().count() > LONGEST_NAME {
                problems.add(format!("{field}-{place}"), Message::new("records-long").with("most", LONGEST_NAME));
            }
        }
    }
    if typed.is_empty() || typed.len() > MOST_COLUMNS {
        problems.add("", Message::new("records-columns-number").with("most", MOST_COLUMNS));
    }
    problems.or(typed)
}

/// The key of the column that ships for a date of birth.
const BORN: &str = "born";

/// What somebody typed of a line, by the columns' keys. What is as the record has it is not kept.
pub fn values(
    typed: impl Iterator<Item = (String, String)>,
    columns: &[Column],
) -> Result<BTreeMap<String, String>, Problems> {
    let mut problems = Problems::default();
    let mut values = BTreeMap::new();
    for (key, value) in typed {
        let is_open = columns.iter().any(|column| column.key == key && !column.source.is_of_the_record());
        let value = tidy(&value).replace('\n', " ");
        if value.chars().count() > LONGEST_VALUE {
            problems.add(format!("value-{key}"), Message::new("records-long").with("most", LONGEST_VALUE));
        }
        if key == BORN && !value.is_empty() && value.parse::<Date>().is_err() {
            problems.add(format!("value-{key}"), Message::new("records-insider-no-day"));
        }
        if is_open && !value.is_empty() {
            values.insert(key, value);
        }
    }
    problems.or(values)
}

/// An exposure to inside information, as the list needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insider {
    pub sitting: SittingId,
    pub sitting_number: i64,
    /// The number of the entry that said it first.
    pub exposure: u32,
    pub item: u32,
    pub observer: PersonId,
    pub name: String,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Since when a correction says that there was none, and why.
    pub withdrawn: Option<(Timestamp, Option<Cause>)>,
    /// How often somebody typed something of it.
    pub version: usize,
    /// Whether anything of it was kept, typed or not.
    pub is_kept: bool,
    /// Since when nothing of it is kept any more.
    pub destroyed_at: Option<Timestamp>,
    /// When the section that it stands in, of one item of one sitting, was last changed.
    pub section_updated_at: Timestamp,
    /// What the secretary typed; nothing where it does not open.
    pub typed: Option<BTreeMap<String, String>>,
    /// The key under which what was typed last is sealed, where it is the line's own.
    pub own_key: Option<Uuid>,
    /// Whether the observer has been told what follows, and since when they have said that they read it.
    pub told: Option<Option<Timestamp>>,
}

/// For so many years a list is kept at least after it was last changed (Regulation (EU) No 596/2014 Art. 18(5)).
const YEARS_KEPT: i32 = 5;

/// A date and a time as the template writes them, in UTC.
pub fn utc(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d, %H:%M UTC").to_string()
}

impl Insider {
    /// Until which day it has to be kept, in UTC: its section is kept as a whole.
    pub fn kept_until(&self) -> Date {
        self.section_updated_at.to_zoned_datetime(TimeZone::UTC).date().saturating_add(YEARS_KEPT.years())
    }

    /// Whether somebody is on the list by it: it was neither withdrawn nor destroyed.
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none() && self.destroyed_at.is_none()
    }

    /// Whether something is kept of it that need be kept no longer.
    pub fn is_past_keeping(&self, now: Timestamp) -> bool {
        self.destroyed_at.is_none() && self.kept_until() < now.to_zoned_datetime(TimeZone::UTC).date()
    }

    /// Whose line it is; of one that was destroyed, which.
    pub fn heading(&self, lang: Lang) -> String {
        if self.destroyed_at.is_some() { self.section(lang) } else { self.name.clone() }
    }

    fn section(&self, lang: Lang) -> String {
        let message = Message::new("records-insider-section").with("sitting", self.sitting_number.to_string());
        lang.tell(&message.with("item", self.item))
    }

    /// Names and company as the line would keep them now: what was kept or typed, or what is proposed.
    pub fn frozen(&self, columns: &[Column], company: &str, lang: Lang) -> BTreeMap<String, String> {
        let frozen = columns.iter().filter(|column| column.source.is_frozen());
        let kept = frozen.map(|column| (column.key.clone(), self.value(column, company, lang)));
        kept.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The value of a column, as the record has it.
    pub fn proposed(&self, source: Source, company: &str, lang: Lang) -> String {
        let (first, rest) = self.name.split_once(' ').unwrap_or((self.name.as_str(), ""));
        match source {
            _ if self.destroyed_at.is_some() && source.is_frozen() => String::new(),
            Source::Section => self.section(lang),
            Source::Created => utc(self.created_at),
            Source::Updated => utc(self.updated_at),
            Source::FirstNames => first.to_owned(),
            Source::Surnames => rest.to_owned(),
            Source::Company => company.to_owned(),
            Source::Reason => {
                let until = self.until.map_or_else(|| lang.say("records-insider-lasts"), utc);
                let message = Message::new("records-insider-reason").with("sitting", self.sitting_number.to_string());
                lang.tell(&message.with("item", self.item).with("from", utc(self.from)).with("until", until))
            }
            Source::Obtained => utc(self.from),
            Source::Left => self.until.map(utc).unwrap_or_default(),
            Source::Typed => String::new(),
        }
    }

    /// The value of a column: what was typed, or what the record has.
    pub fn value(&self, column: &Column, company: &str, lang: Lang) -> String {
        let typed = self.typed.as_ref().and_then(|typed| typed.get(&column.key));
        match typed.filter(|_| !column.source.is_of_the_record()) {
            Some(typed) => typed.clone(),
            None => self.proposed(column.source, company, lang),
        }
    }

    /// That it was withdrawn, when and why, in words.
    pub fn withdrawal(&self) -> Option<Message> {
        let (at, why) = self.withdrawn?;
        let why = Message::new(why.unwrap_or(Cause::ToldLater).key());
        Some(Message::new("records-insider-withdrawn").with("at", utc(at)).with("why", Argument::from(why)))
    }

    /// The columns that are still empty and that nobody but the secretary can fill.
    pub fn open<'a>(&'a self, columns: &'a [Column]) -> impl Iterator<Item = &'a Column> {
        let has = |column: &Column| self.typed.as_ref().is_some_and(|typed| typed.contains_key(&column.key));
        let is_open = move |column: &&Column| column.source == Source::Typed && !column.optional && !has(column);
        columns.iter().filter(move |column| self.destroyed_at.is_none() && is_open(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insider() -> Insider {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        Insider {
            sitting: SittingId(Uuid::nil()),
            sitting_number: 1014,
            exposure: 7,
            item: 4,
            observer: PersonId(Uuid::nil()),
            name: "Lucía Gómez Paz".to_owned(),
            from: at("2027-03-01T09:06:40Z"),
            until: Some(at("2027-03-01T09:09:10Z")),
            created_at: at("2027-03-01T09:06:41Z"),
            updated_at: at("2027-03-01T09:30:00Z"),
            withdrawn: None,
            version: 0,
            is_kept: false,
            destroyed_at: None,
            section_updated_at: at("2027-03-01T09:30:00Z"),
            typed: None,
            own_key: None,
            told: None,
        }
    }

    #[test]
    fn the_template_is_that_of_the_regulation() {
        let template = template();
        assert_eq!(template.len(), 4 + 12, "the head of a section and the columns of Annex I, Template 1");
        assert!(columns(template.to_vec()).is_ok());
        let insider = insider();
        let value = |key: &str| {
            let column = template.iter().find(|column| column.key == key).unwrap();
            insider.value(column, "Banco del Norte", Lang::Es)
        };
        assert_eq!(value("obtained"), "2027-03-01, 09:06 UTC");
        assert_eq!(value("ceased"), "", "who left the room still knows it");
        assert_eq!((value("first-names").as_str(), value("surnames").as_str()), ("Lucía", "Gómez Paz"));
        let typed = BTreeMap::from([("section-created".to_owned(), "2027-02-27".to_owned())]);
        let identified = Insider { typed: Some(typed), ..insider.clone() };
        assert_eq!(identified.value(&template[1], "", Lang::Es), "2027-02-27", "when it was identified, not noted");
        assert!(value("reason").contains("2027-03-01, 09:09 UTC") && value("section").contains("1014"));
        assert_eq!(insider.open(template).count(), 4, "what applies to everybody");
        // Names and company stay what they were; times follow the record.
        let frozen = insider.frozen(template, "Banco del Norte", Lang::Es);
        assert_eq!(frozen.values().filter(|value| *value == "Lucía" || *value == "Banco del Norte").count(), 2);
        let married = Insider { name: "Lucía Paz".to_owned(), typed: Some(frozen), ..insider.clone() };
        let surnames = template.iter().find(|column| column.key == "surnames").unwrap();
        assert_eq!(married.value(surnames, "Otra casa", Lang::Es), "Gómez Paz");
        assert_eq!(insider.kept_until().to_string(), "2032-03-01");
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert!(
            !insider.is_past_keeping(at("2032-03-01T23:00:00Z")) && insider.is_past_keeping(at("2032-03-02T00:00:00Z"))
        );
        // Once it is destroyed it names nobody, wants nothing and is due no more.
        let gone = Insider { destroyed_at: Some(at("2032-03-02T08:00:00Z")), ..insider };
        assert_eq!((gone.value(surnames, "Banco del Norte", Lang::Es).as_str(), gone.open(template).count()), ("", 0));
        assert!(!gone.is_past_keeping(at("2040-01-01T00:00:00Z")) && !gone.heading(Lang::Es).contains("Lucía"));
    }

    #[test]
    fn what_follows_from_the_record_is_typed_by_nobody() {
        let typed = [("obtained", "2020-01-01"), ("born", " 1990-02-03 "), ("surnames", ""), ("none", "x")];
        let typed = typed.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let kept = values(typed.into_iter(), template()).unwrap();
        assert_eq!(kept.into_iter().collect::<Vec<_>>(), [("born".to_owned(), "1990-02-03".to_owned())]);
        let long = [("reason".to_owned(), "x".repeat(LONGEST_VALUE + 1)), ("born".to_owned(), "31/02/1990".to_owned())];
        let problems = values(long.into_iter(), template()).unwrap_err();
        assert!(["value-reason", "value-born"].iter().all(|field| problems.of(field).next().is_some()));
    }
}
