//! The page of the register.

use std::collections::BTreeMap;

use anyhow::Context as _;
use askama::Template;
use axum::extract::State as Has;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{
    Exposed, Heard, Reach, missing, of_list, of_others, rows_coming, rows_ending, rows_kept, taken_out,
};
use super::store::{Coming, Ending, Kept};
use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{self, Act, Viewer};
use crate::observations::record::events::Exposure;
use crate::observations::record::insiders::model::utc;
use crate::observations::record::letters::class_name;
use crate::problems::Refusal;
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Query, Shell, Who, download, page};

pub(in crate::observations) fn doors() -> Vec<Door> {
    vec![
        Door::get("/records", Who::May(Act::KeepRoom), register),
        Door::get("/records/export", Who::May(Act::KeepRoom), export),
    ]
}

/// A part of the register. One that is longer than a page goes on on pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Exposed,
    Coming,
    Ending,
    Kept,
}

impl Part {
    const ALL: [Self; 4] = [Self::Exposed, Self::Coming, Self::Ending, Self::Kept];

    fn code(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Coming => "coming",
            Self::Ending => "ending",
            Self::Kept => "kept",
        }
    }

    /// Whether it says of people what stands in the records.
    fn bears_names(self) -> bool {
        matches!(self, Self::Exposed | Self::Ending)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// Which part of the register is read, and after which row; without a part all of it from the beginning.
#[derive(Deserialize)]
struct Turned {
    #[serde(default)]
    part: String,
    #[serde(default)]
    after: String,
}

/// Which part is wanted as a file, and as which: CSV, or XLSX where that is said.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    part: String,
    #[serde(default)]
    form: String,
}

#[derive(Template)]
#[template(path = "observations/record/register/register.html")]
struct RegisterPage {
    s: Shell,
    /// The part that is read alone.
    part: Option<Part>,
    /// The links to what follows, of the parts that are longer than a page.
    more: Vec<(Part, String)>,
    coming: Vec<Coming>,
    ending: Vec<Ending>,
    kept: Vec<Kept>,
    exposed: Vec<Exposed>,
    /// Whether there is more than is read: of exposures, or of what a file has room for.
    is_cut: bool,
    /// Lines of the list of insiders that need be kept no longer.
    past_keeping: usize,
    /// Whoever heard inside information and has not said that they read what follows.
    unread: usize,
    names: BTreeMap<Uuid, String>,
}

