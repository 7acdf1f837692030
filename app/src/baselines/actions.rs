//! Changes to baselines: who may, in one transaction. A draft is its writer's alone and leaves no entry in the trail; what is
//! given does.

use serde_json::json;

use super::model::{BaselineId, Ratings};
use super::raters::{Subject, subject};
use super::store::{self, Place};
use crate::app::App;
use crate::audit::{self, Note};
use crate::frameworks::{self, Version};
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::model::Phase;
use crate::programmes::{Edition, EditionId, edition};
use crate::transaction;

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
    let framework = match edition.framework {
        Some(framework) => frameworks::version(&app.db, framework).await?,
        None => None,
    };
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
