//! Every change to consent: who may, in one transaction, with the audit entry and the jobs.

use std::collections::HashSet;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::Couple;
use super::model::{Answer, Proposal, ProposalId, Standing, State, renew, told_to_pair};
use super::shortlist::{Candidate, Enrolled};
use super::store::{self, NewProposal, OwnWishes};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::i18n::{Message, fold, sort_key};
use crate::identity::{Act, PersonId, Record, Viewer, digest, digest_of};
use crate::jobs;
use crate::mentorships::{self, MentorshipId, NewMentorship};
use crate::notices::{self, Notice};
use crate::pairing::model::Pool;
use crate::pairing::propose_rules;
use crate::pairing::rules_file::RulesFile;
use crate::pairing::runs::{self, RunId};
use crate::people::model::Side;
use crate::people::{self};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId, Standing as Enrolment, Track};
use crate::transaction;

/// The job that writes to one person about one proposal.
pub(super) const MAIL: &str = "pairing.mail-proposal";
/// The job that makes answers of windows that ran out.
pub(super) const SILENCE: &str = "pairing.silence";

pub(super) const REMIND_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// How many somebody may rank.
pub(super) const MOST_RANKED: usize = 5;
const MOST_CONFLICTS: usize = 50;
const LONGEST_LINE: usize = 200;
/// Of the students without anybody, how many a refusal names.
const MOST_NAMED: usize = 10;

/// What both are told when their mentorship is published.
pub(super) const PUBLISHED: &str = "pairing.published";

/// A mail to be written; its link, if it has one, is made when it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub(super) enum Letter {
    Ask { proposal: ProposalId, to: PersonId },
    Remind { proposal: ProposalId, to: PersonId },
    Changed { proposal: ProposalId, to: PersonId },
}

/// What came of sending a run's proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pairing) struct Sent {
    pub asked: usize,
    pub kept: usize,
    pub taken_back: usize,
}

/// Whom somebody may wish for, and what they said so far.
pub(super) struct WishList {
    pub edition: Edition,
    pub side: Side,
    /// Whether they stand on the other side too.
    pub on_both: bool,
    /// Nobody where the list is kept from them.
    pub candidates: Vec<Candidate>,
    pub sees_list: bool,
    pub said: OwnWishes,
    /// Folded names and addresses that a conflict may be declared with, where names are checked.
    known: HashSet<String>,
}

/// An edition whose proposals this person looks after.
pub(super) async fn managed(
    from: impl Into<crate::db::Reader<'_>>,
    viewer: &Viewer,
    id: EditionId,
) -> Result<Edition, Failure> {
    let edition = programmes::edition(from, id).await?.ok_or(Refusal::NotFound)?;
    if viewer.may(Act::Pair, &Record::of_organisation(edition.organisation)) {
        Ok(edition)
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// Asks the mentors of a run's pairs. What an earlier run proposed and this one keeps stands; what it changed is taken back, and
/// those who had been shown a name are told so, neutrally. Sending the same run again asks nobody twice.
pub(in crate::pairing) async fn send(app: &App, viewer: &Viewer, id: EditionId, run: RunId) -> Result<Sent, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        if !store::is_finished(tx, id, run).await? {
            return Err(Refusal::NotFound.into());
        }
        edition.must_be_open()?;
        let now = app.now();
        store::take_turn(tx, &edition).await?;
        let_silence_speak(app, tx, &edition).await?;
        let results = runs::results(&mut *tx, run).await?;
        let standing = store::standing(&mut *tx, id).await?;
        let enrolled = enrolled(tx, id).await?;
        let barred: HashSet<Couple> = store::settled(&mut *tx, id).await?.declined.into_iter().collect();
        let paired = paired(tx, id).await?;
        let renewal = renew(&results, &standing, &barred, &paired, |couple| enrolled.contains(couple));

        store::take_back_beside(tx, id, run, now).await?;
        for gone in renewal.taken_back.iter().filter(|gone| !enrolled.contains(gone.couple)) {
            // The run may still hold a pair of whom one has left since.
            store::take_back(tx, gone.id, now).await?;
        }
        let mut letters = close(tx, &edition, &standing, now).await?;
        letters.extend(renewal.taken_back.iter().flat_map(changed));

        let until = edition.settings.calendar.end_of_day_after(now, edition.settings.consent.days(Side::Mentor));
        let asked: Vec<NewProposal> = renewal
            .asked
            .iter()
            .filter_map(|row| {
                let result = &results[*row];
                Some(NewProposal {
                    // A mentee who read in it when her proposal was made would know whether another mentor was asked before.
                    id: ProposalId(app.timeless_id()),
                    mentee: result.mentee,
                    mentor: result.mentor?,
                    mentee_sort: sort_key(&result.mentee_name),
                    why: serde_json::to_string(&told_to_pair(&result.told.reasons)).unwrap_or_default(),
                })
            })
            .collect();
        letters.extend(asked.iter().map(|new| Letter::Ask { proposal: new.id, to: new.mentor }));
        let sent = Sent { asked: asked.len(), kept: renewal.kept, taken_back: renewal.taken_back.len() };
        if !asked.is_empty() {
            store::add(tx, &edition, run, asked, until, now).await?;
            wait_for_silence(app, tx, &edition, until).await?;
        }
        write(app, tx, &edition, &letters).await?;
        if sent.asked + sent.taken_back > 0 {
            let detail = json!({ "run": run, "asked": sent.asked, "kept": sent.kept, "taken_back": sent.taken_back });
            note(app, tx, &edition, Some(viewer.person), "pairing.consent.send", detail).await?;
        }
        Ok(sent)
    })
}

