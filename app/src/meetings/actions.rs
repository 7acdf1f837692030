//! Changes of meetings: who may, in one transaction, with the audit entry and the letters. The trail says that something was
//! proposed, agreed or written, never what.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::letters::{ASKED, DECLINED, LAPSED, News, PATH, PROPOSED, everybody, overtake, question, tell};
use super::model::{
    Ask, AskId, CHOICES, Kind, LONGEST_LINE, LONGEST_NOTE, LinkAct, Meeting, MeetingId, PointId, Promise, PromiseId,
    Proposal, QUIET_FOR, State, TextId, TimeId, Way, quiet_since, typed,
};
use super::reminding;
use super::series::{Repeats, SeriesId, Which};
use super::store::{self, Further, Link, New};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, Address, Held, OrganisationId, Part, PersonId, Scope, Viewer, digest, encode};
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Sealed, Words};
use crate::{jobs, notices, transaction};

/// The job that asks both whether they met, once the time of a meeting is over.
pub(super) const ASK: &str = "meetings.ask";
/// The job that looks whether a pair has been quiet.
pub(super) const QUIET: &str = "meetings.quiet";

/// The job that reminds whoever is asked for an answer before the first of the times comes.
pub(super) const REMIND: &str = "meetings.remind";
/// The job that ends the waiting when the last of the times has passed.
pub(super) const LAPSE: &str = "meetings.lapse";

/// So long before the first of the times whoever has not answered is reminded.
const REMINDED_BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// What is agreed for within so long is a sign that a pair meets; what is further off may be called off before.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long after its end a meeting is asked about.
const AFTER: SignedDuration = SignedDuration::from_hours(1);
/// Longer after its end nobody is asked about a meeting any more.
const ASKED_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The two have so many meetings open at most; those that come again are one.
const MOST_OPEN: usize = 20;

/// Whoever acts: signed in, or with the link of a mail.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub zone: TimeZone,
}

impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Self {
        Self { person: viewer.person, organisation: viewer.organisation, zone: viewer.zone.clone() }
    }
}

/// A pair, and as whom somebody comes to its meetings.
#[derive(Clone, Debug)]
pub(super) struct Access {
    pub pair: Mentorship,
    /// For which side they act.
    pub side: Side,
    /// Whether they act for the mentor: times and places, and no content.
    pub is_assistant: bool,
}

impl Access {
    /// Whether somebody may come to a pair's meetings: the two, and whoever the mentor named for the diary.
    fn of(actor: &Actor, pair: Mentorship, assistant: Option<PersonId>) -> Result<Self, Refusal> {
        if pair.organisation != actor.organisation {
            return Err(Refusal::NotFound);
        }
        match pair.side_of(actor.person) {
            Some(side) => Ok(Self { pair, side, is_assistant: false }),
            // What has ended has no diary.
            None if assistant == Some(actor.person) && pair.ended_at.is_none() => {
                Ok(Self { pair, side: Side::Mentor, is_assistant: true })
            }
            None => Err(Refusal::NotFound),
        }
    }

    /// Those who read and write what is said.
    pub fn of_pair(self) -> Result<Self, Refusal> {
        if self.is_assistant { Err(Refusal::NotFound) } else { Ok(self) }
    }

    fn running(self) -> Result<Self, Failure> {
        if self.pair.ended_at.is_some() {
            return Err(Problems::one("", Message::new("meetings-ended")).into());
        }
        Ok(self)
    }

    pub fn other(&self) -> PersonId {
        self.pair.person_on(self.side.other())
    }
}

/// Two statements.
pub(super) async fn access(app: &App, actor: &Actor, pair: MentorshipId) -> Result<Access, Failure> {
    let pair = mentorships::mentorship(&app.db, pair).await?.ok_or(Refusal::NotFound)?;
    let assistant = store::assistant_of(&app.db, pair.mentor).await?;
    Ok(Access::of(actor, pair, assistant.map(|(person, ..)| person))?)
}

async fn access_in(tx: &mut Tx, actor: &Actor, pair: MentorshipId) -> Result<Access, Failure> {
    let pair = mentorships::mentorship(&mut *tx, pair).await?.ok_or(Refusal::NotFound)?;
    let assistant = store::assistant_of(&mut *tx, pair.mentor).await?;
    Ok(Access::of(actor, pair, assistant.map(|(person, ..)| person))?)
}

/// A meeting of a pair that runs, as somebody acts on it.
async fn meeting_for(tx: &mut Tx, actor: &Actor, id: MeetingId) -> Result<(Access, Meeting), Failure> {
    let meeting = store::meeting_in(tx, id).await?.ok_or(Refusal::NotFound)?;
    let access = access_in(tx, actor, meeting.mentorship).await?.running()?;
    Ok((access, meeting))
}

/// The same for what the two write.
async fn words_for(tx: &mut Tx, actor: &Actor, id: MeetingId) -> Result<(Access, Meeting), Failure> {
    let (access, meeting) = meeting_for(tx, actor, id).await?;
    Ok((access.of_pair()?, meeting))
}

async fn turn(app: &App, tx: &mut Tx, meeting: &Meeting, version: i64) -> Result<(), Failure> {
    if store::touch(tx, meeting, version, app.now()).await? { Ok(()) } else { Err(Refusal::Conflict.into()) }
}

/// Where they meet, sealed, and whose words it is. What says the same as before stays as it was, and its author's.
async fn seal_place(
    app: &App,
    tx: &mut Tx,
    (actor, pair): (&Actor, &Mentorship),
    (id, before): (MeetingId, Option<&(PersonId, Sealed)>),
    words: Option<&Words>,
) -> Result<Option<(PersonId, Sealed)>, Failure> {
    let Some(words) = words else { return Ok(None) };
    let place_by = |author| place_of(pair, author, Visibility::Pair, ("meetings", "place_words", id.0));
    if let Some((author, sealed)) = before {
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[pair.id.0]).await?;
        if keys.says(&place_by(*author), sealed, words) {
            return Ok(Some((*author, sealed.clone())));
        }
    }
    Ok(Some((actor.person, vault::seal(app, tx, &place_by(actor.person), words).await?)))
}

