//! A pair as one of the two comes to what they keep together: who may, and what every page and answer about it needs.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::model::{Mentorship, MentorshipId};
use super::store::mentorship;
use super::visibility::{Visibility, place_of};
use crate::app::App;
use crate::db::{Error, Reader, Tx};
use crate::frameworks::Framework;
use crate::i18n::{Lang, Message};
use crate::identity::{PersonId, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition};
use crate::vault::{self, Closed, Keys, Place, Words};

/// A mentorship whose words somebody may come to: they are of the pair.
pub async fn own(from: impl Into<Reader<'_>>, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    let pair = mentorship(from, id).await?.ok_or(Refusal::NotFound)?;
    if pair.is_of(viewer) { Ok(pair) } else { Err(Refusal::NotFound.into()) }
}

/// The same, if it runs, so that they may write; `ended` is the key of what whoever comes too late is told.
pub async fn own_running(
    tx: &mut Tx,
    viewer: &Viewer,
    id: MentorshipId,
    ended: &'static str,
) -> Result<Mentorship, Failure> {
    let pair = own(tx, viewer, id).await?;
    if pair.ended_at.is_some() { Err(Problems::one("", Message::new(ended)).into()) } else { Ok(pair) }
}

/// A pair with its edition, framework and keys, as one of the two reads it: four statements.
pub struct Reading {
    pub lang: Lang,
    pub zone: TimeZone,
    pub now: Timestamp,
    pub pair: Mentorship,
    pub side: Side,
    pub edition: Edition,
    pub framework: Option<Framework>,
    pub keys: Keys,
}

impl Reading {
    pub async fn of(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Self, Failure> {
        let pair = own(&app.db, viewer, id).await?;
        let side = pair.side_of(viewer.person).ok_or(Refusal::NotFound)?;
        let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
        Ok(Self {
            lang: viewer.lang,
            zone: viewer.zone.clone(),
            now: app.now(),
            side,
            framework: programmes::framework_of(&app.db, &edition).await?.map(|version| version.content),
            keys: vault::keys(app, &app.db, pair.organisation, &[id.0]).await?,
            pair,
            edition,
        })
    }

    pub fn other(&self) -> &str {
        self.pair.other(self.side).0
    }

    pub fn has_ended(&self) -> bool {
        self.pair.ended_at.is_some()
    }

    pub fn is_mentee(&self) -> bool {
        self.side == Side::Mentee
    }

    /// The day in the edition's own calendar.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.edition.settings.calendar.time_zone()).date()
    }

    pub fn today(&self) -> Date {
        self.day(self.now)
    }

    /// The name of a competency, or its key where the framework has it no longer.
    pub fn competency(&self, key: &str) -> String {
        let named = self.framework.as_ref().and_then(|framework| framework.competency(key));
        named.map_or_else(|| key.to_owned(), |competency| competency.name.told(self.lang).to_owned())
    }

    /// What was written, or why that does not open.
    pub fn told(&self, words: Result<Words, Closed>) -> String {
        words.map_or_else(|closed| self.lang.say(closed.key()), |words| words.as_str().to_owned())
    }
}

/// Where the reason stands for which somebody ended a mentorship.
pub(super) fn place_of_reason(pair: &Mentorship, by: PersonId) -> Place {
    place_of(pair, by, Visibility::Parting, ("mentorships", "reason_words", pair.id.0))
}

/// Pairs as a coordinator reads them, each with why it ended. Of her own she is told no more than the other one is. One
/// statement, where there is a reason.
pub(super) async fn with_reasons(
    app: &App,
    coordinator: &Viewer,
    pairs: Vec<Mentorship>,
) -> Result<Vec<(Mentorship, Option<String>)>, Error> {
    let pairs: Vec<Mentorship> = pairs.into_iter().map(|pair| pair.told_to(coordinator.person)).collect();
    let ended: Vec<_> = pairs.iter().filter(|pair| pair.reason.is_some()).map(|pair| pair.id.0).collect();
    if ended.is_empty() {
        return Ok(pairs.into_iter().map(|pair| (pair, None)).collect());
    }
    let keys = vault::keys(app, &app.db, coordinator.organisation, &ended).await?;
    let reason = |pair: &Mentorship| {
        let place = place_of_reason(pair, pair.ended_by?);
        Some(match keys.open(&place, pair.reason.as_ref()?) {
            Ok(words) => words.as_str().to_owned(),
            Err(closed) => coordinator.lang.say(closed.key()),
        })
    };
    let reasons: Vec<Option<String>> = pairs.iter().map(reason).collect();
    Ok(pairs.into_iter().zip(reasons).collect())
}