/// Who is enrolled on which side.
struct Roll(HashSet<(PersonId, Side)>);

impl Roll {
    fn contains(&self, couple: Couple) -> bool {
        self.0.contains(&(couple.mentee, Side::Mentee)) && self.0.contains(&(couple.mentor, Side::Mentor))
    }
}

async fn enrolled(tx: &mut Tx, edition: EditionId) -> Result<Roll, Failure> {
    let enrolled = programmes::enrolled(&mut *tx, edition).await?;
    Ok(Roll(enrolled.into_iter().map(|enrolment| (enrolment.person, enrolment.side)).collect()))
}

/// The mentees of an edition who have a mentor already.
async fn paired(tx: &mut Tx, edition: EditionId) -> Result<HashSet<PersonId>, Failure> {
    let running = mentorships::of_edition(&mut *tx, edition).await?;
    Ok(running.into_iter().map(|mentorship| mentorship.mentee).collect())
}

/// From now on those whose proposal was declined by the other side may read that it changed, which is when the coordinator
/// acts and not when somebody declined. Gives the letters that tell them.
async fn close(tx: &mut Tx, edition: &Edition, standing: &[Standing], now: Timestamp) -> Result<Vec<Letter>, Failure> {
    let declined = standing.iter().filter(|one| one.state == State::Declined && one.mentee_knows && !one.closed);
    let letters = declined.map(|one| Letter::Changed { proposal: one.id, to: one.couple.mentor }).collect();
    store::close_declined(tx, edition.id, now).await?;
    Ok(letters)
}

/// To those who had been shown a name.
fn changed(gone: &Standing) -> impl Iterator<Item = Letter> {
    let letter = |to| Letter::Changed { proposal: gone.id, to };
    [Some(letter(gone.couple.mentor)), gone.mentee_knows.then(|| letter(gone.couple.mentee))].into_iter().flatten()
}

async fn write(app: &App, tx: &mut Tx, edition: &Edition, letters: &[Letter]) -> Result<(), Failure> {
    let payloads: Vec<serde_json::Value> =
        letters.iter().map(serde_json::to_value).collect::<Result<_, _>>().context("a letter is plain data")?;
    jobs::add_many(app, tx, Some(edition.organisation.0), MAIL, &payloads, app.now()).await?;
    Ok(())
}

async fn wait_for_silence(app: &App, tx: &mut Tx, edition: &Edition, until: Timestamp) -> Result<(), Failure> {
    let payload = json!({ "edition": edition.id });
    let end = window_end(edition.id, until);
    jobs::add_once(app, tx, Some(edition.organisation.0), SILENCE, (end, &payload), until).await?;
    Ok(())
}

/// The identifier of a window's end: one job is enough for all who have time until the same midnight.
fn window_end(edition: EditionId, until: Timestamp) -> Uuid {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(edition.0.as_bytes());
    bytes[16..24].copy_from_slice(&until.as_microsecond().to_be_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest(&bytes)[..16]);
    uuid::Builder::from_custom_bytes(id).into_uuid()
}

