//! Changes to baselines: who may, in one transaction. A draft is its writer's alone and leaves no entry in the trail; what is
//! given does.

use jiff::Timestamp;
use serde_json::json;

use super::model::{BaselineId, Ratings};
use super::raters::{Subject, subject, subjects};
use super::store::{self, Place};
use crate::app::App;
use crate::audit::{self, Note};
use crate::frameworks::Version;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Record, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId, Standing, edition, enrolment_of};
use crate::transaction;

/// An edition as somebody finds it who is asked for baselines, may come to be asked, or looks after it.
#[derive(Debug)]
pub(super) struct Asked {
    pub edition: Edition,
    pub lines: Vec<Line>,
    pub is_coordinator: bool,
}

/// Somebody whom the viewer is asked about, and how far they are.
#[derive(Debug)]
pub(super) struct Line {
    pub subject: Subject,
    pub given_at: Option<Timestamp>,
    pub begun: bool,
}

/// Whom this person is asked about in an edition; for whoever has nothing to do with it, it is not there.
pub(super) async fn asked(app: &App, viewer: &Viewer, id: EditionId) -> Result<Asked, Failure> {
    let edition = edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let is_coordinator = manages(viewer, &edition);
    let subjects = subjects(&app.db, viewer, &edition).await?;
    if subjects.is_empty() && !is_coordinator && !teaches(app, viewer, &edition).await? {
        return Err(Refusal::NotFound.into());
    }
    let done = store::done_by(&app.db, id, viewer.person).await?;
    let begun = store::begun_by(&app.db, id, viewer.person).await?;
    let lines = subjects
        .into_iter()
        .map(|subject| Line {
            given_at: done
                .iter()
                .find(|done| done.mentee == subject.mentee && done.view == subject.view)
                .map(|done| done.at),
            begun: begun.contains(&(subject.mentee, subject.view)),
            subject,
        })
        .collect();
    Ok(Asked { edition, lines, is_coordinator })
}

fn manages(viewer: &Viewer, edition: &Edition) -> bool {
    viewer.may(Act::ManageProgrammes, &Record::of_organisation(edition.organisation))
}

/// Whether somebody is enrolled as a mentor, and may come to have mentees to be asked about.
async fn teaches(app: &App, viewer: &Viewer, edition: &Edition) -> Result<bool, Failure> {
    let enrolment = enrolment_of(&app.db, edition.id, viewer.person, Side::Mentor).await?;
    Ok(enrolment.is_some_and(|enrolment| {
        enrolment.organisation == viewer.organisation && enrolment.standing == Standing::Enrolled
    }))
}

/// What somebody is to rate a mentee by.
#[derive(Debug)]
pub(super) struct Question {
    pub edition: Edition,
    pub subject: Subject,
    /// The edition's framework, if it has one.
    pub framework: Option<Version>,
}

impl Question {
    pub(super) fn place(&self, viewer: &Viewer) -> Place {
        Place {
            organisation: self.edition.organisation,
            edition: self.edition.id,
            mentee: self.subject.mentee,
            rater: viewer.person,
            view: self.subject.view,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.edition.phase() == Phase::Open && self.framework.is_some()
    }
}

/// The question that an edition puts to this person about this mentee; whoever is not asked learns nothing.
pub(super) async fn question(app: &App, viewer: &Viewer, id: EditionId, mentee: PersonId) -> Result<Question, Failure> {
    let edition = edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let subject = subject(&app.db, viewer, &edition, mentee).await?.ok_or(Refusal::NotFound)?;
    let framework = programmes::framework_of(&app.db, &edition).await?;
    Ok(Question { edition, subject, framework })
}

/// What was on the screen when somebody answered: how often they had given theirs, and the version of their draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub times: i64,
    pub draft: i64,
}

/// Keeps what was chosen so far.
pub(super) async fn save(
    app: &App,
    viewer: &Viewer,
    question: &Question,
    seen: Seen,
    ratings: &Ratings,
) -> Result<(), Failure> {
    is_open(question)?;
    let place = question.place(viewer);
    transaction!(app.db, tx => {
        let is_current = store::times(tx, place).await? == seen.times;
        if !is_current || !store::save(tx, place, seen.draft, ratings, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        Ok(())
    })
}

/// Gives the baseline, or a correction of it. It stays as it is from now on.
pub(super) async fn give(
    app: &App,
    viewer: &Viewer,
    question: &Question,
    seen: Seen,
    ratings: &Ratings,
) -> Result<(), Failure> {
    let framework = is_open(question)?;
    let ratings = ratings.clone().whole(&framework.content, viewer.lang)?;
    let place = question.place(viewer);
    transaction!(app.db, tx => {
        let times = store::times(tx, place).await?;
        let draft = store::draft(&mut *tx, place).await?;
        let id = BaselineId(app.id());
        let is_current = times == seen.times && draft.version == seen.draft;
        if !is_current || !store::add(tx, id, place, times + 1, framework.id, &ratings, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        store::forget_draft(tx, place).await?;
        let note = Note::new(place.organisation.0, viewer.person.0, "baselines.give").about("person", place.mentee.0);
        let detail = json!({ "edition": place.edition, "view": place.view.code(), "correction": times > 0 });
        audit::note(app, tx, note.with(detail)).await?;
        Ok(())
    })
}

fn is_open(question: &Question) -> Result<&Version, Failure> {
    match &question.framework {
        Some(framework) if question.is_open() => Ok(framework),
        _ => Err(Problems::one("", Message::new("baselines-not-open")).into()),
    }
}