fn zone_name(actor: &Actor) -> String {
    actor.zone.iana_name().unwrap_or("UTC").to_owned()
}

fn timed(app: &App, times: &[Timestamp]) -> Vec<(TimeId, Timestamp)> {
    times.iter().map(|starts| (TimeId(app.id()), *starts)).collect()
}

/// Those on a side who answer for it: the person, and for the mentor whoever keeps the diary.
async fn on_side(tx: &mut Tx, pair: &Mentorship, side: Side) -> Result<Vec<PersonId>, Failure> {
    let mut people = vec![pair.person_on(side)];
    if side == Side::Mentor {
        people.extend(store::assistant_of(&mut *tx, pair.mentor).await?.map(|(person, ..)| person));
    }
    people.dedup();
    Ok(people)
}

/// Proposes times for a new meeting.
pub(super) async fn propose(
    app: &App,
    actor: &Actor,
    pair: MentorshipId,
    proposal: &Proposal,
) -> Result<MeetingId, Failure> {
    propose_in(app, actor, pair, (proposal, Unless::Never)).await
}

/// When nothing more is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unless {
    Never,
    /// Where a meeting is arranged, or being arranged, by now: whoever presses twice proposes once.
    Arranged,
}

async fn propose_in(
    app: &App,
    actor: &Actor,
    pair: MentorshipId,
    (proposal, unless): (&Proposal, Unless),
) -> Result<MeetingId, Failure> {
    transaction!(app.db, tx => {
        let access = access_in(tx, actor, pair).await?.running()?;
        let open = store::open_of(tx, pair, app.now()).await?;
        if unless == Unless::Arranged && open.iter().any(|meeting| is_arranged(meeting, app.now())) {
            return Err(Refusal::Conflict.into());
        }
        if count_open(&open, app.now()) >= MOST_OPEN {
            return Err(Problems::one("", Message::new("meetings-many").with("most", MOST_OPEN)).into());
        }
        let id = MeetingId(app.id());
        let place = seal_place(app, tx, (actor, &access.pair), (id, None), proposal.place.as_ref()).await?;
        let place = place.map(|(_, sealed)| sealed);
        let zone = zone_name(actor);
        let (organisation, side) = (actor.organisation, access.side);
        let new = New { id, organisation, pair, by: actor.person, side, zone: &zone, place };
        store::add(tx, new, proposal, app.now()).await?;
        repeat(app, tx, &access.pair, (id, None), proposal).await?;
        store::set_times(tx, organisation, id, &timed(app, &proposal.times)).await?;
        ask_side(app, tx, &access, (id, &proposal.times)).await?;
        note(app, tx, actor, &access.pair, "meetings.propose").await?;
        Ok(id)
    })
}

/// How many meetings somebody counts on or waits for.
fn count_open(meetings: &[Meeting], now: Timestamp) -> usize {
    let open =
        meetings.iter().filter(|meeting| meeting.starts_at.is_some() || meeting.open_times(now).next().is_some());
    let ids = open.map(|meeting| meeting.series.as_ref().map_or(meeting.id.0, |part| part.series.id.0));
    ids.collect::<std::collections::BTreeSet<_>>().len()
}

/// Says how often what is proposed comes again, instead of what was said before.
async fn repeat(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (id, before): (MeetingId, Option<SeriesId>),
    proposal: &Proposal,
) -> Result<(), Failure> {
    if before.is_none() && proposal.repeats.is_none() {
        return Ok(());
    }
    let after = proposal.repeats.map(|repeats| (SeriesId(app.id()), repeats));
    let of = (pair.organisation, pair.id);
    Ok(store::set_series(tx, of, id, (before, after), (proposal, app.now())).await?)
}

/// Writes to the other side that times wait for an answer, again before the first of them, and to this one if none comes.
async fn ask_side(
    app: &App,
    tx: &mut Tx,
    access: &Access,
    (meeting, times): (MeetingId, &[Timestamp]),
) -> Result<(), Failure> {
    let pair = &access.pair;
    let to = on_side(tx, pair, access.side.other()).await?;
    tell(app, tx, (pair, meeting), (News::Times, &to)).await?;
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return Ok(()) };
    let due = *first - REMINDED_BEFORE;
    let waits = json!({ "meeting": meeting, "starts": last });
    if due.duration_since(app.now()) > REMINDED_BEFORE {
        jobs::add_many(app, tx, Some(pair.organisation.0), REMIND, std::slice::from_ref(&waits), due).await?;
    }
    Ok(jobs::add_many(app, tx, Some(pair.organisation.0), LAPSE, &[waits], *last).await?)
}

/// A meeting whose times still wait, the last of which is this one; with its pair and the side that is asked.
async fn waiting(
    tx: &mut Tx,
    (id, last): (MeetingId, Timestamp),
    now: Timestamp,
) -> Result<Option<(Meeting, Mentorship, Side)>, Failure> {
    let Some(meeting) = store::meeting_in(tx, id).await? else { return Ok(None) };
    let Some(asked) = meeting.asked_by.map(Side::other) else { return Ok(None) };
    if meeting.times.last().is_none_or(|(_, starts)| *starts != last) || !meeting.is_ahead(now) {
        return Ok(None);
    }
    let pair = mentorships::mentorship(&mut *tx, meeting.mentorship).await?;
    Ok(pair.filter(|pair| pair.ended_at.is_none()).map(|pair| (meeting, pair, asked)))
}

