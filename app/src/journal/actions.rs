//! Changes of the journal: who may, in one transaction, with the audit entry. The trail says that something was written, never what;
//! of a decision that is only its author's it says nothing.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::model::{Came, Decision, DecisionId, Draft, MOST_DECISIONS, Outcome, Resolved, Said};
use super::reminding;
use super::store::{self, Written};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{Mentorship, MentorshipId, own_running};
use crate::notices;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes;
use crate::transaction;
use crate::vault::{self, Closed, Keys, Place};

/// A mentorship in whose journal somebody may write: it runs, and they are its mentee.
async fn writable(tx: &mut Tx, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    let pair = own_running(tx, viewer, id, "journal-ended").await?;
    if pair.mentee == viewer.person { Ok(pair) } else { Err(Refusal::NotFound.into()) }
}

/// A decision of one's own, in a mentorship in whose journal one may write.
async fn own_decision(tx: &mut Tx, viewer: &Viewer, pair: &Mentorship, id: DecisionId) -> Result<Decision, Failure> {
    let found = store::decision(tx, id).await?;
    let own = found.filter(|decision| decision.mentorship == pair.id && decision.author == viewer.person);
    Ok(own.ok_or(Refusal::NotFound)?)
}

pub(super) fn place(pair: &Mentorship, decision: &Decision, visibility: Visibility, column: &'static str) -> Place {
    place_of(pair, decision.author, visibility, ("journal_decisions", column, decision.id.0))
}

/// What a decision says.
pub(super) fn said(keys: &Keys, pair: &Mentorship, decision: &Decision) -> Result<Said, Closed> {
    let words = keys.open(&place(pair, decision, decision.visibility, "words"), &decision.words)?;
    Said::of(&words).ok_or(Closed::Refused)
}

/// What came of it.
pub(super) fn outcome_of(keys: &Keys, pair: &Mentorship, decision: &Decision) -> Option<Result<Outcome, Closed>> {
    let resolved = decision.resolved.as_ref()?;
    let words = keys.open(&place(pair, decision, decision.visibility, "outcome"), &resolved.outcome);
    Some(words.and_then(|words| Outcome::of(&words).ok_or(Closed::Refused)))
}

/// Where the edition counts its days.
async fn zone_of(tx: &mut Tx, pair: &Mentorship) -> Result<TimeZone, Failure> {
    let edition = programmes::edition(tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    Ok(edition.settings.calendar.time_zone())
}

/// A day that is still to come.
fn still_open(draft: &Draft, today: Date) -> Result<Date, Problems> {
    let known_on = draft.known_on.filter(|known_on| *known_on > today);
    known_on.ok_or_else(|| Problems::one("known-on", Message::new("journal-known-on-past")))
}

/// Writes a decision down.
pub async fn add(app: &App, viewer: &Viewer, id: MentorshipId, draft: &Draft) -> Result<DecisionId, Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let zone = zone_of(tx, &pair).await?;
        let known_on = still_open(draft, zone.to_datetime(app.now()).date())?;
        if store::count(tx, id).await? >= MOST_DECISIONS {
            return Err(Problems::one("", Message::new("journal-many").with("most", MOST_DECISIONS)).into());
        }
        let decision = DecisionId(app.id());
        let place = place_of(&pair, viewer.person, draft.visibility, ("journal_decisions", "words", decision.0));
        let words = vault::seal(app, tx, &place, &draft.words()).await?;
        let written = Written { draft, known_on, words, by: viewer.person, at: app.now() };
        store::add(tx, (pair.organisation, id), decision, &written).await?;
        reminding::on(app, tx, &pair, (decision, known_on), &zone).await?;
        note(app, tx, &pair, (draft.visibility, viewer), "journal.add").await?;
        Ok(decision)
    })
}

