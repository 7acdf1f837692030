//! What is done about pairs: those whose turn it is are told of the clocks, and a coordinator takes measures.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::clocks::{self, Clock, Stage};
use super::letters;
use super::look::{self, Line};
use super::model::{Measure, Taken, again_on};
use super::store::{self, Reminder};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Record, Viewer};
use crate::mentorships::{self, MentorshipId};
use crate::notices::{Notice, Unread};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{Edition, EditionId};
use crate::{jobs, meetings, notices, transaction};

/// The job that looks at the clocks of an organisation.
pub(super) const SWEEP: &str = "health.sweep";

/// So often it looks, in seconds.
const HOUR: i64 = 3600;
/// So many reminders are written in one transaction: nobody who writes meanwhile waits for long.
const PART: usize = 500;

/// One look waits for each organisation, however often this is asked for.
pub(super) async fn look_again(app: &App, tx: &mut Tx, organisation: OrganisationId) -> Result<(), Error> {
    let now = app.now();
    let second = (now.as_second() / HOUR + 1) * HOUR;
    let due = Timestamp::from_second(second).unwrap_or(now);
    let id = jobs::made_of(&[SWEEP.as_bytes(), organisation.0.as_bytes(), &second.to_be_bytes()]);
    jobs::add_once(app, tx, Some(organisation.0), SWEEP, (id, &json!({ "organisation": organisation })), due).await
}

/// Has the next look follow.
pub(super) async fn go_on(app: &App, organisation: OrganisationId) -> Result<(), Failure> {
    Ok(transaction!(app.db, tx => look_again(app, tx, organisation).await)?)
}

/// Who is to be told now: those whose turn it is, and the coordinators of which editions.
#[derive(Default)]
struct Due {
    people: Vec<(Reminder, Vec<Notice>)>,
    late: BTreeMap<EditionId, (Arc<Edition>, Vec<Reminder>)>,
}