/// Reminds whoever is asked that times wait for their answer.
pub(super) async fn remind(app: &App, id: MeetingId, last: Timestamp) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some((_, pair, asked)) = waiting(tx, (id, last), app.now()).await? else { return Ok(()) };
        let to = on_side(tx, &pair, asked).await?;
        tell(app, tx, (&pair, id), (News::StillWaiting(last), &to)).await
    })
}

/// The last of the times has passed without an answer: nobody waits any more, and whoever proposed them learns of it.
pub(super) async fn lapse(app: &App, id: MeetingId, last: Timestamp) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some((meeting, pair, asked)) = waiting(tx, (id, last), app.now()).await? else { return Ok(()) };
        store::touch(tx, &meeting, meeting.version, app.now()).await?;
        store::decline(tx, id).await?;
        let to = on_side(tx, &pair, asked.other()).await?;
        tell(app, tx, (&pair, id), (News::Lapsed, &to)).await
    })
}

/// What becomes of how long, where and how often, when other times are proposed for a meeting that has none yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// As it stands in the proposal.
    IsProposed,
    Stays,
}

/// Proposes other times: for a meeting that has none yet, or to move one. What was agreed holds until the other answers.
pub(super) async fn propose_again(
    app: &App,
    actor: &Actor,
    id: MeetingId,
    version: i64,
    proposal: &Proposal,
) -> Result<(), Failure> {
    other_times(app, actor, (id, version), (proposal, Rest::IsProposed)).await
}

async fn other_times(
    app: &App,
    actor: &Actor,
    (id, version): (MeetingId, i64),
    (proposal, rest): (&Proposal, Rest),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, meeting) = meeting_for(tx, actor, id).await?;
        if !meeting.is_ahead(app.now()) || meeting.has_begun(app.now()) {
            return Err(Problems::one("", Message::new("meetings-over")).into());
        }
        // A link about times that came to nothing proposes others, and moves nothing that was arranged since.
        if rest == Rest::Stays && !meeting.lacks_times(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        turn(app, tx, &meeting, version).await?;
        if meeting.state == State::Proposed && rest == Rest::IsProposed {
            let before = (id, meeting.place.as_ref());
            let place = seal_place(app, tx, (actor, &access.pair), before, proposal.place.as_ref()).await?;
            store::set_place(tx, id, (proposal.way, proposal.minutes), place, meeting.sequence).await?;
            let series = meeting.series.as_ref().map(|part| part.series.id);
            repeat(app, tx, &access.pair, (id, series), proposal).await?;
        }
        store::set_times(tx, actor.organisation, id, &timed(app, &proposal.times)).await?;
        store::ask_for(tx, id, access.side, &zone_name(actor)).await?;
        ask_side(app, tx, &access, (id, &proposal.times)).await?;
        note(app, tx, actor, &access.pair, "meetings.propose").await
    })
}

/// What came of an answer, for whoever answered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    Agreed,
    Declined,
}

/// Answers the other side's times: one of them, or none. Without a version, as they are now.
pub(super) async fn answer(
    app: &App,
    actor: &Actor,
    id: MeetingId,
    version: Option<i64>,
    time: Option<TimeId>,
) -> Result<Answered, Failure> {
    transaction!(app.db, tx => {
        let (access, meeting) = meeting_for(tx, actor, id).await?;
        if !meeting.waits_for(access.side, app.now()) {
            return Err(Refusal::Conflict.into());
        }
        let chosen = match time {
            Some(time) => Some(meeting.open_times(app.now()).find(|(id, _)| *id == time).ok_or(Refusal::Conflict)?),
            None => None,
        };
        turn(app, tx, &meeting, version.unwrap_or(meeting.version)).await?;
        let pair = &access.pair;
        let Some((_, starts)) = chosen else {
            store::decline(tx, id).await?;
            let to = on_side(tx, pair, access.side.other()).await?;
            tell(app, tx, (pair, id), (News::NoneSuits, &to)).await?;
            note(app, tx, actor, pair, "meetings.decline").await?;
            return Ok(Answered::Declined);
        };
        let sequence = if meeting.starts_at.is_some() { meeting.sequence + 1 } else { meeting.sequence };
        store::agree(tx, id, starts, sequence).await?;
        match &meeting.series {
            Some(part) if meeting.starts_at.is_none() => {
                let by = pair.person_on(access.side.other());
                spread(app, tx, (pair, by), &meeting, (part.series.id, part.series.repeats, starts)).await?;
            }
            Some(part) => store::turn_series(tx, part.series.id, app.now()).await?,
            None => {}
        }
        invite(app, tx, (pair, id), News::Agreed(sequence)).await?;
        ask_afterwards(app, tx, pair, id, (starts, meeting.minutes)).await?;
        note(app, tx, actor, pair, "meetings.agree").await?;
        Ok(Answered::Agreed)
    })
}

/// The first of a series has a time: all others hold with it, each a meeting of its own.
async fn spread(
    app: &App,
    tx: &mut Tx,
    (pair, by): (&Mentorship, PersonId),
    first: &Meeting,
    (series, repeats, starts): (SeriesId, Repeats, Timestamp),
) -> Result<(), Failure> {
    store::begin_series(tx, series, starts, (first.minutes, first.way), app.now()).await?;
    let place = typed_place(app, tx, pair, first).await?;
    let mut further = Vec::new();
    for (slot, starts) in (0..).zip(repeats.all_from(starts, &first.time_zone())).skip(1) {
        let id = MeetingId(app.id());
        let place = match &place {
            Some((author, words)) => {
                let place = place_of(pair, *author, Visibility::Pair, ("meetings", "place_words", id.0));
                Some(vault::seal(app, tx, &place, words).await?)
            }
            None => None,
        };
        further.push(Further { id, slot, starts, place });
    }
    let times: Vec<(MeetingId, Timestamp)> = further.iter().map(|one| (one.id, one.starts)).collect();
    store::add_further(tx, pair.organisation, (first, by, series), further, app.now()).await?;
    for (id, starts) in times {
        ask_afterwards(app, tx, pair, id, (starts, first.minutes)).await?;
    }
    Ok(())
}