/// Writes a decision anew over the version that was read, until the day on which it is known. What the pair has read is the pair's.
pub(super) async fn write(
    app: &App,
    viewer: &Viewer,
    (id, decision, version): (MentorshipId, DecisionId, i64),
    draft: &Draft,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let before = own_decision(tx, viewer, &pair, decision).await?;
        if before.version != version || !before.is_open() {
            return Err(Refusal::Conflict.into());
        }
        let zone = zone_of(tx, &pair).await?;
        let today = zone.to_datetime(app.now()).date();
        if !before.may_change(today) {
            return Err(Problems::one("", Message::new("journal-too-late")).into());
        }
        let known_on = still_open(draft, today)?;
        if before.visibility == Visibility::Pair && draft.visibility != Visibility::Pair {
            return Err(Problems::one("visibility", Message::new("journal-visibility-back")).into());
        }
        let place = place(&pair, &before, draft.visibility, "words");
        let stays = (before.visibility == draft.visibility).then_some(&before.words);
        let words = vault::seal_over(app, tx, &place, &draft.words(), stays).await?;
        let written = Written { draft, known_on, words, by: viewer.person, at: app.now() };
        if !store::write(tx, decision, version, &written).await? {
            return Err(Refusal::Conflict.into());
        }
        reminding::on(app, tx, &pair, (decision, known_on), &zone).await?;
        note(app, tx, &pair, (draft.visibility, viewer), "journal.write").await
    })
}

/// Says what came, or says it anew: who looks again may see it otherwise.
pub async fn resolve(
    app: &App,
    viewer: &Viewer,
    (id, decision, version): (MentorshipId, DecisionId, i64),
    outcome: &Outcome,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let before = own_decision(tx, viewer, &pair, decision).await?;
        if before.version != version {
            return Err(Refusal::Conflict.into());
        }
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let expected = said(&keys, &pair, &before).map_or(0, |said| said.expected.len());
        if matches!(outcome.came, Came::Expected(place) if place >= expected) {
            return Err(Problems::one("came", Message::new("journal-came-missing")).into());
        }
        let place = place(&pair, &before, before.visibility, "outcome");
        let stays = before.resolved.as_ref().map(|resolved| &resolved.outcome);
        let sealed = vault::seal_over(app, tx, &place, &outcome.words(), stays).await?;
        if !store::resolve(tx, decision, version, &Resolved { at: app.now(), outcome: sealed }).await? {
            return Err(Refusal::Conflict.into());
        }
        notices::take_back(tx, &[viewer.person], decision.0).await?;
        note(app, tx, &pair, (before.visibility, viewer), "journal.resolve").await
    })
}

/// Opens to the pair what was only its author's, with what came of it: it is written for the pair from now on.
pub(super) async fn share(
    app: &App,
    viewer: &Viewer,
    (id, decision, version): (MentorshipId, DecisionId, i64),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let before = own_decision(tx, viewer, &pair, decision).await?;
        if before.version != version || before.visibility != Visibility::OnlyMe {
            return Err(Refusal::Conflict.into());
        }
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let opened = keys.open(&place(&pair, &before, Visibility::OnlyMe, "words"), &before.words);
        let words = opened.map_err(|closed| Problems::one("", Message::new(closed.key())))?;
        let words = vault::seal(app, tx, &place(&pair, &before, Visibility::Pair, "words"), &words).await?;
        let outcome = match outcome_of(&keys, &pair, &before).and_then(Result::ok) {
            Some(outcome) => {
                let place = place(&pair, &before, Visibility::Pair, "outcome");
                Some(vault::seal(app, tx, &place, &outcome.words()).await?)
            }
            None => None,
        };
        if !store::share(tx, (decision, version), (&words, outcome), app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, &pair, (Visibility::Pair, viewer), "journal.share").await
    })
}

async fn note(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (visibility, viewer): (Visibility, &Viewer),
    verb: &'static str,
) -> Result<(), Failure> {
    if visibility == Visibility::OnlyMe {
        return Ok(());
    }
    audit::note(app, tx, Note::new(pair.organisation.0, viewer.person.0, verb).about("mentorship", pair.id.0)).await?;
    Ok(())
}
