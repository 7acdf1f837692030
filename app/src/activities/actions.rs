//! Changes of a plan: who may, in one transaction, with the audit entry. The trail says that something was planned, done or written,
//! never what.

use jiff::tz::TimeZone;

use super::debriefers::page_of;
use super::model::{Activity, ActivityId, Debrief, Done, MOST_ACTIVITIES, Reflection, Row, Said, State, plan, reason};
use super::{reminding, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of, reads};
use crate::mentorships::{Mentorship, MentorshipId, own_running};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Closed, Keys, Place, Words};
use crate::{notices, programmes, transaction};

/// A mentorship whose plan somebody may change: they are of the pair, and it runs.
async fn writable(tx: &mut Tx, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    own_running(tx, viewer, id, "activities-ended").await
}

/// An activity of a plan that somebody may change, and the version of the plan.
async fn known(tx: &mut Tx, pair: &Mentorship, id: ActivityId) -> Result<(Activity, i64), Failure> {
    let plan = store::plan(&mut *tx, pair.id).await?;
    let version = store::version(tx, pair.id).await?;
    let found = plan.into_iter().find(|activity| activity.id == id);
    Ok((found.ok_or(Refusal::NotFound)?, version))
}

pub(super) fn place(pair: &Mentorship, author: PersonId, column: &'static str, id: ActivityId) -> Place {
    place_of(pair, author, Visibility::Pair, ("activities", column, id.0))
}

pub(super) fn place_of_debrief(pair: &Mentorship, author: PersonId, visibility: Visibility, id: ActivityId) -> Place {
    place_of(pair, author, visibility, ("activity_debriefs", "words", id.0))
}

/// What an activity says.
pub(super) fn said(keys: &Keys, pair: &Mentorship, activity: &Activity) -> Result<Said, Closed> {
    let words = keys.open(&place(pair, activity.author, "words", activity.id), &activity.words)?;
    Said::of(&words).ok_or(Closed::Refused)
}

/// Why an activity was let go.
pub(super) fn reason_of(keys: &Keys, pair: &Mentorship, activity: &Activity) -> Option<Result<Words, Closed>> {
    let place = place(pair, activity.settled_by?, "reason", activity.id);
    activity.reason.as_ref().map(|reason| keys.open(&place, reason))
}

/// A debrief, for whoever may read it.
pub fn reflection_of(
    keys: &Keys,
    viewer: &Viewer,
    pair: &Mentorship,
    debrief: &Debrief,
) -> Option<Result<Reflection, Closed>> {
    if !reads(debrief.visibility, viewer, pair, debrief.author) {
        return None;
    }
    let place = place_of_debrief(pair, debrief.author, debrief.visibility, debrief.activity);
    let words = keys.open(&place, &debrief.words);
    Some(words.and_then(|words| Reflection::of(debrief.visibility, &words).ok_or(Closed::Refused)))
}

/// Writes the plan anew over the version that was read: rows that are there stay, are changed or go; new ones come. What was done or
/// let go is not touched by it, and what was debriefed does not go: it was done.
pub async fn write(
    app: &App,
    viewer: &Viewer,
    (id, version): (MentorshipId, i64),
    rows: &[Row],
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        if store::version(&mut *tx, id).await? != version {
            return Err(Refusal::Conflict.into());
        }
        let zone = fits(tx, &pair, rows).await?;
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let plan = store::plan(&mut *tx, id).await?;
        let open = || plan.iter().filter(|activity| activity.state == State::Planned);
        for gone in open().filter(|activity| rows.iter().all(|row| row.id != Some(activity.id))) {
            if gone.debriefed_at.is_some() {
                return Err(Problems::one("", Message::new("activities-drop-debriefed")).into());
            }
            store::remove(tx, gone.id).await?;
            notices::take_back(tx, &[pair.mentee, pair.mentor], gone.id.0).await?;
        }
        for row in rows {
            let before = match row.id {
                Some(id) => Some(open().find(|activity| activity.id == id).ok_or(Refusal::Conflict)?),
                None => None,
            };
            if before.is_some_and(|before| is_same(&keys, &pair, before, row)) {
                continue;
            }
            let activity = row.id.unwrap_or_else(|| ActivityId(app.id()));
            // Another date is no other word: the words stay as they were, and their author's.
            let (author, words) = if let Some(before) = before.filter(|before| says_the_same(&keys, &pair, before, row)) {
                (before.author, before.words.clone())
            } else {
                let place = place(&pair, viewer.person, "words", activity);
                (viewer.person, vault::seal(app, tx, &place, &row.words()).await?)
            };
            store::put(tx, (pair.organisation, id), (activity, row), (author, app.now()), &words).await?;
            if before.is_some() {
                no_longer_waits(app, tx, &pair, activity).await?;
            }
            reminding::when_gone(app, tx, &pair, (activity, row.when), &zone).await?;
        }
        if !store::touch(tx, (pair.organisation, id), version, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, viewer.person, &pair, "activities.plan", rows.len()).await
    })
}