/// Where they meet and who typed it, if it opens.
async fn typed_place(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    meeting: &Meeting,
) -> Result<Option<(PersonId, Words)>, Failure> {
    let Some((author, sealed)) = &meeting.place else { return Ok(None) };
    let keys = vault::keys(app, &mut *tx, pair.organisation, &[pair.id.0]).await?;
    let place = place_of(pair, *author, Visibility::Pair, ("meetings", "place_words", meeting.id.0));
    Ok(keys.open(&place, sealed).ok().map(|words| (*author, words)))
}

/// Those of a series that are still to come after this meeting and that the two count on.
async fn following(tx: &mut Tx, meeting: &Meeting, now: Timestamp) -> Result<Vec<Meeting>, Failure> {
    let Some(part) = &meeting.series else { return Ok(Vec::new()) };
    let mut all = store::of_series(&mut *tx, &[part.series.id]).await?;
    all.retain(|one| one.id != meeting.id && one.state == State::Agreed && one.starts_at.is_some_and(|at| at > now));
    Ok(all)
}

/// Has both asked whether they met once it is over. Who was asked about an occasion is asked once, however often it is put off.
async fn ask_afterwards(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    meeting: MeetingId,
    (starts, minutes): (Timestamp, i64),
) -> Result<(), Failure> {
    let ask = json!({ "meeting": meeting, "starts": starts });
    let over = starts + SignedDuration::from_mins(minutes) + AFTER;
    Ok(jobs::add_many(app, tx, Some(pair.organisation.0), ASK, &[ask], over).await?)
}

/// Has both get the invitation, or the change to it; whoever keeps the mentor's diary is told.
async fn invite(app: &App, tx: &mut Tx, (pair, meeting): (&Mentorship, MeetingId), news: News) -> Result<(), Failure> {
    let to = everybody(tx, pair).await?;
    tell(app, tx, (pair, meeting), (news, &to)).await
}

/// Says where and for how long the two meet. Of a meeting that is agreed both get the change.
pub(super) async fn set_place(
    app: &App,
    actor: &Actor,
    (id, version, which): (MeetingId, i64, Which),
    (way, minutes): (Way, i64),
    typed_place: &str,
) -> Result<(), Failure> {
    // The same rules as for a proposal, of which only the times are not asked again.
    let checked = Proposal::new(vec![app.now() + AFTER], Some(minutes), way, typed_place, app.now())?;
    transaction!(app.db, tx => {
        let (access, meeting) = meeting_for(tx, actor, id).await?;
        if !meeting.is_ahead(app.now()) {
            return Err(Problems::one("", Message::new("meetings-over")).into());
        }
        turn(app, tx, &meeting, version).await?;
        let is_agreed = meeting.state == State::Agreed;
        let mut all = vec![meeting];
        if which == Which::AllToCome {
            all.extend(following(tx, &all[0], app.now()).await?);
        }
        for one in &all {
            let before = (one.id, one.place.as_ref());
            let place = seal_place(app, tx, (actor, &access.pair), before, checked.place.as_ref()).await?;
            store::set_place(tx, one.id, (way, minutes), place, one.sequence + i64::from(is_agreed)).await?;
            if let Some(starts) = one.starts_at.filter(|_| one.minutes != minutes) {
                ask_afterwards(app, tx, &access.pair, one.id, (starts, minutes)).await?;
            }
            // Whoever has the page of another of them open is told that it changed.
            if one.id != id {
                store::touch(tx, one, one.version, app.now()).await?;
            }
        }
        if let Some(part) = &all[0].series {
            if which == Which::AllToCome {
                store::set_usual(tx, part.series.id, (way, minutes)).await?;
            }
            if is_agreed {
                store::turn_series(tx, part.series.id, app.now()).await?;
            }
        }
        if is_agreed {
            invite(app, tx, (&access.pair, id), News::Place(all[0].sequence + 1)).await?;
        }
        note(app, tx, actor, &access.pair, "meetings.place").await
    })
}

/// Takes a meeting back that is still to come, and with it those of its series that are.
pub(super) async fn cancel(
    app: &App,
    actor: &Actor,
    (id, version, which): (MeetingId, i64, Which),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, meeting) = meeting_for(tx, actor, id).await?;
        if !meeting.is_ahead(app.now()) || meeting.has_begun(app.now()) {
            return Err(Problems::one("", Message::new("meetings-over")).into());
        }
        turn(app, tx, &meeting, version).await?;
        let mut all = vec![meeting];
        if which == Which::AllToCome {
            all.extend(following(tx, &all[0], app.now()).await?);
        }
        call_off(app, tx, &access.pair, &all).await?;
        note(app, tx, actor, &access.pair, "meetings.cancel").await
    })
}

/// All are told, once of those of a series; whoever has them in their calendar gets them taken out.
async fn call_off(app: &App, tx: &mut Tx, pair: &Mentorship, meetings: &[Meeting]) -> Result<(), Failure> {
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    store::cancel(tx, &ids, app.now()).await?;
    let to = everybody(tx, pair).await?;
    let series = |meeting: &Meeting| meeting.series.as_ref().map(|part| part.series.id);
    let mut told: Vec<SeriesId> = Vec::new();
    for meeting in meetings {
        let of = series(meeting);
        if of.is_some_and(|of| told.contains(&of)) {
            // Of the further ones nobody was told anything, unless they were moved.
            if meeting.sequence > 0 || meeting.asked_by.is_some() {
                overtake(app, tx, pair, meeting.id).await?;
            }
            continue;
        }
        if let Some(of) = of {
            told.push(of);
            store::turn_series(tx, of, app.now()).await?;
        }
        let are_more = of.is_some() && meetings.iter().filter(|one| series(one) == of).count() > 1;
        let which = if are_more { Which::AllToCome } else { Which::This };
        tell(app, tx, (pair, meeting.id), (News::Cancelled(which), &to)).await?;
    }
    Ok(())
}