async fn note(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    by: Option<PersonId>,
    verb: &'static str,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    let note = Note::new(edition.organisation.0, by.map(|person| person.0), verb).about("edition", edition.id.0);
    Ok(audit::note(app, tx, note.with(detail)).await?)
}

/// Makes answers of the windows that ran out. Doing so twice changes nothing.
pub(super) async fn silence(app: &App, id: EditionId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(edition) = programmes::edition(&mut *tx, id).await? else { return Ok(()) };
        store::forget_links(tx, app.now()).await?;
        let_silence_speak(app, tx, &edition).await
    })
}

async fn let_silence_speak(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Failure> {
    let (declined, accepted) = store::silence(tx, edition.id, app.now()).await?;
    if declined + accepted > 0 {
        let detail = json!({ "declined": declined, "accepted": accepted });
        note(app, tx, edition, None, "pairing.consent.silence", detail).await?;
    }
    Ok(())
}

/// Until when a question may be answered that is mailed now: its time counts from the mail, not from the press.
pub(super) async fn window_of(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    proposal: &Proposal,
    (side, until): (Side, Timestamp),
) -> Result<Timestamp, Failure> {
    let late = edition.settings.calendar.end_of_day_after(app.now(), edition.settings.consent.days(side));
    if proposal.reached || late <= until {
        return Ok(until);
    }
    store::stretch(tx, proposal, late).await?;
    wait_for_silence(app, tx, edition, late).await?;
    Ok(late)
}

/// The mail that asks somebody has gone.
pub(super) async fn reached(app: &App, id: ProposalId, to: PersonId) -> Result<(), Failure> {
    Ok(transaction!(app.db, tx => store::reached(tx, id, to, app.now()).await)?)
}

/// The mail that asks somebody is given up. Their window does not run out before they are asked again.
pub(super) async fn unreached(app: &App, id: ProposalId, to: PersonId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        if !store::unreached(tx, id, to, app.now()).await? {
            return Ok(());
        }
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let edition = programmes::edition(&mut *tx, proposal.edition).await?.ok_or(Refusal::NotFound)?;
        note(app, tx, &edition, None, "pairing.consent.unreached", json!({ "proposal": id })).await
    })
}

/// Somebody answers a proposal. What was answered already stays, and is shown. A no stands whoever has left meanwhile; what would
/// be a yes to somebody who takes part no longer is taken back.
pub(in crate::pairing) async fn answer(
    app: &App,
    person: PersonId,
    id: ProposalId,
    answer: &Answer,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let now = app.now();
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let side = proposal.side_of(person).ok_or(Refusal::NotFound)?;
        proposal.seen_by(side, now).ok_or(Refusal::NotFound)?;
        let Some(state) = proposal.after(side, answer.accepts, now) else { return Ok(()) };
        let edition = programmes::edition(&mut *tx, proposal.edition).await?.ok_or(Refusal::NotFound)?;
        edition.must_be_open()?;
        if answer.accepts && !both_take_part(tx, &proposal).await? {
            if !store::take_back(tx, id, now).await? {
                return Err(Refusal::Conflict.into());
            }
            let gone: Vec<Letter> = changed(&standing_of(&proposal)).collect();
            write(app, tx, &edition, &gone).await?;
            let detail = json!({ "proposal": id, "left": true });
            return note(app, tx, &edition, None, "pairing.consent.take-back", detail).await;
        }
        let days = edition.settings.consent.days(Side::Mentee);
        let mentee_until =
            (state == State::MenteeAsked).then(|| edition.settings.calendar.end_of_day_after(now, days));
        if !store::answer(tx, &proposal, side, state, mentee_until, answer.reason.as_deref(), now).await? {
            return Err(Refusal::Conflict.into());
        }
        if let Some(until) = mentee_until {
            write(app, tx, &edition, &[Letter::Ask { proposal: id, to: proposal.mentee }]).await?;
            wait_for_silence(app, tx, &edition, until).await?;
        }
        let detail = json!({ "proposal": id, "side": side, "accepts": answer.accepts });
        note(app, tx, &edition, Some(person), "pairing.consent.answer", detail).await
    })
}

