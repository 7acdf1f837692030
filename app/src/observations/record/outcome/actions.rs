//! What comes out of a record for whoever may read it: the annex, or what of it was under legal privilege. Nothing is written.

use jiff::Timestamp;

use super::model::{Attendance, Ran, Span, annex, privileged};
use crate::app::App;
use crate::identity::{self, PersonId, Viewer};
use crate::observations::access::has_secretary;
use crate::observations::actions::noted;
use crate::observations::model::{Class, Sitting, SittingId};
use crate::observations::record::actions::{Read, read};
use crate::observations::record::events::{Entry, Event, Exposure, Kind, Paper, recorded};
use crate::observations::record::export;
use crate::observations::record::store::{self, Signed};
use crate::problems::Failure;
use crate::transaction;

/// What comes out of a record, with the record.
#[derive(Debug)]
pub struct Outcome {
    pub read: Read,
    pub ran: Vec<Ran>,
    signed: Vec<Signed>,
    /// Who is named to keep the record.
    pub keeper: Option<String>,
    /// Whether it is of the privileged items alone.
    pub is_privilege: bool,
    /// Whether inside information was heard, and nobody is secretary to complete the list.
    pub wants_secretary: bool,
}

impl Outcome {
    pub async fn of(app: &App, viewer: &Viewer, (id, is_privilege): (SittingId, bool)) -> Result<Self, Failure> {
        let read = read(&app.db, viewer, id).await?;
        let mut ran = annex(&read.state, &read.observers());
        if is_privilege {
            ran = privileged(&ran);
        }
        let signed = store::signed(&app.db, id).await?;
        let keeper = match read.sitting.keeper {
            Some(keeper) => identity::person(&app.db, keeper).await?.map(|keeper| keeper.name),
            None => None,
        };
        let heard = recorded(&read.entries);
        let is_listed = heard.values().any(|one| !one.withdrawn && one.class == Some(Class::InsideInformation));
        let wants_secretary = is_listed && !has_secretary(&app.db, viewer.organisation).await?;
        Ok(Self { read, ran, signed, keeper, is_privilege, wants_secretary })
    }

    /// Whether something is recorded and the record is not closed: what is printed now may still change.
    pub fn is_provisional(&self) -> bool {
        !self.read.entries.is_empty() && self.read.state.closed_at.is_none()
    }

    /// From when to when something happened in the room; nothing where nothing did.
    pub fn held(&self) -> Option<Span> {
        let state = &self.read.state;
        let begun = state.runs.iter().map(|run| run.from).chain(state.stays.iter().map(|stay| stay.from)).min();
        let ends = state.runs.iter().map(|run| run.until).chain(state.stays.iter().map(|stay| stay.until));
        // Where something still lasts nothing has ended.
        let ended = ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max());
        begun.map(|begun| (begun, ended))
    }

    /// Since when somebody was out of a run, and when they came back, as far as they were ever in.
    pub fn away(&self, one: &Attendance, ran: &Ran) -> (Option<Timestamp>, Option<Timestamp>) {
        let observer = one.observer;
        let stays = || self.read.state.stays.iter().filter(move |stay| stay.observer == observer);
        let left = stays().filter_map(|stay| stay.until).filter(|until| *until <= ran.from).max();
        let back = ran.until.and_then(|until| stays().map(|stay| stay.from).filter(|from| *from >= until).min());
        (left, back)
    }

    /// Whether somebody was exposed because they had no seat, and by nothing else.
    pub fn is_for_no_seat(&self, one: &Attendance, ran: &Ran) -> bool {
        let from = one.inside.first().map_or(ran.from, |span| span.0);
        let is_open = ran.stated.is_empty() && ran.class.is_some_and(|class| !class.is_closed());
        is_open && self.read.has_no_seat_for(one.observer, ran.item, from)
    }

    /// The paper that somebody signed: the one whose digest the record has, or else that of the seat that they hold.
    pub fn signed_by(&self, observer: PersonId) -> Option<(String, &Paper)> {
        let own = || self.signed.iter().filter(|signed| signed.observer == observer);
        let Some(noted) = self.read.state.undertakings.get(&observer) else {
            return own().rfind(|signed| signed.is_held).map(|signed| (hex::encode(&signed.digest), &signed.paper));
        };
        let same = own().filter(|signed| hex::encode(&signed.digest) == *noted);
        let kept = same.max_by_key(|signed| signed.is_held).map(|signed| &signed.paper);
        // What was signed anew since is kept as it was; the record has it whole.
        let of_entry = |entry: &'_ Entry| match &entry.event {
            Event::Signs { undertaking, .. } => undertaking == noted,
            _ => false,
        };
        let of_record = || match &self.read.entries.iter().find(|entry| of_entry(entry))?.event {
            Event::Signs { paper, .. } => paper.as_ref(),
            _ => None,
        };
        Some((noted.clone(), kept.or_else(of_record)?))
    }

    pub fn corrections(&self) -> usize {
        self.read.entries.iter().filter(|entry| entry.event.kind() == Kind::Correction).count()
    }

    /// How many exposures the record says, as the list of insiders and the keeper's page count them; of the privileged items, theirs.
    pub fn exposures(&self) -> usize {
        let is_shown = |one: &Exposure| !self.is_privilege || one.class == Some(Class::LegalAdvice);
        recorded(&self.read.entries).into_values().filter(|one| !one.withdrawn && is_shown(one)).count()
    }
}

/// Has the trail say that somebody took a paper out of the house, which bears names, and in which form.
pub(super) async fn taken_out(
    app: &App,
    viewer: &Viewer,
    (sitting, paper, form): (&Sitting, &str, &str),
) -> Result<(), Failure> {
    let detail = serde_json::json!({ "number": sitting.number, "paper": paper, "as": form });
    transaction!(app.db, tx => {
        noted(app, tx, Some(viewer.person), sitting, ("observations.paper", detail.clone())).await
    })
}

/// The record as a file, under the name that it has everywhere.
pub(super) async fn written(app: &App, viewer: &Viewer, id: SittingId) -> Result<(String, String), Failure> {
    let read = read(&app.db, viewer, id).await?;
    Ok((export::write(&read.links), format!("record-{}.json", read.sitting.number)))
}