/// Writes down that a meeting took place and how long it took: both see it. What each answers when asked apart is another matter.
pub(super) async fn record(app: &App, actor: &Actor, id: MeetingId, version: i64, spent: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, meeting) = words_for(tx, actor, id).await?;
        if !meeting.has_come(app.now()) {
            return Err(Problems::one("", Message::new("meetings-not-yet")).into());
        }
        turn(app, tx, &meeting, version).await?;
        store::hold(tx, id, spent).await?;
        if meeting.state == State::Missed {
            turn_series(app, tx, &meeting).await?;
        }
        note(app, tx, actor, &access.pair, "meetings.record").await
    })
}

/// Writes down that a meeting did not take place, for both to see: it counts for nothing then. Both are asked about it apart as ever,
/// since an open word of one is no answer of the other.
pub(super) async fn miss(app: &App, actor: &Actor, id: MeetingId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, meeting) = words_for(tx, actor, id).await?;
        if !meeting.has_come(app.now()) {
            return Err(Problems::one("", Message::new("meetings-not-yet")).into());
        }
        turn(app, tx, &meeting, version).await?;
        store::miss(tx, id).await?;
        turn_series(app, tx, &meeting).await?;
        note(app, tx, actor, &access.pair, "meetings.miss").await
    })
}

/// What becomes of one of a series changes its entry in feeds. Nobody is mailed: its time has gone.
async fn turn_series(app: &App, tx: &mut Tx, meeting: &Meeting) -> Result<(), Failure> {
    let Some(part) = &meeting.series else { return Ok(()) };
    Ok(store::turn_series(tx, part.series.id, app.now()).await?)
}

/// Writes a note or a line about a meeting.
pub(super) async fn write(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    (kind, visibility): (Kind, Visibility),
    text: &str,
) -> Result<TextId, Failure> {
    let words = checked(kind, visibility, text)?;
    transaction!(app.db, tx => write_in(app, tx, actor, meeting, (kind, visibility), &words).await)
}

async fn write_in(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    meeting: MeetingId,
    (kind, visibility): (Kind, Visibility),
    words: &Words,
) -> Result<TextId, Failure> {
    let (access, _) = words_for(tx, actor, meeting).await?;
    let id = TextId(app.id());
    let place = place_of(&access.pair, actor.person, visibility, ("meeting_texts", "words", id.0));
    let sealed = vault::seal(app, tx, &place, words).await?;
    let of = (actor.organisation, meeting);
    store::add_text(tx, of, (id, kind), (actor.person, visibility), sealed, app.now()).await?;
    note_text(app, tx, actor, &access.pair, &[visibility]).await?;
    Ok(id)
}

/// What somebody writes for themselves alone stands in no trail, not even that it was written.
async fn note_text(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    pair: &Mentorship,
    seen: &[Visibility],
) -> Result<(), Failure> {
    if seen.iter().all(|visibility| *visibility == Visibility::OnlyMe) {
        return Ok(());
    }
    note(app, tx, actor, pair, "meetings.write").await
}

fn checked(kind: Kind, visibility: Visibility, text: &str) -> Result<Words, Failure> {
    if !CHOICES.contains(&visibility) {
        return Err(Problems::one("visibility", Message::new("meetings-visibility-missing")).into());
    }
    let longest = if kind == Kind::Note { LONGEST_NOTE } else { LONGEST_LINE };
    Ok(typed(kind.code(), text, longest)?)
}

/// Writes one's own text anew; without words it is deleted.
pub(super) async fn rewrite(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    (id, version): (TextId, i64),
    new: Option<(Visibility, &str)>,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, _) = words_for(tx, actor, meeting).await?;
        let (text, of) = store::own_text(tx, id, actor.person).await?.ok_or(Refusal::NotFound)?;
        if of != meeting {
            return Err(Refusal::NotFound.into());
        }
        let done = match new {
            None => store::remove_text(tx, id, version).await?,
            Some((visibility, words)) => {
                let words = checked(text.kind, visibility, words)?;
                let place = place_of(&access.pair, actor.person, visibility, ("meeting_texts", "words", id.0));
                let stays = (text.visibility == visibility).then_some(&text.words);
                let sealed = vault::seal_over(app, tx, &place, &words, stays).await?;
                store::rewrite_text(tx, (id, version), visibility, sealed, app.now()).await?
            }
        };
        if !done {
            return Err(Refusal::Conflict.into());
        }
        let seen = [text.visibility, new.map_or(text.visibility, |(visibility, _)| visibility)];
        note_text(app, tx, actor, &access.pair, &seen).await
    })
}

/// Puts a point on the agenda.
pub(super) async fn add_point(app: &App, actor: &Actor, meeting: MeetingId, text: &str) -> Result<(), Failure> {
    let words = typed("point", text, LONGEST_LINE)?;
    transaction!(app.db, tx => {
        let (access, _) = words_for(tx, actor, meeting).await?;
        let id = PointId(app.id());
        let place = place_of(&access.pair, actor.person, Visibility::Pair, ("meeting_points", "words", id.0));
        let sealed = vault::seal(app, tx, &place, &words).await?;
        let of = (access.pair.id, meeting);
        store::add_point(tx, actor.organisation, of, (id, actor.person), sealed, app.now()).await?;
        note(app, tx, actor, &access.pair, "meetings.write").await
    })
}

