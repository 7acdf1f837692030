//! The annex, the attendance at privileged items, and the record as a file that `telemaco verify` checks: pages that print well.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{Outcome, taken_out, written};
use super::model::{Attendance, Ran, Span};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::observations::model::{Class, SittingId, Somebody};
use crate::observations::record::actions;
use crate::observations::record::insiders::model::utc;
use crate::observations::record::letters::class_name;
use crate::problems::{Problems, Refusal};
use crate::sheets::{Cell, Table};
use crate::web::{self, Answer, Door, Failed, Form, Path, Query, Shell, Who, again, download, page, see_other_with};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::TakePart);
    vec![
        Door::get("/sittings/{id}/record/annex", anybody, one),
        Door::get("/sittings/{id}/record/privilege", anybody, privilege),
        Door::get("/sittings/{id}/record/annex/export", anybody, annex_file),
        Door::get("/sittings/{id}/record/privilege/export", anybody, privilege_file),
        Door::get("/sittings/{id}/record/export", anybody, file),
        Door::post("/sittings/{id}/record/inside", Who::May(Act::KeepRoom), inside),
    ]
}

#[derive(Template)]
#[template(path = "observations/record/outcome/annex.html")]
struct AnnexPage {
    s: Shell,
    outcome: Outcome,
    /// Who signs as secretary, where it is one who reads.
    secretary: Option<String>,
    /// A name for what the secretary says of an item, where it is a secretary who reads.
    client: Option<Uuid>,
    problems: Problems,
    zone: TimeZone,
    now: Timestamp,
}