fn standing_of(proposal: &Proposal) -> Standing {
    Standing {
        id: proposal.id,
        couple: Couple { mentee: proposal.mentee, mentor: proposal.mentor },
        state: proposal.state,
        mentee_knows: proposal.mentee_until.is_some(),
        closed: proposal.closed_at.is_some(),
    }
}

async fn both_take_part(tx: &mut Tx, proposal: &Proposal) -> Result<bool, Failure> {
    for side in Side::BOTH {
        let enrolment = programmes::enrolment_of(&mut *tx, proposal.edition, proposal.person(side), side).await?;
        if enrolment.is_none_or(|enrolment| enrolment.standing != Enrolment::Enrolled) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Somebody answers with the link of a mail.
pub(super) async fn answer_by_link(app: &App, token: &str, given: &Answer) -> Result<(), Failure> {
    let (proposal, person) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    answer(app, person, proposal, given).await
}

/// What a link is for, without doing anything: mail scanners follow every link.
pub(super) async fn look_at_link(app: &App, token: &str) -> Result<Option<(ProposalId, PersonId)>, Failure> {
    let Some(digest) = digest_of(token) else { return Ok(None) };
    Ok(store::link(&app.db, &digest, app.now()).await?)
}

/// Writes again to who has not answered, each at most once a day, and asks those again whose mail was given up. Says to how many.
pub(super) async fn remind(app: &App, viewer: &Viewer, id: EditionId) -> Result<usize, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        edition.must_be_open()?;
        let_silence_speak(app, tx, &edition).await?;
        let (now, since) = (app.now(), app.now() - REMIND_EVERY);
        let waiting = store::to_remind(tx, id, since).await?;
        store::reminded(tx, id, since, now).await?;
        let unreached = store::ask_again(tx, id).await?;
        let reminders = waiting.into_iter().map(|(proposal, to)| Letter::Remind { proposal, to });
        let questions = unreached.into_iter().map(|(proposal, to)| Letter::Ask { proposal, to });
        let letters: Vec<Letter> = reminders.chain(questions).collect();
        if letters.is_empty() {
            return Ok(0);
        }
        write(app, tx, &edition, &letters).await?;
        let detail = json!({ "reminded": letters.len() });
        note(app, tx, &edition, Some(viewer.person), "pairing.consent.remind", detail).await?;
        Ok(letters.len())
    })
}

/// Takes a proposal back that is still under way. Whoever had been shown a name is told that the coordinator changed it.
pub(super) async fn take_back(app: &App, viewer: &Viewer, id: ProposalId, version: i64) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let edition = managed(&mut *tx, viewer, proposal.edition).await?;
        // Whether her own can still be taken back would tell her what the other one said.
        if proposal.side_of(viewer.person).is_some() {
            return Err(Refusal::NotFound.into());
        }
        if proposal.version != version || !store::take_back(tx, id, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let letters: Vec<Letter> = changed(&standing_of(&proposal)).collect();
        write(app, tx, &edition, &letters).await?;
        let detail = json!({ "proposal": id });
        note(app, tx, &edition, Some(viewer.person), "pairing.consent.take-back", detail).await?;
        Ok(edition.id)
    })
}

/// Makes mentorships of what both sides accepted, and writes to both. A second press finds nothing left to publish.
pub(in crate::pairing) async fn publish(app: &App, viewer: &Viewer, id: EditionId) -> Result<usize, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        edition.must_be_open()?;
        let now = app.now();
        store::take_turn(tx, &edition).await?;
        let_silence_speak(app, tx, &edition).await?;
        let standing = store::standing(&mut *tx, id).await?;
        let waiting =
            standing.iter().filter(|one| matches!(one.state, State::MentorAsked | State::MenteeAsked)).count();
        if waiting > 0 {
            return Err(wrong(Message::new("consent-publish-waiting").with("count", waiting)));
        }
        let roll = enrolled(tx, id).await?;
        let accepted = standing.iter().filter(|one| one.state == State::Accepted);
        let (ready, gone): (Vec<Standing>, Vec<Standing>) = accepted.partition(|one| roll.contains(one.couple));
        nobody_is_left_without(tx, &edition, &ready).await?;
        if ready.is_empty() && gone.is_empty() {
            return Ok(0);
        }
        for one in &gone {
            store::take_back(tx, one.id, now).await?;
        }
        let pairs: Vec<NewMentorship> = ready
            .iter()
            .map(|one| NewMentorship { mentee: one.couple.mentee, mentor: one.couple.mentor })
            .collect();
        let made = mentorships::begin(app, tx, edition.organisation, id, &pairs).await?;
        store::publish(tx, id).await?;
        let mut letters = close(tx, &edition, &standing, now).await?;
        letters.extend(gone.iter().flat_map(changed));
        write(app, tx, &edition, &letters).await?;
        let both = made.iter().zip(&pairs).flat_map(|(id, pair)| [pair.mentor, pair.mentee].map(|to| (*id, to)));
        let told: Vec<Notice> = both.map(|(id, to)| published(&edition, id, to)).collect();
        notices::tell_all(app, tx, &told).await?;
        let detail = json!({ "mentorships": made.len() });
        note(app, tx, &edition, Some(viewer.person), "pairing.publish", detail).await?;
        Ok(made.len())
    })
}