/// Says that a point was dealt with in this meeting, or that it stays open for the next.
pub(super) async fn settle_point(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    point: PointId,
    is_settled: bool,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, _) = words_for(tx, actor, meeting).await?;
        let settled_in = is_settled.then_some(meeting);
        if !store::settle_point(tx, (access.pair.id, point), settled_in).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, actor, &access.pair, "meetings.write").await
    })
}

/// Writes down what one of the two owes the other.
pub(super) async fn promise(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    (owed_by, due_on): (Option<Side>, Option<Date>),
    text: &str,
) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let words = typed("promise", text, LONGEST_LINE).map_err(|wrong| problems.extend(wrong)).unwrap_or_default();
    let Some((owed_by, due_on)) = owed_by.zip(due_on) else {
        problems.add("due", Message::new("meetings-due-missing"));
        return Err(problems.into());
    };
    problems.or(())?;
    transaction!(app.db, tx => {
        let (access, _) = words_for(tx, actor, meeting).await?;
        let id = PromiseId(app.id());
        let place = place_of(&access.pair, actor.person, Visibility::Pair, ("meeting_promises", "words", id.0));
        let words = vault::seal(app, tx, &place, &words).await?;
        let new = Promise { id, meeting, author: actor.person, owed_by, due_on, words, done_at: None };
        store::add_promise(tx, (actor.organisation, access.pair.id), &new, app.now()).await?;
        reminding::on_its_day(app, tx, &access.pair, (id, owed_by, due_on)).await?;
        note(app, tx, actor, &access.pair, "meetings.write").await
    })
}

/// Says that a promise was kept, or that it is open again.
pub(super) async fn keep_promise(
    app: &App,
    actor: &Actor,
    pair: MentorshipId,
    promise: PromiseId,
    is_kept: bool,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = access_in(tx, actor, pair).await?.of_pair()?.running()?;
        if !store::keep_promise(tx, (pair, promise), is_kept.then_some(app.now())).await? {
            return Err(Refusal::NotFound.into());
        }
        if is_kept {
            // That it is due is no longer so.
            notices::overtake(tx, &[access.pair.mentee, access.pair.mentor], promise.0, app.now()).await?;
        }
        note(app, tx, actor, &access.pair, "meetings.write").await
    })
}

// Did you meet?

/// Asks both apart about a meeting whose time is over, once.
pub(super) async fn ask_about(app: &App, id: MeetingId, starts: Timestamp) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(meeting) = store::meeting_in(tx, id).await? else { return Ok(()) };
        // Moved or called off meanwhile: another question follows, or none. What failed for long is not worth asking any more.
        let is_late = app.now().duration_since(starts) > ASKED_WITHIN;
        if meeting.starts_at != Some(starts) || !meeting.is_over(app.now()) || is_late {
            return Ok(());
        }
        let Some(pair) = mentorships::mentorship(&mut *tx, meeting.mentorship).await? else { return Ok(()) };
        ask_both(app, tx, &pair, Some(id), starts).await
    })
}

/// Asks both whether they met, each with a link of their own.
async fn ask_both(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    meeting: Option<MeetingId>,
    about: Timestamp,
) -> Result<(), Failure> {
    if pair.ended_at.is_some() {
        return Ok(());
    }
    for person in [pair.mentee, pair.mentor] {
        let ask = Ask { id: AskId(app.id()), mentorship: pair.id, meeting, person, met: None };
        if store::add_ask(tx, pair.organisation, &ask, about, app.now()).await? {
            notices::tell(app, tx, &question(pair, &ask)).await?;
        }
    }
    Ok(())
}

/// Asks both of a pair apart whether they met lately, because a coordinator wants to know how it goes.
pub async fn ask(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(), Failure> {
    ask_both(app, tx, pair, None, app.now()).await
}

/// Looks whether a pair has been quiet for long, and when to look again. What is asked about and when to look again are reckoned from
/// what is known, not from the instant of the look: a look that runs twice, or late, asks nothing and adds no look that was not there.
pub(super) async fn look_for_quiet(app: &App, id: MentorshipId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(pair) = mentorships::mentorship(&mut *tx, id).await? else { return Ok(()) };
        if pair.ended_at.is_some() {
            return Ok(());
        }
        let last = store::last_sign(tx, id, app.now() + SOON).await?.unwrap_or(pair.began_at).max(pair.began_at);
        let due = quiet_since(last, app.now());
        if due > last {
            ask_both(app, tx, &pair, None, due).await?;
        }
        look_again(app, tx, &pair, due + QUIET_FOR).await
    })
}

/// One look waits for each pair, however often this is asked for.
async fn look_again(app: &App, tx: &mut Tx, pair: &Mentorship, due: Timestamp) -> Result<(), Failure> {
    let job = jobs::made_of(&[QUIET.as_bytes(), pair.id.0.as_bytes(), &due.as_microsecond().to_be_bytes()]);
    let payload = json!({ "mentorship": pair.id });
    jobs::add_once(app, tx, Some(pair.organisation.0), QUIET, (job, &payload), due).await?;
    Ok(())
}

/// Pairs begin: from now on it is looked whether they are quiet, and no mentee keeps the diary of their own mentor.
pub(super) async fn begin(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    pairs: &[MentorshipId],
) -> Result<(), crate::db::Error> {
    let begun = mentorships::these(&mut *tx, organisation, pairs).await?;
    let mentors: Vec<PersonId> = begun.iter().map(|pair| pair.mentor).collect();
    for (mentor, assistant) in store::assistants_of(&mut *tx, &mentors).await? {
        if let Some(pair) = begun.iter().find(|pair| (pair.mentor, pair.mentee) == (mentor, assistant)) {
            store::drop_assistant(tx, mentor).await?;
            stand_down(tx, assistant).await?;
            // Nobody took it away: it follows from the pair, which the entry names.
            let note = Note::new(organisation.0, None, "meetings.assistant").with(json!({ "mentorship": pair.id }));
            audit::note(app, tx, note.about("person", assistant.0)).await?;
        }
    }
    let looks: Vec<serde_json::Value> = pairs.iter().map(|pair| json!({ "mentorship": pair })).collect();
    jobs::add_many(app, tx, Some(organisation.0), QUIET, &looks, app.now() + QUIET_FOR).await
}