/// Adds an activity to the plan of a pair, in the transaction of what it comes from. Whoever calls has asked who may.
pub async fn add(app: &App, tx: &mut Tx, pair: &Mentorship, by: PersonId, row: Row) -> Result<ActivityId, Failure> {
    let rows = plan(vec![row], &[0])?;
    let zone = fits(tx, pair, &rows).await?;
    if store::plan(&mut *tx, pair.id).await?.len() >= MOST_ACTIVITIES {
        return Err(Problems::one("", Message::new("activities-many").with("most", MOST_ACTIVITIES)).into());
    }
    let version = store::version(&mut *tx, pair.id).await?;
    let activity = ActivityId(app.id());
    for row in &rows {
        let words = vault::seal(app, tx, &place(pair, by, "words", activity), &row.words()).await?;
        store::put(tx, (pair.organisation, pair.id), (activity, row), (by, app.now()), &words).await?;
        reminding::when_gone(app, tx, pair, (activity, row.when), &zone).await?;
    }
    if !store::touch(tx, (pair.organisation, pair.id), version, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    note(app, tx, by, pair, "activities.plan", rows.len()).await?;
    Ok(activity)
}

/// Says that an activity was done that is still planned, in the transaction of what says so.
pub async fn has_been_done(
    app: &App,
    tx: &mut Tx,
    (pair, by): (&Mentorship, PersonId),
    activity: ActivityId,
    done: Done,
) -> Result<(), Failure> {
    let (before, version) = known(tx, pair, activity).await?;
    if before.state != State::Planned {
        return Ok(());
    }
    let done = Done::parse(done, app.now())?;
    store::settle(tx, activity, (by, app.now()), State::Done, (Some(done), None)).await?;
    no_longer_waits(app, tx, pair, activity).await?;
    reminding::after(app, tx, pair, (activity, done)).await?;
    if !store::touch(tx, (pair.organisation, pair.id), version, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    note(app, tx, by, pair, "activities.done", 1).await
}

/// Says how long an activity lasted that is done, in the transaction of what knows better; without minutes it was not, and is planned again.
pub async fn has_lasted(
    app: &App,
    tx: &mut Tx,
    (pair, by): (&Mentorship, Option<PersonId>),
    activity: ActivityId,
    minutes: Option<i64>,
) -> Result<(), Failure> {
    let (before, version) = known(tx, pair, activity).await?;
    let differs = minutes.is_none() || before.minutes != minutes;
    let Some(ended_at) = before.ended_at.filter(|_| before.state == State::Done && differs) else {
        return Ok(());
    };
    let who = by.or(before.settled_by).unwrap_or(before.author);
    let (state, done) = match minutes {
        Some(_) => (State::Done, Some(Done { ended_at, minutes })),
        None => (State::Planned, None),
    };
    store::settle(tx, activity, (who, app.now()), state, (done, None)).await?;
    if !store::touch(tx, (pair.organisation, pair.id), version, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    let note = Note::new(pair.organisation.0, by.map(|by| by.0), "activities.lasted").about("mentorship", pair.id.0);
    audit::note(app, tx, note.with(serde_json::json!({ "activities": 1 }))).await?;
    Ok(())
}

/// What the two were told of an activity is overtaken by what somebody said of it.
async fn no_longer_waits(app: &App, tx: &mut Tx, pair: &Mentorship, activity: ActivityId) -> Result<(), Failure> {
    Ok(notices::overtake(tx, &[pair.mentee, pair.mentor], activity.0, app.now()).await?)
}

/// A row that says what the plan says already stays as it is, and its author's.
fn is_same(keys: &Keys, pair: &Mentorship, before: &Activity, row: &Row) -> bool {
    before.kind == row.kind
        && before.competency == row.competency
        && before.when == row.when
        && says_the_same(keys, pair, before, row)
}

fn says_the_same(keys: &Keys, pair: &Mentorship, before: &Activity, row: &Row) -> bool {
    keys.says(&place(pair, before.author, "words", before.id), &before.words, &row.words())
}

/// Competencies are of the edition's framework, and the whole of a plan has to fit. Gives where the edition counts its days.
async fn fits(tx: &mut Tx, pair: &Mentorship, rows: &[Row]) -> Result<TimeZone, Failure> {
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let framework = programmes::framework_of(tx, &edition).await?;
    let is_known =
        |key: &String| framework.as_ref().is_some_and(|framework| framework.content.competency(key).is_some());
    if rows.iter().filter_map(|row| row.competency.as_ref()).all(is_known) {
        return Ok(edition.settings.calendar.time_zone());
    }
    Err(Problems::one("", Message::new("activities-competency-unknown")).into())
}

/// Says that an activity was done: when it ended, and how long it took.
pub async fn finish(
    app: &App,
    viewer: &Viewer,
    (id, activity): (MentorshipId, ActivityId),
    done: Done,
) -> Result<(), Failure> {
    let done = Done::parse(done, app.now())?;
    settle(app, viewer, (id, activity), (State::Done, Some(done)), None, "activities.done").await
}

/// Lets an activity go, with a reason.
pub(super) async fn let_go(
    app: &App,
    viewer: &Viewer,
    path: (MentorshipId, ActivityId),
    why: &str,
) -> Result<(), Failure> {
    let why = reason(why)?;
    settle(app, viewer, path, (State::LetGo, None), Some(&why), "activities.let-go").await
}

/// Plans an activity again that was done or let go by mistake.
pub(super) async fn reopen(app: &App, viewer: &Viewer, path: (MentorshipId, ActivityId)) -> Result<(), Failure> {
    settle(app, viewer, path, (State::Planned, None), None, "activities.reopen").await
}

async fn settle(
    app: &App,
    viewer: &Viewer,
    (id, activity): (MentorshipId, ActivityId),
    (state, done): (State, Option<Done>),
    why: Option<&Words>,
    verb: &'static str,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let (before, version) = known(tx, &pair, activity).await?;
        let is_planned = before.state == State::Planned;
        if is_planned == (state == State::Planned) {
            return Err(Refusal::Conflict.into());
        }
        if state == State::LetGo && before.debriefed_at.is_some() {
            return Err(Problems::one("reason", Message::new("activities-let-go-debriefed")).into());
        }
        let sealed = match why {
            Some(words) => Some(vault::seal(app, tx, &place(&pair, viewer.person, "reason", activity), words).await?),
            None => None,
        };
        let by = (viewer.person, app.now());
        store::settle(tx, activity, by, state, (done, sealed)).await?;
        no_longer_waits(app, tx, &pair, activity).await?;
        if let Some(done) = done {
            reminding::after(app, tx, &pair, (activity, done)).await?;
        }
        if !store::touch(tx, (pair.organisation, id), version, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, viewer.person, &pair, verb, 1).await
    })
}

/// Writes a debrief, or before the activity what the mentee expects. It is the mentee's.
pub async fn write_debrief(
    app: &App,
    viewer: &Viewer,
    (id, activity, version): (MentorshipId, ActivityId, i64),
    reflection: &Reflection,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        if pair.mentee != viewer.person {
            return Err(Refusal::NotFound.into());
        }
        let (of, _) = known(tx, &pair, activity).await?;
        if page_of(&mut *tx, id, activity).await?.is_some() {
            return Err(Problems::one("", Message::new("activities-debrief-elsewhere")).into());
        }
        debrief(app, tx, &pair, (&of, version), reflection).await
    })
}