impl RegisterPage {
    /// Those that are to come, and not those of which nobody says what came of them.
    fn ahead(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !one.is_unsaid).collect()
    }

    fn waiting(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !missing(one).is_empty()).collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn shows(&self, part: &Part) -> bool {
        self.part.is_none_or(|read| read == *part)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn more(&self, part: &Part) -> Option<String> {
        let (part, after) = self.more.iter().find(|(of, _)| of == part)?;
        Some(format!("/records?part={}&after={after}", part.code()))
    }

    fn title(&self) -> String {
        if let Some(part) = self.part {
            return self.s.t(&format!("records-register-{}", part.code()));
        }
        match self.waiting().len() {
            0 => self.s.t("records-register-nothing"),
            waiting => self.s.count("records-register-waiting", &waiting),
        }
    }

    fn missing(&self, one: &Coming) -> String {
        let told: Vec<String> = missing(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    /// What waits for others than the secretary and the chair.
    fn of_others(&self, one: &Coming) -> String {
        let told: Vec<String> = of_others(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    fn item(&self, one: &Exposed) -> String {
        let message = Message::new("records-insider-section").with("sitting", one.number.to_string());
        self.s.tell(&message.with("item", one.exposure.item))
    }

    /// Whether a part has anything to be taken out.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn has(&self, part: &Part) -> bool {
        match part {
            Part::Exposed => !self.exposed.is_empty(),
            Part::Coming => !self.coming.is_empty(),
            Part::Ending => !self.ending.is_empty(),
            Part::Kept => !self.kept.is_empty(),
        }
    }

    /// A part as a table. Times are in UTC.
    fn table(&self, part: Part) -> Table {
        let (headings, mut rows): (&[&str], Vec<Vec<Cell>>) = match part {
            Part::Exposed => (
                &[
                    "records-observer",
                    "records-class",
                    "records-sitting-head",
                    "records-item",
                    "records-from",
                    "records-until",
                ],
                self.exposed.iter().map(|one| self.exposed_line(one)).collect(),
            ),
            Part::Coming => (
                &[
                    "records-sitting-head",
                    "records-from",
                    "records-kind",
                    "records-items",
                    "records-observers",
                    "records-register-answers",
                    "records-column-others",
                ],
                self.coming.iter().map(|one| self.coming_line(one)).collect(),
            ),
            Part::Ending => (
                &["records-observer", "records-sitting-head", "records-column-ends"],
                self.ending.iter().map(|one| self.ending_line(one)).collect(),
            ),
            Part::Kept => (
                &["records-sitting-head", "records-from", "records-column-entries", "records-column-closed"],
                self.kept.iter().map(|one| self.kept_line(one)).collect(),
            ),
        };
        if self.is_cut {
            let told = std::iter::once(Cell::from(self.s.t("records-register-cut")));
            rows.push(told.chain((1..headings.len()).map(|_| Cell::Empty)).collect());
        }
        let title = self.s.t(&format!("records-register-{}", part.code()));
        Table { title, headings: headings.iter().map(|key| self.s.t(key)).collect(), rows }
    }

    fn exposed_line(&self, one: &Exposed) -> Vec<Cell> {
        let exposure = &one.exposure;
        vec![
            Cell::from(self.name(&exposure.observer.0)),
            Cell::from(self.class(exposure)),
            Cell::from(one.number),
            Cell::from(exposure.item),
            Cell::from(utc(exposure.from)),
            Cell::from(exposure.until.map(utc).unwrap_or_default()),
        ]
    }

    fn coming_line(&self, one: &Coming) -> Vec<Cell> {
        vec![
            Cell::from(one.number),
            Cell::from(utc(one.starts_at)),
            Cell::from(self.s.t(&one.kind.key())),
            Cell::from(one.items),
            Cell::from(one.seats),
            Cell::from(self.missing(one)),
            Cell::from(self.of_others(one)),
        ]
    }

    fn ending_line(&self, one: &Ending) -> Vec<Cell> {
        let (name, ends_on) = (self.name(&one.observer.0), one.ends_on.to_string());
        vec![Cell::from(name), Cell::from(one.number), Cell::from(ends_on)]
    }

    fn kept_line(&self, one: &Kept) -> Vec<Cell> {
        let closed = if one.is_open { "records-is-open" } else { "records-column-closed" };
        vec![
            Cell::from(one.number),
            Cell::from(utc(one.starts_at)),
            Cell::from(one.entries),
            Cell::from(self.s.t(closed)),
        ]
    }

    fn name(&self, id: &Uuid) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    fn class(&self, exposure: &Exposure) -> String {
        self.s.tell(&class_name(exposure.class))
    }

    fn until(&self, exposure: &Exposure) -> String {
        exposure.until.map_or_else(|| self.s.t("records-insider-lasts"), |until| self.s.at(&until))
    }
}

async fn register(Has(app): Has<App>, viewer: Viewer, Query(turned): Query<Turned>) -> Answer {
    let part = Part::parse(&turned.part);
    let after = part.map_or_else(After::default, |_| After::parse(&turned.after));
    page(&RegisterPage::of(&app, &viewer, (part, Reach::page(after))).await?)
}

/// A part of the register as a file, with all that a page leaves to the next. Where it bears names, the trail says who took it.
async fn export(Has(app): Has<App>, viewer: Viewer, Query(wanted): Query<Wanted>) -> Answer {
    let part = Part::parse(&wanted.part).ok_or(Refusal::NotFound)?;
    let whole = RegisterPage::of(&app, &viewer, (Some(part), Reach::file())).await?;
    let form = if wanted.form == "xlsx" { "xlsx" } else { "csv" };
    if part.bears_names() {
        taken_out(&app, &viewer, (part.code(), form)).await?;
    }
    let taken = app.now().to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%dT%H%MZ").to_string();
    let (table, name) = (whole.table(part), format!("{}-{taken}", part.code()));
    // A workbook of thousands of rows takes a while.
    tokio::task::spawn_blocking(move || download(&table, &name, form)).await.context("the file could not be written")?
}

impl RegisterPage {
    /// The register, or as much of one part of it as is asked for.
    async fn of(app: &App, viewer: &Viewer, (part, reach): (Option<Part>, Reach)) -> Result<Self, Failed> {
        viewer.must(Act::KeepRoom)?;
        let shows = |one: Part| part.is_none_or(|part| part == one);
        let (coming, more_coming) =
            if shows(Part::Coming) { rows_coming(app, viewer, &reach).await? } else { (Vec::new(), None) };
        let (ending, more_ending) =
            if shows(Part::Ending) { rows_ending(app, viewer, &reach).await? } else { (Vec::new(), None) };
        let (kept, more_kept) =
            if shows(Part::Kept) { rows_kept(app, viewer, &reach).await? } else { (Vec::new(), None) };
        let heard = if shows(Part::Exposed) { Heard::of(app, viewer, &reach).await? } else { Heard::default() };
        let Heard { rows: exposed, more: more_exposed, is_cut } = heard;
        // Whoever turns pages is told on the last.
        let is_cut = is_cut && more_exposed.is_none();
        let more = [
            (Part::Coming, more_coming),
            (Part::Ending, more_ending),
            (Part::Kept, more_kept),
            (Part::Exposed, more_exposed),
        ];
        // What the list waits for stands on the page alone.
        let of_the_list = shows(Part::Exposed) && !reach.is_of_a_file();
        let (past_keeping, unread) = if of_the_list { of_list(app, viewer).await? } else { (0, 0) };
        let people: Vec<Uuid> =
            ending.iter().map(|one| one.observer.0).chain(exposed.iter().map(|one| one.exposure.observer.0)).collect();
        let names = if people.is_empty() { BTreeMap::new() } else { identity::names(&app.db, &people).await? };
        let more: Vec<(Part, String)> = more.into_iter().filter_map(|(part, link)| Some((part, link?))).collect();
        let is_cut = is_cut || (reach.is_of_a_file() && !more.is_empty());
        Ok(Self {
            s: Shell::of(app, viewer, "/records"),
            part,
            more,
            coming,
            ending,
            kept,
            exposed,
            is_cut,
            past_keeping,
            unread,
            names,
        })
    }
}