/// A pair has ended: what was still to come is called off.
pub(super) async fn end(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(), Failure> {
    let open = store::open_of(tx, pair.id, app.now()).await?;
    call_off(app, tx, pair, &open).await
}

/// Keeps what somebody answered. Nothing of it stands in the trail: who answered would be half of what.
pub(super) async fn answer_ask(app: &App, actor: &Actor, id: AskId, met: bool) -> Result<Ask, Failure> {
    transaction!(app.db, tx => {
        let ask = store::ask(&mut *tx, id).await?.filter(|ask| ask.person == actor.person);
        let ask = ask.ok_or(Refusal::NotFound)?;
        let pair = mentorships::mentorship(&mut *tx, ask.mentorship).await?.ok_or(Refusal::NotFound)?;
        Access::of(actor, pair, None)?;
        store::answer_ask(tx, id, met, app.now()).await?;
        notices::overtake(tx, &[ask.person], id.0, app.now()).await?;
        Ok(ask)
    })
}

// Links

/// What a link is for, and whose it is, without doing anything: mail scanners follow every link.
pub(super) async fn look_at_link(app: &App, token: &str) -> Result<Option<(Link, Actor)>, Failure> {
    let link = match link_of_notice(app, token).await? {
        Some(link) => Some(link),
        None => match identity::digest_of(token) {
            Some(digest) => store::link(&app.db, &digest, app.now()).await?,
            None => None,
        },
    };
    let Some(link) = link else { return Ok(None) };
    let Some(person) = identity::person(&app.db, link.person).await? else { return Ok(None) };
    let zone = person.time_zone();
    Ok(Some((link, Actor { person: person.id, organisation: person.organisation, zone })))
}

/// What the link of a notice's mail is for: such a link is stored nowhere.
async fn link_of_notice(app: &App, token: &str) -> Result<Option<Link>, Failure> {
    let Some(acting) = notices::acting(app, PATH, token).await? else { return Ok(None) };
    let (person, Some(about)) = (acting.person, acting.about) else { return Ok(None) };
    match acting.kind.as_str() {
        PROPOSED => {
            let meeting = Some(MeetingId(about));
            Ok(Some(Link { person, act: LinkAct::Answer, meeting, ask: None, pair: None }))
        }
        DECLINED | LAPSED => others_by_link(app, person, MeetingId(about)).await,
        ASKED => {
            let ask = store::ask(&app.db, AskId(about)).await?;
            let link =
                |ask: Ask| Link { person, act: LinkAct::Met, meeting: ask.meeting, ask: Some(ask.id), pair: None };
            Ok(ask.map(link))
        }
        // What another feature told of the meetings of a pair (`times_link`).
        _ => turn_by_link(app, person, MentorshipId(about)).await,
    }
}

/// What somebody of a pair does whose turn it is: they answer times that wait for them, else they propose some.
async fn turn_by_link(app: &App, person: PersonId, pair: MentorshipId) -> Result<Option<Link>, Failure> {
    let Some(of) = mentorships::mentorship(&app.db, pair).await? else { return Ok(None) };
    let (Some(side), now) = (of.side_of(person), app.now()) else { return Ok(None) };
    let ahead = store::ahead_of(&app.db, &[pair], now).await?;
    let waits = ahead.iter().find(|meeting| meeting.waits_for(side, now));
    // Where one holds already, or the other is asked, the page says so.
    let other = ahead.iter().find(|meeting| is_arranged(meeting, now));
    let (act, meeting) = match waits.or(other) {
        Some(meeting) => (LinkAct::Answer, Some(meeting.id)),
        None => (LinkAct::Propose, None),
    };
    Ok(Some(Link { person, act, meeting, ask: None, pair: Some(pair) }))
}

/// What somebody does whose times for a meeting came to nothing: they answer those of the other side, if it was quicker, else propose others.
async fn others_by_link(app: &App, person: PersonId, id: MeetingId) -> Result<Option<Link>, Failure> {
    let Some(meeting) = store::meeting(&app.db, id).await? else { return Ok(None) };
    let Some(of) = mentorships::mentorship(&app.db, meeting.mentorship).await? else { return Ok(None) };
    // Whoever keeps the mentor's diary acts for that side.
    let side = of.side_of(person).unwrap_or(Side::Mentor);
    let act = if meeting.waits_for(side, app.now()) { LinkAct::Answer } else { LinkAct::Propose };
    Ok(Some(Link { person, act, meeting: Some(id), ask: None, pair: None }))
}

/// Whether a time holds, or somebody is asked for one.
fn is_arranged(meeting: &Meeting, now: Timestamp) -> bool {
    meeting.starts_at.is_some() || meeting.open_times(now).next().is_some()
}

/// Proposes times with a link: for a new meeting, or others for the one that the link is about, over the version that was read.
pub(super) async fn propose_by_link(
    app: &App,
    token: &str,
    version: Option<i64>,
    proposal: &Proposal,
) -> Result<(), Failure> {
    let (link, actor) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    match (link.act, link.meeting, link.pair) {
        (LinkAct::Propose, Some(meeting), _) => {
            let version = version.ok_or(Refusal::Conflict)?;
            other_times(app, &actor, (meeting, version), (proposal, Rest::Stays)).await
        }
        (LinkAct::Propose, None, Some(pair)) => {
            propose_in(app, &actor, pair, (proposal, Unless::Arranged)).await.map(drop)
        }
        _ => Err(Refusal::Conflict.into()),
    }
}

/// Makes a link for one person and one act; only its digest is kept.
pub(super) async fn make_link(app: &App, organisation: OrganisationId, link: &Link) -> Result<String, Failure> {
    let secret = app.secret();
    transaction!(app.db, tx => {
        store::add_link(tx, &digest(&secret), organisation, link, app.now()).await?;
        Ok::<_, Failure>(())
    })?;
    Ok(encode(&secret))
}

/// What an answer with a link leads to: after a yes to a meeting, a link of its own to write a line about it.
pub(super) async fn met_by_link(app: &App, token: &str, met: bool) -> Result<Option<String>, Failure> {
    let (link, actor) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    let ask = link.ask.filter(|_| link.act == LinkAct::Met).ok_or(Refusal::NotFound)?;
    let ask = answer_ask(app, &actor, ask, met).await?;
    let Some(meeting) = ask.meeting.filter(|_| met) else { return Ok(None) };
    let to_write = Link { person: actor.person, act: LinkAct::Line, meeting: Some(meeting), ask: None, pair: None };
    Ok(Some(make_link(app, actor.organisation, &to_write).await?))
}

/// A time that is chosen says by itself which it is; that none suits holds for the version that was read, and for no other.
pub(super) async fn answer_by_link(
    app: &App,
    token: &str,
    (read, seen): (Option<i64>, Option<MeetingId>),
    time: Option<TimeId>,
) -> Result<(), Failure> {
    let (link, actor) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    let meeting = link.meeting.filter(|_| link.act == LinkAct::Answer).ok_or(Refusal::NotFound)?;
    // A link about a pair leads to whatever waits now, which may be another meeting than the page had.
    if link.pair.is_some() && time.is_none() && seen != Some(meeting) {
        return Err(Refusal::Conflict.into());
    }
    let version = match time {
        Some(_) => None,
        None => Some(read.ok_or(Refusal::Conflict)?),
    };
    answer(app, &actor, meeting, version, time).await.map(drop)
}

/// Writes a line with a link, which opens nothing any more afterwards: both happen or neither, so that who presses twice writes once.
pub(super) async fn line_by_link(app: &App, token: &str, visibility: Visibility, text: &str) -> Result<(), Failure> {
    let (link, actor) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    let meeting = link.meeting.filter(|_| link.act == LinkAct::Line).ok_or(Refusal::NotFound)?;
    let words = checked(Kind::Reflection, visibility, text)?;
    let digest = identity::digest_of(token).ok_or(Refusal::NotFound)?;
    transaction!(app.db, tx => {
        if !store::drop_link(tx, &digest).await? {
            return Err(Refusal::NotFound.into());
        }
        write_in(app, tx, &actor, meeting, (Kind::Reflection, visibility), &words).await.map(drop)
    })
}

// Assistants

/// A mentor names who acts on their diary, by address; nobody, where none is given.
pub(super) async fn name_assistant(app: &App, viewer: &Viewer, address: &str) -> Result<(), Failure> {
    let wanted = Address::parse(address);
    if wanted.is_none() && !address.is_empty() {
        return Err(Problems::one("address", Message::new("identity-address-wrong")).into());
    }
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        let before = store::assistant_of(&mut *tx, viewer.person).await?.map(|(person, ..)| person);
        let after = match &wanted {
            Some(wanted) => Some(assistant_at(tx, viewer, wanted).await?),
            None => None,
        };
        if before == after {
            return Ok(());
        }
        match after {
            Some(assistant) => {
                store::name_assistant(tx, viewer.organisation, (viewer.person, assistant), app.now()).await?;
                identity::grant(app, tx, viewer.organisation, &[(assistant, Part::Assistant)]).await?;
            }
            None => store::drop_assistant(tx, viewer.person).await?,
        }
        if let Some(before) = before {
            stand_down(tx, before).await?;
        }
        let note = Note::new(viewer.organisation.0, viewer.person.0, "meetings.assistant");
        audit::note(app, tx, note.about("person", after.or(before).unwrap_or(viewer.person).0)).await?;
        Ok(())
    })
}

