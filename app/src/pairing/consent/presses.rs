//! What the coordinator presses, carried out in parts. A part is read, then written in one transaction that asks again what may have
//! changed; how far a press has come is written with it, so that a server which dies in the middle loses and doubles nothing.
//! Of an edition one press is under way at a time.

use std::collections::HashSet;

use anyhow::Context as _;
use serde_json::json;
use uuid::Uuid;

use super::Couple;
use super::letters::{self, Letter, changed, note, wait_for_silence, write};
use super::model::{Done, Found, Press, ProposalId, Renewal, State, What, renew, told_to_pair};
use super::store::{self, NewProposal};
use crate::app::App;
use crate::baselines;
use crate::db::{Error, Reader, Tx};
use crate::identity::PersonId;
use crate::jobs;
use crate::mentorships::{self, NewMentorship};
use crate::notices::{self, Notice};
use crate::pairing::runs::{RunId, Told};
use crate::people::model::Side;
use crate::problems::Failure;
use crate::programmes::{self, Edition, EditionId};

/// The job that carries a press out.
pub(super) const CARRY_ON: &str = "pairing.carry-on";
/// How many pairs are written in one transaction at most.
pub(super) const PART: usize = 500;

/// What is done next.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// What the newer run does not hold. It goes first: of a mentee one proposal is under way.
    taken_back: Vec<ProposalId>,
    /// What was declined before the press.
    closed: Vec<ProposalId>,
    /// Pairs of the run, those who parted, and the mentees who have a mentor.
    found: Vec<Found>,
    parted: HashSet<Couple>,
    paired: HashSet<PersonId>,
    accepted: Vec<(ProposalId, Couple)>,
    is_last: bool,
}

/// Reads the next part of a press.
pub(super) async fn part(from: impl Into<Reader<'_>>, edition: EditionId, press: &Press) -> Result<Part, Error> {
    let mut from = from.into();
    let mut part = Part { closed: store::to_close(from.again(), edition, press.at, PART).await?, ..Part::default() };
    match press.what {
        What::Send { run, place } => {
            part.taken_back = store::beside(from.again(), edition, run, PART).await?;
            if part.taken_back.len() < PART {
                part.found = store::pairs_after(from.again(), edition, (run, place), PART + 1).await?;
                part.is_last = cut(&mut part.found);
                let mentees = part.found.iter().map(|one| one.couple.mentee);
                part.paired = mentorships::mentored_among(from.again(), edition, mentees).await?;
                let exits = mentorships::exits(from, edition).await?;
                let parted = exits.iter().map(|exit| Couple { mentee: exit.couple.mentee, mentor: exit.couple.mentor });
                part.parted = parted.collect();
            }
        }
        What::Publish => {
            part.accepted = store::accepted(from, edition, PART + 1).await?;
            part.is_last = cut(&mut part.accepted);
        }
    }
    part.is_last &= part.closed.len() < PART;
    Ok(part)
}

/// Keeps as many as a part has, and says whether there were no more.
fn cut<T>(rows: &mut Vec<T>) -> bool {
    let is_last = rows.len() <= PART;
    rows.truncate(PART);
    is_last
}

/// Whether both take part, of those whose enrolment was looked up.
pub(super) fn takes_part(roll: &HashSet<(PersonId, Side)>, couple: Couple) -> bool {
    roll.contains(&(couple.mentee, Side::Mentee)) && roll.contains(&(couple.mentor, Side::Mentor))
}

/// Writes a part, and says whether it was the last one.
pub(super) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    press: &mut Press,
    part: Part,
) -> Result<bool, Failure> {
    let now = app.now();
    let couples = part.found.iter().map(|one| one.couple).chain(part.accepted.iter().map(|(_, couple)| *couple));
    let people = couples.flat_map(|couple| [couple.mentee, couple.mentor]).collect::<HashSet<_>>();
    let roll = programmes::enrolled_among(&mut *tx, edition.id, people).await?;
    let renewal = renew(&part.found, &part.parted, &part.paired, |couple| takes_part(&roll, couple));
    let (ready, left): (Vec<_>, Vec<_>) =
        part.accepted.iter().copied().partition(|(_, couple)| takes_part(&roll, *couple));

    let left = left.iter().map(|(id, _)| *id);
    let gone: Vec<ProposalId> = part.taken_back.iter().chain(&renewal.taken_back).copied().chain(left).collect();
    let gone = store::take_back_all(tx, &gone, now).await?;
    let closed = store::close(tx, &part.closed, now).await?;
    // From now on they may read that it changed, which is when the coordinator acts and not when somebody declined.
    let told = closed.iter().filter(|one| one.state == State::Declined && one.mentee_knows);
    let mut letters: Vec<Letter> =
        told.map(|one| Letter::Changed { proposal: one.id, to: one.couple.mentor }).collect();
    letters.extend(gone.iter().flat_map(changed));

    let mut done = Done { taken_back: gone.len(), kept: renewal.kept, ..Done::default() };
    if let What::Send { run, place } = &mut press.what {
        letters.extend(ask(app, tx, edition, *run, &part.found, &renewal).await?);
        done.asked = renewal.asked.len();
        *place = part.found.last().map_or(*place, |last| last.place);
    }
    done.mentorships = begin(app, tx, edition, (press.id, &ready)).await?;
    write(app, tx, edition, &letters).await?;
    press.done += part.found.len() + part.accepted.len();
    press.came_of_it = press.came_of_it.and(done);
    note_part(app, tx, edition, press, done).await?;
    Ok(part.is_last)
}