/// Looks at all clocks of an organisation and has everybody told whom they are for, each stage of each clock once.
pub(super) async fn sweep(app: &App, organisation: OrganisationId) -> Result<(), Failure> {
    let now = app.now();
    let lines = look::gather(app, organisation).await?;
    if lines.is_empty() {
        // The next pair begins to look again.
        return Ok(());
    }
    let ids: Vec<MentorshipId> = lines.iter().map(|line| line.pair.id).collect();
    let mut told = Told::new();
    for (clock, stage) in store::told(&app.db, &ids).await? {
        told.entry(clock).or_default().push(stage);
    }
    let due = due(&lines, &told, now);
    overtake(app, &lines).await?;
    for part in due.people.chunks(PART) {
        let reminders: Vec<Reminder> = part.iter().map(|(reminder, _)| *reminder).collect();
        let letters: Vec<Notice> = part.iter().flat_map(|(_, letters)| letters.iter().cloned()).collect();
        transaction!(app.db, tx => {
            store::remind(tx, organisation, &reminders).await?;
            notices::tell_all(app, tx, &letters).await?;
            Ok::<(), Failure>(())
        })?;
    }
    for (edition, late) in due.late.values() {
        let mut pairs: Vec<MentorshipId> = late.iter().map(|reminder| reminder.pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        // Two servers that look at the same hour tell the same.
        let key = format!("{} {}", edition.id, now.as_second() / HOUR);
        transaction!(app.db, tx => {
            store::remind(tx, organisation, late).await?;
            let coordinators = identity::person_ids_with_part(&mut *tx, organisation, Part::Coordinator).await?;
            notices::tell_all(app, tx, &letters::of_edition(edition, &coordinators, pairs.len(), &key)).await?;
            Ok::<(), Failure>(())
        })?;
    }
    go_on(app, organisation).await
}

/// What people were told of clocks and have not read waits no longer, in no digest either, where it is not so any more: it is done, its
/// day has gone or was put off, its pair has ended.
async fn overtake(app: &App, lines: &[Line]) -> Result<(), Failure> {
    let now = app.now();
    let of: HashMap<MentorshipId, &Line> = lines.iter().map(|line| (line.pair.id, line)).collect();
    let mut people: Vec<PersonId> = lines.iter().flat_map(|line| [line.pair.mentee, line.pair.mentor]).collect();
    people.sort_unstable();
    people.dedup();
    let unread = notices::unread(&app.db, &people, letters::OF_CLOCKS).await?;
    let is_over = |unread: &&Unread| {
        let Some((pair, clock, number, stage)) = unread.key.as_deref().and_then(letters::named) else { return false };
        of.get(&pair).is_some_and(|line| !still(line, (clock, number, stage), unread.person, now))
    };
    let over: Vec<Uuid> = unread.iter().filter(is_over).map(|unread| unread.id).collect();
    for part in over.chunks(PART) {
        transaction!(app.db, tx => notices::overtake_these(tx, part, now).await)?;
    }
    Ok(())
}

/// Whether what somebody was told of a clock is so still. How the goals go is asked of both until the day has gone, whoever of them has
/// said so.
fn still(line: &Line, (clock, number, stage): (Clock, i64, Stage), person: PersonId, now: Timestamp) -> bool {
    let today = line.today(now);
    let ticks = clocks::ticks(&line.facts, &line.edition, today);
    let Some(tick) = ticks.iter().find(|tick| (tick.clock, tick.number) == (clock, number)) else { return false };
    let is_their_turn = || {
        let sides = Side::BOTH.into_iter().zip(tick.turn);
        sides.filter(|(_, turn)| *turn).any(|(side, _)| line.pair.side_of(person) == Some(side))
    };
    tick.is_still(stage, today) && (clock == Clock::Pulse || is_their_turn())
}

/// Who was told of which round of a clock, at which stage and when.
type Told = HashMap<(MentorshipId, Clock, i64), Vec<(Stage, Date)>>;

fn due(lines: &[Line], told: &Told, now: Timestamp) -> Due {
    let mut due = Due::default();
    for line in lines.iter().filter(|line| line.runs() || line.pair.ended_at.is_some()) {
        let today = line.today(now);
        for tick in clocks::ticks(&line.facts, &line.edition, today) {
            let before = told.get(&(line.pair.id, tick.clock, tick.number)).map_or(&[][..], Vec::as_slice);
            let Some(stage) = tick.stage(before, &line.edition.settings.calendar, today) else { continue };
            let reminder = Reminder { pair: line.pair.id, tick, stage, told_on: today };
            if stage == Stage::Late {
                let edition = || (Arc::clone(&line.edition), Vec::new());
                due.late.entry(line.edition.id).or_insert_with(edition).1.push(reminder);
            } else {
                due.people.push((reminder, letters::of_clock(&line.pair, &tick, stage)));
            }
        }
    }
    due
}

/// A coordinator does something about a pair of which they are not one. Gives the edition.
pub(super) async fn take(app: &App, viewer: &Viewer, id: MentorshipId, measure: Measure) -> Result<EditionId, Failure> {
    let line = look_after(app, viewer, id).await?;
    let calendar = &line.edition.settings.calendar;
    let zone = calendar.time_zone();
    transaction!(app.db, tx => {
        let pair = mentorships::mentorship(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if pair.ended_at.is_some() {
            return Err(Problems::one("", Message::new("health-ended")).into());
        }
        let taken = store::measures(&mut *tx, &[id]).await?.into_iter();
        let taken: Vec<Taken> =
            taken.map(|(_, measure, at)| Taken { measure, on: zone.to_datetime(at).date() }).collect();
        if let Some(day) = again_on(measure, &taken, calendar).filter(|day| line.today(app.now()) < *day) {
            return Err(Problems::one("", Message::new("health-again").with("day", viewer.lang.date(day))).into());
        }
        let verb = match measure {
            Measure::Nudge => {
                notices::tell_all(app, tx, &letters::nudges(&pair, line.facts.turn())).await?;
                "health.nudge"
            }
            Measure::Ask => {
                meetings::ask(app, tx, &pair).await?;
                "health.ask"
            }
            Measure::Help => {
                let coordinator = (viewer.name.as_str(), viewer.address.as_str());
                notices::tell_all(app, tx, &letters::offers(&pair, coordinator)).await?;
                "health.help"
            }
        };
        store::add_measure(tx, app.id(), (pair.organisation, id), measure, (viewer.person, app.now())).await?;
        audit::note(app, tx, Note::new(pair.organisation.0, viewer.person.0, verb).about("mentorship", id.0)).await?;
        Ok(pair.edition)
    })
}

/// A pair after which this coordinator looks: not one of their own.
pub(super) async fn look_after(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Line, Failure> {
    let pair = mentorships::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ManageMentorships, &Record::of_organisation(pair.organisation)) || pair.is_of(viewer) {
        return Err(Refusal::NotFound.into());
    }
    let organisation = pair.organisation;
    let lines = look::look_at(app, organisation, vec![pair]).await?;
    Ok(lines.into_iter().next().ok_or(Refusal::NotFound)?)
}
