//! How the goals go: asked of both by mail when the pulse of the edition says so (`health`), and answered by the mail's link without
//! signing in.

use super::checking::{note, put_check_in, today};
use super::model::{Goal, GoalId, Saying};
use super::reminding::DUE;
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
use crate::{programmes, transaction};

/// The notice that asks.
pub const ASKED: &str = "goals.asked";
/// Where its link leads.
pub(super) const PATH: &str = "/g";

/// The goals that both know of and that are not settled.
async fn open_goals(app: &App, pair: MentorshipId) -> Result<Vec<Goal>, Error> {
    let mut goals = store::goals(&app.db, pair, PersonId(uuid::Uuid::nil())).await?;
    goals.retain(|goal| goal.is_open() && goal.visibility == Visibility::Pair);
    Ok(goals)
}

fn href(pair: &Mentorship) -> String {
    format!("/mentorships/{}/goals", pair.id)
}

/// Asks one of a pair how the goals go, once for each key. When, the clock of the edition says.
pub fn question(pair: &Mentorship, to: PersonId, key: String) -> Notice {
    let other = if to == pair.mentor { &pair.mentee_name } else { &pair.mentor_name };
    let text = Message::new("goals-asked-notice").with("name", other.as_str());
    Notice::new(pair.organisation, to, ASKED, text, href(pair)).about(pair.id.0).once(key)
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
    let Some(pair) = mentorships::still_running(&app.db, pair).await? else { return Ok(None) };
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
    /// The one that it is about, where it is about one.
    only: Option<GoalId>,
    /// Whether it was answered already.
    pub is_done: bool,
}

/// What a link of a mail opens; `None` when it is none of ours, or too old.
pub(super) async fn asked(app: &App, token: &str) -> Result<Option<Asked>, Failure> {
    let Some(acting) = notices::acting(app, PATH, token).await? else { return Ok(None) };
    let Some(about) = acting.about else { return Ok(None) };
    // Of the day of a goal its owner is told apart.
    let only = (acting.kind == DUE).then_some(GoalId(about));
    let pair = match only {
        Some(goal) => store::goal(&app.db, goal).await?.map(|goal| goal.mentorship),
        None => Some(MentorshipId(about)),
    };
    let Some(pair) = pair else { return Ok(None) };
    let pair = mentorships::still_running(&app.db, pair).await?;
    let Some(pair) = pair.filter(|pair| pair.side_of(acting.person).is_some()) else { return Ok(None) };
    let mut goals = open_goals(app, pair.id).await?;
    goals.retain(|goal| only.is_none_or(|only| only == goal.id));
    let is_done = store::has_checked_in(&app.db, (pair.id, only), acting.person, acting.told_at).await?;
    Ok(Some(Asked { acting, pair, goals, only, is_done }))
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
        if store::has_checked_in(&mut *tx, (pair.id, asked.only), person, since).await? {
            return Err(Refusal::Conflict.into());
        }
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        let saying = Saying { on: today(app, &edition), value: None, line: line.clone() };
        put_check_in(app, tx, &pair, &goal, person, &saying).await?;
        answered(app, tx, &pair, (person, goal.visibility)).await?;
        if asked.only.is_some() {
            notices::overtake(tx, &[person], goal.id.0, app.now()).await?;
        }
        note(app, tx, person, &pair, (goal.visibility, goal.id), "goals.check-in").await
    })
}