fn published(edition: &Edition, id: MentorshipId, to: PersonId) -> Notice {
    let text = Message::new("consent-mail-published-subject").with("edition", edition.name.as_str());
    Notice::new(edition.organisation, to, PUBLISHED, text, format!("/mentorships/{id}")).about(id.0)
}

/// What keeps an edition from being closed: those who were asked would go on answering, or find nothing to answer.
pub(in crate::pairing) async fn hinders(tx: &mut Tx, id: EditionId) -> Result<Option<Message>, Error> {
    let (counts, _) = store::counts(&mut *tx, id).await?;
    let under_way: i64 = counts.iter().filter(|(state, _)| state.is_under_way()).map(|(_, count)| count).sum();
    Ok((under_way > 0).then(|| Message::new("consent-under-way").with("count", under_way)))
}

/// Where mentoring counts towards a degree, every student has a mentor or a named member of the faculty who stands in.
async fn nobody_is_left_without(tx: &mut Tx, edition: &Edition, ready: &[Standing]) -> Result<(), Failure> {
    if edition.track != Track::Degree {
        return Ok(());
    }
    let mut covered = paired(tx, edition.id).await?;
    covered.extend(ready.iter().map(|one| one.couple.mentee));
    let enrolled = programmes::enrolled(&mut *tx, edition.id).await?;
    let without: Vec<PersonId> = enrolled
        .into_iter()
        .filter(|one| one.side == Side::Mentee && one.fallback.is_none() && !covered.contains(&one.person))
        .map(|one| one.person)
        .collect();
    if without.is_empty() {
        return Ok(());
    }
    let mut names = Vec::new();
    for person in without.iter().take(MOST_NAMED) {
        names.extend(crate::identity::person(&mut *tx, *person).await?.map(|person| person.name));
    }
    names.sort_by_key(|name| sort_key(name));
    let message = Message::new("consent-publish-without").with("count", without.len()).with("names", names.join(", "));
    Err(wrong(message))
}

fn wrong(message: Message) -> Failure {
    Problems::one("", message).into()
}

/// Whom somebody may wish for in an edition in which they are enrolled, on the side that they ask for or else on theirs.
pub(super) async fn wish_list(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    side: Option<Side>,
) -> Result<WishList, Failure> {
    let edition = programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::TakePart, &Record::of_organisation(edition.organisation)) || edition.phase() == Phase::Closed {
        return Err(Refusal::NotFound.into());
    }
    let enrolled = programmes::enrolled(&app.db, id).await?;
    let own: Vec<Side> = enrolled.iter().filter(|one| one.person == viewer.person).map(|one| one.side).collect();
    let side = match side {
        Some(side) => *own.iter().find(|own| **own == side).ok_or(Refusal::NotFound)?,
        None => *own.first().ok_or(Refusal::NotFound)?,
    };
    let said = store::own_wishes(&app.db, id, viewer.person, side).await?;
    let sees_list = side == Side::Mentee || edition.settings.consent.mentors_see_mentees;
    let mut list = WishList {
        side,
        on_both: own.len() > 1,
        candidates: Vec::new(),
        sees_list,
        said,
        known: HashSet::new(),
        edition,
    };
    if !sees_list {
        return Ok(list);
    }
    let rules = runs::saved_rules(&app.db, id).await?;
    let records = people::records(&app.db, viewer.organisation).await?;
    let (mentees, mentors): (HashSet<PersonId>, HashSet<PersonId>) =
        (on(&enrolled, Side::Mentee), on(&enrolled, Side::Mentor));
    let mut people = Enrolled { pool: Pool::default(), ..Enrolled::default() };
    for record in records {
        // Everybody knows who mentors: the directory says so.
        let is_known = if side == Side::Mentee { record.draft.roles.mentor } else { mentees.contains(&record.id) };
        if is_known || (side == Side::Mentee && mentors.contains(&record.id)) {
            list.known.extend([fold(&record.draft.name), fold(&record.draft.address)]);
        }
        if mentees.contains(&record.id) {
            people.mentees.push(record.id);
            people.pool.mentees.push(record.draft.clone());
        }
        if mentors.contains(&record.id) {
            people.mentors.push(record.id);
            people.pool.mentors.push(record.draft);
        }
    }
    let person = viewer.person;
    let open = tokio::task::spawn_blocking(move || {
        let rules = match rules {
            Some(saved) => RulesFile::parse(&saved.text).map(|file| file.rules).map_err(|fault| fault.message()),
            None => Ok(propose_rules(&people.pool)),
        };
        rules.map(|rules| people.open_to(&rules, side, person))
    });
    let open = open.await.context("a shortlist could not be made")?;
    list.candidates = open.map_err(|_| anyhow::anyhow!("the rules of edition {id} cannot be read"))?;
    Ok(list)
}

