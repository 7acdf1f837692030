//! How the goals go: asked of both by mail, once in thirty days while nobody has said so; answered by the mail's link without signing in.
//! Rounds are counted from the beginning of the pair, so that whoever begins them asks no second time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::checking::{note, put_check_in, today};
use super::model::{Goal, GoalId, Saying};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Acting, Letter, Notice, Told};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::Words;
use crate::{jobs, programmes, transaction};

/// The job that looks whether somebody is to be asked.
pub(super) const ASK: &str = "goals.ask";
/// The notice that asks.
pub(super) const ASKED: &str = "goals.asked";
/// Where its link leads.
pub(super) const PATH: &str = "/g";

const ROUND: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Who checked in during these days has nothing to add.
const RECENTLY: SignedDuration = SignedDuration::from_hours(21 * 24);
const HOLDS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A look at a pair's goals.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Round {
    mentorship: MentorshipId,
    number: i64,
}

/// Has the next round of a pair looked at, if nobody has yet.
pub(super) async fn begin(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(), Error> {
    let since = app.now().duration_since(pair.began_at).as_secs().max(0);
    let number = since / ROUND.as_secs() + 1;
    let id = jobs::made_of(&[ASK.as_bytes(), pair.id.0.as_bytes(), &number.to_be_bytes()]);
    let payload = serde_json::to_value(Round { mentorship: pair.id, number }).unwrap_or_default();
    let due = pair.began_at + SignedDuration::from_secs(ROUND.as_secs() * number);
    jobs::add_once(app, tx, Some(pair.organisation.0), ASK, (id, &payload), due).await
}

/// The goals that both know of and that are not settled.
async fn open_goals(app: &App, pair: MentorshipId) -> Result<Vec<Goal>, Error> {
    let mut goals = store::goals(&app.db, pair, PersonId(uuid::Uuid::nil())).await?;
    goals.retain(|goal| goal.is_open() && goal.visibility == Visibility::Pair);
    Ok(goals)
}

/// Asks both, if goals are open of which nobody has said for weeks how they go; and looks again.
pub(super) async fn look(app: &App, round: &Round) -> Result<(), Failure> {
    let Some(pair) = mentorships::mentorship(&app.db, round.mentorship).await? else { return Ok(()) };
    let goals = open_goals(app, pair.id).await?;
    if pair.ended_at.is_some() || goals.is_empty() {
        return Ok(());
    }
    let since = app.now() - RECENTLY;
    let is_quiet = |goal: &Goal| goal.created_at < since && goal.last_on.is_none_or(|on| on < day(since));
    let notices: Vec<Notice> = if goals.iter().any(is_quiet) {
        [pair.mentee, pair.mentor].map(|to| question(&pair, to, round.number)).into()
    } else {
        Vec::new()
    };
    transaction!(app.db, tx => {
        notices::tell_all(app, tx, &notices).await?;
        begin(app, tx, &pair).await?;
        Ok::<(), Error>(())
    })?;
    Ok(())
}

/// Has the next round of a pair looked at in place of one that was given up.
pub(super) async fn look_later(app: &App, round: &Round) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(pair) = mentorships::mentorship(&mut *tx, round.mentorship).await? else { return Ok(()) };
        if pair.ended_at.is_none() {
            begin(app, tx, &pair).await?;
        }
        Ok(())
    })
}

fn href(pair: &Mentorship) -> String {
    format!("/mentorships/{}/goals", pair.id)
}

fn question(pair: &Mentorship, to: PersonId, number: i64) -> Notice {
    let other = if to == pair.mentor { &pair.mentee_name } else { &pair.mentor_name };
    let text = Message::new("goals-asked-notice").with("name", other.as_str());
    Notice::new(pair.organisation, to, ASKED, text, href(pair)).about(pair.id.0).once(format!("{}:{number}", pair.id))
}

fn day(at: Timestamp) -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(at).date()
}