/// Makes the proposals of new pairs; gives the letters that ask their mentors.
async fn ask(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    run: RunId,
    found: &[Found],
    renewal: &Renewal,
) -> Result<Vec<Letter>, Failure> {
    let mut asked = Vec::with_capacity(renewal.asked.len());
    for one in renewal.asked.iter().map(|row| &found[*row]) {
        let told: Told = serde_json::from_str(&one.told).context("what was told of a pair cannot be read")?;
        asked.push(NewProposal {
            // A mentee who read in it when her proposal was made would know whether another mentor was asked before.
            id: ProposalId(app.timeless_id()),
            mentee: one.couple.mentee,
            mentor: one.couple.mentor,
            mentee_sort: one.mentee_sort.clone(),
            why: serde_json::to_string(&told_to_pair(&told.reasons)).unwrap_or_default(),
        });
    }
    let letters = asked.iter().map(|new| Letter::Ask { proposal: new.id, to: new.mentor }).collect();
    if !asked.is_empty() {
        let days = edition.settings.consent.days(Side::Mentor);
        let until = edition.settings.calendar.end_of_day_after(app.now(), days);
        store::add(tx, edition, run, asked, until, app.now()).await?;
        wait_for_silence(app, tx, edition, until).await?;
    }
    Ok(letters)
}

/// Makes mentorships of accepted proposals, as far as nobody took them back, and tells both; says how many.
async fn begin(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    (press, ready): (Uuid, &[(ProposalId, Couple)]),
) -> Result<usize, Failure> {
    if ready.is_empty() {
        return Ok(0);
    }
    let ids: Vec<ProposalId> = ready.iter().map(|(id, _)| *id).collect();
    let published = store::publish(tx, &ids).await?;
    let pairs: Vec<NewMentorship> =
        published.iter().map(|couple| NewMentorship { mentee: couple.mentee, mentor: couple.mentor }).collect();
    let made = mentorships::begin(app, tx, edition.organisation, edition.id, &pairs).await?;
    baselines::tell_managers(app, tx, edition, (press, &pairs)).await?;
    let both = made.iter().zip(&pairs).flat_map(|(id, pair)| [pair.mentor, pair.mentee].map(|to| (*id, to)));
    let told: Vec<Notice> = both.map(|(id, to)| letters::published(edition, id, to)).collect();
    notices::tell_all(app, tx, &told).await?;
    Ok(made.len())
}

async fn note_part(app: &App, tx: &mut Tx, edition: &Edition, press: &Press, done: Done) -> Result<(), Failure> {
    let Done { asked, kept, taken_back, mentorships } = done;
    if asked + taken_back + mentorships == 0 {
        return Ok(());
    }
    let (verb, detail) = match press.what {
        What::Send { run, .. } => {
            let detail = json!({ "run": run, "asked": asked, "kept": kept, "taken_back": taken_back });
            ("pairing.consent.send", detail)
        }
        What::Publish => ("pairing.publish", json!({ "mentorships": mentorships })),
    };
    note(app, tx, edition, Some(press.by), verb, detail).await
}

/// Has a job carry a press out. It is added once, and begins anew if it was given up.
pub(super) async fn go_on(app: &App, tx: &mut Tx, edition: &Edition, press: &Press) -> Result<(), Failure> {
    let payload = json!({ "edition": edition.id, "press": press.id });
    let organisation = Some(edition.organisation.0);
    Ok(jobs::add_once(app, tx, organisation, CARRY_ON, (press.id, &payload), app.now()).await?)
}