fn on(enrolled: &[programmes::Enrolment], side: Side) -> HashSet<PersonId> {
    enrolled.iter().filter(|one| one.side == side).map(|one| one.person).collect()
}

/// Keeps what somebody said before the run. Whom they may not see they cannot have ranked; where the other side's list is kept from
/// them, a name is taken as it is written, so that nobody learns who is enrolled.
pub(super) async fn set_wishes(app: &App, viewer: &Viewer, list: &WishList, wishes: &OwnWishes) -> Result<(), Failure> {
    check(list, wishes)?;
    if wishes.version != list.said.version {
        return Err(Refusal::Conflict.into());
    }
    transaction!(app.db, tx => {
        let enrolment = programmes::enrolment_of(&mut *tx, list.edition.id, viewer.person, list.side).await?;
        if enrolment.is_none_or(|enrolment| enrolment.standing != Enrolment::Enrolled) {
            return Err(Refusal::NotFound.into());
        }
        let known = store::named(&mut *tx, list.edition.organisation).await?;
        let conflicts: Vec<PersonId> =
            wishes.written.iter().flat_map(|line| store::meant(&known, line)).collect();
        let (who, now) = ((viewer.person, list.side), app.now());
        if !store::set_wishes(tx, &list.edition, who, wishes, &conflicts, now).await? {
            return Err(Refusal::Conflict.into());
        }
        // How many, and of whom, is nobody's business.
        note(app, tx, &list.edition, Some(viewer.person), "pairing.wishes", json!({ "side": list.side })).await
    })
}

fn check(list: &WishList, wishes: &OwnWishes) -> Result<(), Problems> {
    let mut problems = Problems::default();
    if wishes.ranked.len() > MOST_RANKED {
        problems.add("rank", Message::new("consent-rank-many").with("count", MOST_RANKED));
    }
    if wishes.ranked.iter().collect::<HashSet<_>>().len() < wishes.ranked.len() {
        problems.add("rank", Message::new("consent-rank-person-twice"));
    }
    let is_open = |person: &PersonId| list.candidates.iter().any(|candidate| candidate.person == *person);
    // Somebody who was ranked may have left the edition since: that is no reason to lose the others.
    if wishes.ranked.iter().any(|person| !is_open(person) && !list.said.ranked.contains(person)) {
        problems.add("rank", Message::new("consent-rank-unknown"));
    }
    if wishes.written.len() > MOST_CONFLICTS || wishes.written.iter().any(|line| line.chars().count() > LONGEST_LINE) {
        problems.add("conflicts", Message::new("consent-conflicts-many").with("count", MOST_CONFLICTS));
    }
    if list.sees_list {
        let is_unknown = |line: &&String| !list.known.contains(&fold(line)) && !list.said.written.contains(line);
        for line in wishes.written.iter().filter(is_unknown).take(MOST_NAMED) {
            problems.add("conflicts", Message::new("consent-conflicts-unknown").with("name", line.as_str()));
        }
    }
    problems.or(())
}