impl AnnexPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, is_privilege): (SittingId, bool),
        problems: Problems,
    ) -> Result<Self, Failed> {
        let outcome = Outcome::of(app, viewer, (id, is_privilege)).await?;
        let keeps_room = viewer.may(Act::KeepRoom, &viewer.record());
        let client = keeps_room.then(|| app.timeless_id());
        let secretary = keeps_room.then(|| viewer.name.clone());
        let (zone, now) = (outcome.read.sitting.time_zone(), app.now());
        let s = Shell::of(app, viewer, "/records");
        Ok(Self { s, outcome, secretary, client, problems, zone, now })
    }

    /// The items that have been, but for those of which everything is said that can be.
    fn not_inside(&self) -> Vec<(u32, String)> {
        let closed = || Class::ALL.into_iter().filter(|class| class.is_closed());
        let is_another = |ran: &&Ran| closed().any(|class| !self.outcome.read.state.is_said(ran.item, class));
        let items: BTreeSet<u32> = self.outcome.ran.iter().filter(is_another).map(|ran| ran.item).collect();
        items.into_iter().map(|item| (item, self.s.with("records-item-number", "item", item))).collect()
    }

    /// The classes that are closed whatever else holds; inside information first.
    fn closed(&self) -> Vec<(&'static str, String)> {
        let mut closed: Vec<Class> = Class::ALL.into_iter().filter(|class| class.is_closed()).collect();
        closed.sort_by_key(|class| *class != Class::InsideInformation);
        closed.into_iter().map(|class| (class.code(), self.s.t(&class.key()))).collect()
    }

    /// Which of the two papers it is, as its file is called.
    fn paper(&self) -> &'static str {
        if self.outcome.is_privilege { "privilege" } else { "annex" }
    }

    fn title(&self) -> String {
        let key = if self.outcome.is_privilege { "records-privilege-title" } else { "records-annex-title" };
        self.s.with(key, "sitting", self.outcome.read.sitting.number)
    }

    fn day(&self) -> String {
        self.s.lang.date(self.outcome.read.sitting.starts_at.to_zoned_datetime(self.zone.clone()).date())
    }

    /// The clock of a zone, as its city.
    fn city(&self) -> String {
        let name = self.outcome.read.sitting.zone.as_str();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// What is known of the sitting: its times, its place, and who had a part in it.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let sitting = &self.outcome.read.sitting;
        let held = self.outcome.held().map(|held| self.span(&held));
        let other_side =
            sitting.other_side_spans().iter().map(|span| self.agreed(span)).collect::<Vec<_>>().join(" · ");
        let facts = [
            ("records-planned", Some(self.span(&(sitting.starts_at, Some(sitting.ends_at))))),
            ("records-held", held),
            ("observations-place", Some(sitting.place.clone())),
            ("observations-host", Some(self.known(&sitting.host))),
            ("observations-chair", Some(self.known(sitting.presiding()))),
            ("observations-keeper", self.outcome.keeper.clone()),
            ("records-other-side", Some(other_side)),
        ];
        let said = facts.into_iter().filter_map(|(key, value)| Some((key, value.filter(|value| !value.is_empty())?)));
        said.collect()
    }

    /// From when the other side agreed, and until when where it did so no more.
    fn agreed(&self, (from, until): &Span) -> String {
        let from = self.s.at(from);
        until.as_ref().map_or(from.clone(), |until| {
            let message = Message::new("records-other-side-until").with("from", from).with("until", self.s.at(until));
            self.s.tell(&message)
        })
    }

    /// What somebody is called; of whoever was from outside the name is kept for a while only.
    fn known(&self, somebody: &Somebody) -> String {
        let is_known = !somebody.name.is_empty();
        if is_known { somebody.name.clone() } else { self.s.t("observations-outside-forgotten") }
    }

    /// Who signs for the chair.
    fn chair(&self) -> &str {
        &self.outcome.read.sitting.presiding().name
    }

    fn taken(&self) -> String {
        self.s.with("records-annex-taken", "at", self.s.at(&self.now))
    }

    /// Since when somebody was out of a run, and when they came back, as far as they were ever in.
    fn away(&self, one: &Attendance, ran: &Ran) -> Option<String> {
        let message = match self.outcome.away(one, ran) {
            (Some(left), Some(back)) => {
                Message::new("records-was-out-between").with("left", self.clock(&left)).with("back", self.clock(&back))
            }
            (Some(left), None) => Message::new("records-was-out-since").with("left", self.clock(&left)),
            (None, Some(back)) => Message::new("records-was-out-before").with("back", self.clock(&back)),
            (None, None) => return None,
        };
        Some(self.s.tell(&message))
    }

    fn clock(&self, at: &Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone()).strftime("%H:%M").to_string()
    }

    fn span(&self, span: &Span) -> String {
        let until = span.1.map_or_else(|| "…".to_owned(), |until| self.clock(&until));
        format!("{}–{until}", self.clock(&span.0))
    }

    fn ran_for(&self, ran: &Ran) -> String {
        self.span(&(ran.from, ran.until))
    }

    fn class(&self, ran: &Ran) -> String {
        let stated = ran.stated.iter().map(|class| Some(*class)).filter(|class| *class != ran.class);
        let all = std::iter::once(ran.class).chain(stated);
        all.map(|class| self.s.tell(&class_name(class))).collect::<Vec<_>>().join(" · ")
    }

    fn name(&self, one: &Attendance) -> String {
        self.called(one.observer)
    }

    fn called(&self, observer: PersonId) -> String {
        let name = self.outcome.read.name(observer);
        if self.outcome.read.is_unseated(observer) {
            self.s.with("records-unseated-name", "name", name)
        } else {
            name.to_owned()
        }
    }

    /// In, out, or in where it was closed.
    fn attended(&self, one: &Attendance, ran: &Ran) -> String {
        let spans: Vec<String> = one.inside.iter().map(|span| self.span(span)).collect();
        match (one.inside.is_empty(), one.is_closed) {
            // That somebody was out is proved by when they left, and when they came back.
            (true, true) => {
                let away = self.away(one, ran).filter(|_| self.outcome.is_privilege);
                away.unwrap_or_else(|| self.s.t("records-was-out"))
            }
            (true, false) => self.s.t("records-was-away"),
            (false, false) => self.s.with("records-was-in", "spans", spans.join(", ")),
            (false, true) if self.outcome.is_for_no_seat(one, ran) => {
                self.s.with("records-was-exposed-no-seat", "spans", spans.join(", "))
            }
            (false, true) => self.s.with("records-was-exposed", "spans", spans.join(", ")),
        }
    }

    /// The same in a word, for a table that has the times in columns of their own.
    fn attended_in_a_word(&self, one: &Attendance, ran: &Ran) -> String {
        let key = match (one.inside.is_empty(), one.is_closed) {
            (true, true) => "records-was-out",
            (true, false) => "records-was-away",
            (false, false) => "records-column-in",
            (false, true) if self.outcome.is_for_no_seat(one, ran) => "records-column-exposed-no-seat",
            (false, true) => "records-column-exposed",
        };
        self.s.t(key)
    }

    /// The paper as a table: a line for each stretch in which somebody was in an item, or for their not having been. Times are in UTC.
    fn table(&self) -> Table {
        let headings = [
            "records-item",
            "records-class",
            "records-from",
            "records-until",
            "records-observer",
            "records-column-attended",
            "records-column-in-from",
            "records-column-in-until",
            "records-column-left",
            "records-column-back",
            "records-column-text",
            "records-column-signed",
            "records-column-ends",
            "records-column-digest",
            "records-record",
            "records-column-head",
        ];
        let rows = self.outcome.ran.iter().flat_map(|ran| {
            if ran.who.is_empty() {
                return vec![self.line_of_nobody(ran)];
            }
            let lines = |one: &Attendance| {
                let stretches: Vec<Option<&Span>> =
                    if one.inside.is_empty() { vec![None] } else { one.inside.iter().map(Some).collect() };
                stretches.into_iter().map(|span| self.line(ran, one, span)).collect::<Vec<_>>()
            };
            ran.who.iter().flat_map(lines).collect()
        });
        Table {
            title: self.title(),
            headings: headings.iter().map(|key| self.s.t(key)).collect(),
            rows: rows.collect(),
        }
    }

    /// Whether the record is closed, and its last digest: by it a file is told from one that was taken before.
    fn proof(&self) -> [Cell; 2] {
        let closed = if self.outcome.is_provisional() { "records-is-open" } else { "records-column-closed" };
        [Cell::from(self.s.t(closed)), Cell::from(self.outcome.read.head())]
    }

    fn line_of_nobody(&self, ran: &Ran) -> Vec<Cell> {
        let until = ran.until.map(utc).unwrap_or_default();
        let said = [Cell::from(ran.item), Cell::from(self.class(ran)), Cell::from(utc(ran.from)), Cell::from(until)];
        let nobody = std::iter::once(Cell::from(self.s.t("records-nobody"))).chain((0..9).map(|_| Cell::Empty));
        said.into_iter().chain(nobody).chain(self.proof()).collect()
    }

    fn line(&self, ran: &Ran, one: &Attendance, span: Option<&Span>) -> Vec<Cell> {
        let time = |at: Option<Timestamp>| Cell::from(at.map(utc).unwrap_or_default());
        let (left, back) = if span.is_none() && one.is_closed { self.outcome.away(one, ran) } else { (None, None) };
        let signed = self.outcome.signed_by(one.observer);
        let (text, at, ends_on, digest) = signed.map_or_else(
            || (Cell::Empty, None, String::new(), String::new()),
            |(digest, paper)| {
                let ends_on = paper.ends_on.map(|day| day.to_string()).unwrap_or_default();
                (Cell::from(paper.text), Some(paper.signed_at), ends_on, digest)
            },
        );
        [
            Cell::from(ran.item),
            Cell::from(self.class(ran)),
            time(Some(ran.from)),
            time(ran.until),
            Cell::from(self.called(one.observer)),
            Cell::from(self.attended_in_a_word(one, ran)),
            time(span.map(|span| span.0)),
            time(span.and_then(|span| span.1)),
            time(left),
            time(back),
            text,
            time(at),
            Cell::from(ends_on),
            Cell::from(digest),
        ]
        .into_iter()
        .chain(self.proof())
        .collect()
    }

    /// The undertakings under which observers came in: number of the text, when it was signed, the digest of its words, and
    /// until when it binds.
    #[expect(clippy::type_complexity, reason = "a template takes it apart at once")]
    fn undertakings(&self) -> Vec<(String, Option<(i64, String, String, Option<String>)>)> {
        let of = |observer: PersonId| {
            let (digest, paper) = self.outcome.signed_by(observer)?;
            let ends_on = paper.ends_on.map(|day| self.s.lang.date(day));
            Some((paper.text, self.s.at(&paper.signed_at), digest, ends_on))
        };
        let observers = self.outcome.read.observers().into_iter();
        observers.map(|observer| (self.called(observer), of(observer))).collect()
    }

    fn kind(&self) -> String {
        self.s.t(&self.outcome.read.sitting.kind.key())
    }

    fn chain(&self) -> String {
        let message = Message::new("records-annex-chain").with("entries", self.outcome.read.entries.len());
        self.s.tell(&message.with("digest", self.outcome.read.head()))
    }
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    page(&AnnexPage::of(&app, &viewer, (id, false), Problems::default()).await?)
}

