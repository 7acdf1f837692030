//! The annex, the attendance at privileged items, and the record as a file that `telemaco verify` checks: pages that print well.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State as Has;
use axum::http::header;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::model::{Attendance, Ran, Span, annex, privileged};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::observations::model::{Class, SittingId};
use crate::observations::record::actions::{self, Read};
use crate::observations::record::export;
use crate::observations::record::letters::class_name;
use crate::observations::record::store::{self, Signed};
use crate::problems::{Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::TakePart);
    vec![
        Door::get("/sittings/{id}/record/annex", anybody, one),
        Door::get("/sittings/{id}/record/privilege", anybody, privilege),
        Door::get("/sittings/{id}/record/export", anybody, file),
        Door::post("/sittings/{id}/record/inside", Who::May(Act::KeepRoom), inside),
    ]
}

#[derive(Template)]
#[template(path = "observations/record/outcome/annex.html")]
struct AnnexPage {
    s: Shell,
    read: Read,
    ran: Vec<Ran>,
    signed: Vec<Signed>,
    is_privilege: bool,
    /// A name for what the secretary says of an item, where it is a secretary who reads.
    client: Option<Uuid>,
    problems: Problems,
    zone: TimeZone,
}

impl AnnexPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, is_privilege): (SittingId, bool),
        problems: Problems,
    ) -> Result<Self, Failed> {
        let read = actions::read(&app.db, viewer, id).await?;
        let mut ran = annex(&read.state, &read.observers());
        if is_privilege {
            ran = privileged(&ran);
        }
        let signed = store::signed(&app.db, id).await?;
        let zone = read.sitting.time_zone();
        let client = viewer.may(Act::KeepRoom, &viewer.record()).then(|| app.timeless_id());
        Ok(Self { s: Shell::of(app, viewer, "/records"), read, ran, signed, is_privilege, client, problems, zone })
    }

    /// The items that have been, and of which nobody has said yet that they were inside information.
    fn not_inside(&self) -> Vec<(u32, String)> {
        let is_another = |ran: &&Ran| ran.class != Some(Class::InsideInformation);
        let items: BTreeSet<u32> = self.ran.iter().filter(is_another).map(|ran| ran.item).collect();
        items.into_iter().map(|item| (item, self.s.with("records-item-number", "item", item))).collect()
    }

    fn title(&self) -> String {
        let key = if self.is_privilege { "records-privilege-title" } else { "records-annex-title" };
        self.s.with(key, "sitting", self.read.sitting.number)
    }

    fn day(&self) -> String {
        self.s.lang.date(self.read.sitting.starts_at.to_zoned_datetime(self.zone.clone()).date())
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
        self.s.tell(&class_name(ran.class))
    }

    fn name(&self, one: &Attendance) -> &str {
        self.read.name(one.observer)
    }

    /// In, out, or in where it was closed.
    fn attended(&self, one: &Attendance) -> String {
        let spans: Vec<String> = one.inside.iter().map(|span| self.span(span)).collect();
        match (one.inside.is_empty(), one.is_closed) {
            (true, true) => self.s.t("records-was-out"),
            (true, false) => self.s.t("records-was-away"),
            (false, false) => self.s.with("records-was-in", "spans", spans.join(", ")),
            (false, true) => self.s.with("records-was-exposed", "spans", spans.join(", ")),
        }
    }

    /// The undertakings under which observers came in: number of the text, when it was signed, and the digest of its words.
    #[expect(clippy::type_complexity, reason = "a template takes it apart at once")]
    fn undertakings(&self) -> Vec<(String, Option<(i64, String, String)>)> {
        let noted: &BTreeMap<PersonId, String> = &self.read.state.undertakings;
        let of = |observer: PersonId| {
            let signed = self.signed.iter().find(|signed| signed.observer == observer)?;
            let digest = noted.get(&observer).cloned().unwrap_or_else(|| hex::encode(&signed.digest));
            Some((signed.paper.text, self.s.at(&signed.paper.signed_at), digest))
        };
        let observers = self.read.observers().into_iter();
        observers.map(|observer| (self.read.name(observer).to_owned(), of(observer))).collect()
    }

    fn corrections(&self) -> usize {
        self.read.entries.iter().filter(|entry| entry.event.kind().code() == "correction").count()
    }

    fn exposures(&self) -> usize {
        self.ran.iter().flat_map(|ran| &ran.who).filter(|one| one.is_exposed()).count()
    }

    fn kind(&self) -> String {
        self.s.t(&self.read.sitting.kind.key())
    }

    fn chain(&self) -> String {
        let message = Message::new("records-annex-chain").with("entries", self.read.entries.len());
        self.s.tell(&message.with("digest", self.read.head()))
    }
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    page(&AnnexPage::of(&app, &viewer, (id, false), Problems::default()).await?)
}

/// The secretary says that an item was inside information, whatever it was taken for.
async fn inside(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let item = form.text("item").parse().map_err(|_| Refusal::NotFound)?;
    let client = form.text("client").parse().map_err(|_| Refusal::NotFound)?;
    match actions::was_inside(&app, &viewer, id, (client, item)).await {
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

async fn file(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    let disposition = format!("attachment; filename=\"record-{}.json\"", read.sitting.number);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, export::write(&read.links)).into_response())
}