/// The same in the transaction of a feature that keeps the page on which it is written. Whoever calls has asked who may.
pub async fn write_debrief_of(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (activity, version): (ActivityId, i64),
    reflection: &Reflection,
) -> Result<(), Failure> {
    let (of, _) = known(tx, pair, activity).await?;
    debrief(app, tx, pair, (&of, version), reflection).await
}

async fn debrief(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (of, version): (&Activity, i64),
    reflection: &Reflection,
) -> Result<(), Failure> {
    let (activity, author) = (of.id, pair.mentee);
    if of.state == State::LetGo {
        return Err(Problems::one("", Message::new("activities-debrief-let-go")).into());
    }
    if of.debrief_closed_at.is_some() {
        return Err(Problems::one("", Message::new("activities-debrief-closed")).into());
    }
    let is_done = of.state == State::Done;
    let reflection = Reflection::parse(reflection.clone(), is_done)?;
    let before = store::debrief(&mut *tx, activity).await?;
    let was_shared = before.as_ref().is_some_and(|before| before.visibility == Visibility::Pair);
    if was_shared && reflection.visibility != Visibility::Pair {
        return Err(Problems::one("visibility", Message::new("activities-visibility-back")).into());
    }
    let place = place_of_debrief(pair, author, reflection.visibility, activity);
    let stays = before.as_ref().filter(|before| before.visibility == reflection.visibility).map(|before| &before.words);
    let words = vault::seal_over(app, tx, &place, &reflection.words(), stays).await?;
    let written_at = before.and_then(|before| before.written_at).or(is_done.then(|| app.now()));
    let debrief = Debrief { activity, author, visibility: reflection.visibility, words, written_at, version };
    if !store::write_debrief(tx, pair.organisation, &debrief, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    note(app, tx, author, pair, if is_done { "activities.debrief" } else { "activities.expect" }, 1).await
}

/// Puts other words in the place of what an activity says, and of why it was let go, in the transaction of whoever has to destroy them. Its
/// kind, its days and how it went stay.
pub async fn destroy_words(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (activity, instead): (ActivityId, &Words),
) -> Result<(), Failure> {
    let planned = store::plan(&mut *tx, pair.id).await?;
    let Some(known) = planned.iter().find(|known| known.id == activity) else { return Ok(()) };
    let said = Said { what: instead.clone(), watch: Words::default() };
    let place = place(pair, known.author, "words", activity);
    let words = vault::seal(app, tx, &place, &said.words()).await?;
    Ok(store::destroy_words(tx, activity, &words, app.now()).await?)
}

/// Destroys the debrief of an activity, in the transaction of whoever has to. That it was written, and when, stays.
pub async fn destroy_debrief(app: &App, tx: &mut Tx, activity: ActivityId) -> Result<(), Failure> {
    Ok(store::destroy_debrief(tx, activity, app.now()).await?)
}

async fn note(
    app: &App,
    tx: &mut Tx,
    by: PersonId,
    pair: &Mentorship,
    verb: &'static str,
    count: usize,
) -> Result<(), Failure> {
    let note = Note::new(pair.organisation.0, by.0, verb).about("mentorship", pair.id.0);
    audit::note(app, tx, note.with(serde_json::json!({ "activities": count }))).await?;
    Ok(())
}