/// Somebody has said how a goal of both goes: what they were asked is answered.
pub(super) async fn answered(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (person, visibility): (PersonId, Visibility),
) -> Result<(), Error> {
    if visibility == Visibility::OnlyMe {
        return Ok(());
    }
    notices::settle(tx, person, (ASKED, &href(pair)), app.now()).await
}

/// The mail that asks; nothing when its pair has ended or its goals are settled.
pub(super) async fn letter(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(pair) = told.about.map(MentorshipId) else { return Ok(None) };
    let pair = mentorships::mentorship(&app.db, pair).await?.filter(|pair| pair.ended_at.is_none());
    let Some(pair) = pair else { return Ok(None) };
    if open_goals(app, pair.id).await?.is_empty() {
        return Ok(None);
    }
    let url = notices::act_url(app, PATH, told.notice).unwrap_or_else(|| told.url(app));
    Ok(Some(Letter {
        subject: Message::new("goals-asked-mail"),
        paragraphs: vec![Message::new("goals-asked-mail-text")],
        link: Some((Message::new("goals-asked-mail-link"), url)),
        attached: None,
    }))
}

/// What a link asks about.
pub(super) struct Asked {
    acting: Acting,
    pub pair: Mentorship,
    pub goals: Vec<Goal>,
    /// Whether it was answered already.
    pub is_done: bool,
}

/// What a link of a mail opens; `None` when it is none of ours, or too old.
pub(super) async fn asked(app: &App, token: &str) -> Result<Option<Asked>, Failure> {
    let Some(acting) = notices::acting(app, PATH, token, HOLDS).await? else { return Ok(None) };
    let Some(pair) = acting.about.map(MentorshipId) else { return Ok(None) };
    let pair = mentorships::mentorship(&app.db, pair).await?.filter(|pair| pair.ended_at.is_none());
    let Some(pair) = pair.filter(|pair| pair.side_of(acting.person).is_some()) else { return Ok(None) };
    let goals = open_goals(app, pair.id).await?;
    let is_done = store::has_checked_in(&app.db, pair.id, acting.person, acting.told_at).await?;
    Ok(Some(Asked { acting, pair, goals, is_done }))
}

impl Asked {
    pub(super) fn reader(&self) -> PersonId {
        self.acting.person
    }
}

/// Says how a goal goes for whom a link was written to, once.
pub(super) async fn answer(app: &App, token: &str, goal: Option<GoalId>, line: Words) -> Result<(), Failure> {
    let asked = asked(app, token).await?.filter(|asked| !asked.is_done).ok_or(Refusal::Conflict)?;
    let chosen = match asked.goals.as_slice() {
        [only] => Some(only),
        goals => goals.iter().find(|one| Some(one.id) == goal),
    };
    let chosen = chosen.ok_or_else(|| Problems::one("goal", Message::new("goals-link-choose")))?.id;
    let (person, since) = (asked.acting.person, asked.acting.told_at);
    transaction!(app.db, tx => {
        let pair = mentorships::mentorship(&mut *tx, asked.pair.id).await?.ok_or(Refusal::NotFound)?;
        let goal = store::goal(&mut *tx, chosen).await?.filter(|goal| goal.mentorship == pair.id);
        let goal = goal.filter(|goal| goal.is_open() && goal.visibility == Visibility::Pair);
        let goal = goal.filter(|_| pair.ended_at.is_none()).ok_or(Refusal::Conflict)?;
        if store::has_checked_in(&mut *tx, pair.id, person, since).await? {
            return Err(Refusal::Conflict.into());
        }
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        let saying = Saying { on: today(app, &edition), value: None, line: line.clone() };
        put_check_in(app, tx, &pair, &goal, person, &saying).await?;
        answered(app, tx, &pair, (person, goal.visibility)).await?;
        note(app, tx, person, &pair, (goal.visibility, goal.id), "goals.check-in").await
    })
}