async fn assistant_at(tx: &mut Tx, viewer: &Viewer, address: &Address) -> Result<PersonId, Failure> {
    let found = store::somebody(tx, viewer.organisation, address.as_str()).await?;
    let found = found.ok_or_else(|| Problems::one("address", Message::new("meetings-assistant-unknown")))?;
    if found == viewer.person {
        return Err(Problems::one("address", Message::new("meetings-assistant-self")).into());
    }
    // They would read the times of the others whom this person mentors, and answer themselves.
    let pairs = mentorships::running_with(&mut *tx, viewer.person).await?;
    if pairs.iter().any(|pair| pair.side_of(found).is_some()) {
        return Err(Problems::one("address", Message::new("meetings-assistant-pair")).into());
    }
    Ok(found)
}

/// Whoever acts on nobody's diary any more has no such part.
async fn stand_down(tx: &mut Tx, assistant: PersonId) -> Result<(), crate::db::Error> {
    if store::assisted_by(Reader::from(&mut *tx), assistant).await?.is_empty() {
        let held = Held { part: Part::Assistant, scope: Scope::Organisation };
        identity::revoke_there(tx, assistant, held).await?;
    }
    Ok(())
}

async fn note(app: &App, tx: &mut Tx, actor: &Actor, pair: &Mentorship, verb: &'static str) -> Result<(), Failure> {
    let note = Note::new(pair.organisation.0, actor.person.0, verb);
    audit::note(app, tx, note.about("mentorship", pair.id.0)).await?;
    Ok(())
}