/// The secretary says that an item was closed, whatever it was taken for.
async fn inside(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let item = form.text("item").parse().map_err(|_| Refusal::NotFound)?;
    let client = form.text("client").parse().map_err(|_| Refusal::NotFound)?;
    let class = Class::parse(form.text("class")).unwrap_or(Class::InsideInformation);
    match actions::was_closed(&app, &viewer, id, (client, item, class)).await {
        Ok(()) => {
            let path = format!("/sittings/{id}/record/annex");
            Ok(see_other_with(&path, &Message::new("records-inside-noted")))
        }
        Err(failure) => {
            let (status, problems) = again(failure, "records-meanwhile", &mut form)?;
            Ok((status, page(&AnnexPage::of(&app, &viewer, (id, false), problems).await?)?).into_response())
        }
    }
}

async fn privilege(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    page(&AnnexPage::of(&app, &viewer, (id, true), Problems::default()).await?)
}

/// As which file it is wanted: CSV, or XLSX where that is said.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    form: String,
}

async fn annex_file(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Query(asked): Query<Asked>,
) -> Answer {
    as_a_file(&app, &viewer, (id, false), &asked).await
}

async fn privilege_file(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Query(asked): Query<Asked>,
) -> Answer {
    as_a_file(&app, &viewer, (id, true), &asked).await
}

async fn as_a_file(app: &App, viewer: &Viewer, of: (SittingId, bool), asked: &Asked) -> Answer {
    let page = AnnexPage::of(app, viewer, of, Problems::default()).await?;
    let (sitting, form) = (&page.outcome.read.sitting, if asked.form == "xlsx" { "xlsx" } else { "csv" });
    taken_out(app, viewer, (sitting, page.paper(), form)).await?;
    download(&page.table(), &format!("{}-{}", page.paper(), sitting.number), form)
}

async fn file(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let (text, name) = written(&app, &viewer, id).await?;
    Ok(web::file(text, "application/json", &name))
}
